import { createHash } from 'node:crypto';
import { foldChat, foldPerson } from '../core/case/apply-event.ts';
import type { PersonState } from '../core/case/case-record.ts';
import { parseEvent, type ChatEvent, type Told } from '../core/case/events.ts';
import type { Row } from './schema.ts';
import type { Examination } from './verify.ts';
import { pages, shown, storiesOf, wrongNumbers } from './verify-story.ts';

const ROWS_AT_ONCE = 300;

/** Every man's outcome, and every take-up as it was sealed. */
export async function verifyPeople({ db, fault: report }: Examination): Promise<void> {
  const all = pages((after) =>
    db.selectFrom('people').selectAll().where('id', '>', after).orderBy('id').limit(ROWS_AT_ONCE).execute(),
  );
  for await (const rows of all) {
    const ids = rows.map(({ id }) => id);
    const stories = await storiesOf(db, 'person', ids, (event) => parseEvent('person', event));
    const takeUps = Map.groupBy(
      await db.selectFrom('take_ups').selectAll().where('person_id', 'in', ids).execute(),
      (row) => row.person_id,
    );
    for (const row of rows) {
      const fault = (what: string): void => report(`person ${row.id}`, what);
      const story = stories.get(row.id) ?? [];
      if (stories.get(row.id) === null) {
        fault('its story can’t be read');
        continue;
      }
      const numbers = wrongNumbers(story);
      if (numbers !== null) fault(numbers);
      const {
        outcome,
        takeUps: told,
        events,
      }: Pick<PersonState, 'outcome' | 'takeUps' | 'events'> = foldPerson(story) ?? {
        outcome: null,
        takeUps: [],
        events: 0,
      };
      if (row.events !== events) fault(`${events} events tell of it, and ${row.events} were written`);
      if (row.outcome !== outcome)
        fault(`outcome is ${shown(row.outcome)} in the row and ${shown(outcome)} in its story`);
      const stored = new Map((takeUps.get(row.id) ?? []).map((takeUp) => [takeUp.id, takeUp]));
      for (const id of told) if (!stored.has(id)) fault(`take-up ${id} is missing`);
      for (const id of stored.keys()) if (!told.includes(id)) fault(`take-up ${id} is not in its story`);
      for (const { event } of story) {
        const takeUp = event.kind === 'taken-up' ? stored.get(event.takeUp) : undefined;
        if (event.kind !== 'taken-up' || !takeUp) continue;
        const { door, case_id: caseId, content } = takeUp;
        const sum = createHash('sha256').update(content).digest('hex');
        if (door !== event.door || caseId !== event.caseId || sum !== event.sealed)
          fault(`take-up ${event.takeUp} is not as it was written`);
      }
    }
  }
}

/** Every chat's consents, one by one, and whether it can be written to. */
export async function verifyChats({ db, fault: report }: Examination): Promise<void> {
  const all = pages((after) =>
    db.selectFrom('chats').selectAll().where('id', '>', after).orderBy('id').limit(ROWS_AT_ONCE).execute(),
  );
  for await (const rows of all) {
    const ids = rows.map(({ id }) => id);
    const stories = await storiesOf(db, 'chat', ids, (event) => parseEvent('chat', event));
    const consents = Map.groupBy(
      await db.selectFrom('consents').selectAll().where('chat_id', 'in', ids).orderBy('seq').execute(),
      (row) => row.chat_id,
    );
    for (const row of rows) {
      const fault = (what: string): void => report(`chat ${row.id}`, what);
      const story = stories.get(row.id) ?? [];
      if (stories.get(row.id) === null) {
        fault('its story can’t be read');
        continue;
      }
      const numbers = wrongNumbers(story);
      if (numbers !== null) fault(numbers);
      const state = foldChat(story) ?? { blocked: false, events: 0 };
      if (row.events !== state.events)
        fault(`${state.events} events tell of it, and ${row.events} were written`);
      if ((row.blocked_at !== null) !== state.blocked)
        fault(`is ${row.blocked_at === null ? 'open' : 'blocked'} in the row and not in its story`);
      verifyConsents(fault, story, consents.get(row.id) ?? []);
    }
  }
}

type Agreed = {
  purposes: string;
  /** Null of what was carried over: only its purposes, and whether it stands, are told. */
  notice: { version: string; language: string; at: number } | null;
  withdrawn: boolean;
};

function verifyConsents(
  fault: (what: string) => void,
  story: readonly Told<ChatEvent>[],
  rows: readonly Row<'consents'>[],
): void {
  const agreed: Agreed[] = [];
  let carried = false;
  for (const { event, at } of story) {
    if (event.kind === 'consent')
      agreed.push({
        purposes: JSON.stringify(event.purposes),
        notice: { version: event.notice, language: event.language, at },
        withdrawn: false,
      });
    if (event.kind === 'withdrawn') for (const one of agreed) one.withdrawn = true;
    if (event.kind !== 'carried' || event.purposes === null) continue;
    carried = true;
    agreed.push({ purposes: JSON.stringify(event.purposes), notice: null, withdrawn: event.withdrawn });
  }
  // Before the story there may have been more.
  const known = carried ? rows.slice(-agreed.length) : rows;
  if (known.length !== agreed.length)
    return fault(`has agreed ${agreed.length} times, and ${known.length} consents are kept`);
  agreed.forEach(({ purposes, notice, withdrawn }, i) => {
    const row = known[i];
    const same =
      row?.purposes === purposes &&
      (row.withdrawn_at !== null) === withdrawn &&
      (notice === null ||
        (row.notice_version === notice.version && row.language === notice.language && row.at === notice.at));
    if (!same) fault(`consent ${i + 1} of ${agreed.length} is not as it was given`);
  });
}
