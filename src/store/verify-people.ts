import { foldChat, foldPerson } from '../core/case/apply-event.ts';
import type { PersonState } from '../core/case/case-record.ts';
import { parseEvent, type ChatEvent, type PersonEvent, type Told } from '../core/case/events.ts';
import { sumOfSealed } from './people.ts';
import type { Row } from './schema.ts';
import type { Examination } from './verify.ts';
import { shown, verifyRows } from './verify-story.ts';

type Report = (what: string) => void;

/** Every man's outcome, and every take-up as it was sealed. */
export const verifyPeople = (examination: Examination): Promise<void> =>
  verifyRows(examination, {
    about: 'person',
    rows: examination.db.selectFrom('people').selectAll(),
    named: ({ id }) => id,
    parse: (event) => parseEvent('person', event),
    async beside(ids) {
      const rows = examination.db.selectFrom('take_ups').selectAll().where('person_id', 'in', ids);
      return Map.groupBy(await rows.execute(), (row) => row.person_id);
    },
    compare(fault, row, story, takeUps) {
      const { outcome, takeUps: told, events } = foldPerson(story) ?? NOBODY_YET;
      if (row.events !== events) fault(`${events} events tell of it, and ${row.events} were written`);
      if (row.outcome !== outcome)
        fault(`outcome is ${shown(row.outcome)} in the row and ${shown(outcome)} in its story`);
      verifyTakeUps(fault, story, told, takeUps.get(row.id) ?? []);
    },
  });

const NOBODY_YET: Pick<PersonState, 'outcome' | 'takeUps' | 'events'> = {
  outcome: null,
  takeUps: [],
  events: 0,
};

function verifyTakeUps(
  fault: Report,
  story: readonly Told<PersonEvent>[],
  told: readonly string[],
  rows: readonly Row<'take_ups'>[],
): void {
  const stored = new Map(rows.map((takeUp) => [takeUp.id, takeUp]));
  for (const id of told) if (!stored.has(id)) fault(`take-up ${id} is missing`);
  for (const id of stored.keys()) if (!told.includes(id)) fault(`take-up ${id} is not in its story`);
  for (const { event } of story) {
    const takeUp = event.kind === 'taken-up' ? stored.get(event.takeUp) : undefined;
    if (event.kind !== 'taken-up' || !takeUp) continue;
    const { door, case_id: caseId, content } = takeUp;
    if (door !== event.door || caseId !== event.caseId || sumOfSealed(content) !== event.sealed)
      fault(`take-up ${event.takeUp} is not as it was written`);
  }
}

/** Every chat's consents, one by one, and whether it can be written to. */
export const verifyChats = (examination: Examination): Promise<void> =>
  verifyRows(examination, {
    about: 'chat',
    rows: examination.db.selectFrom('chats').selectAll(),
    named: ({ id }) => id,
    parse: (event) => parseEvent('chat', event),
    async beside(ids) {
      const rows = examination.db.selectFrom('consents').selectAll().where('chat_id', 'in', ids);
      return Map.groupBy(await rows.orderBy('seq').execute(), (row) => row.chat_id);
    },
    compare(fault, row, story, consents) {
      const { blocked, events } = foldChat(story) ?? { blocked: false, events: 0 };
      if (row.events !== events) fault(`${events} events tell of it, and ${row.events} were written`);
      if ((row.blocked_at !== null) !== blocked)
        fault(`is ${row.blocked_at === null ? 'open' : 'blocked'} in the row and not in its story`);
      verifyConsents(fault, story, consents.get(row.id) ?? []);
    },
  });

type Agreed = {
  purposes: string;
  /** Null of what was carried over: only its purposes, and whether it stands, are told. */
  notice: { version: string; language: string; at: number } | null;
  withdrawn: boolean;
};

function verifyConsents(
  fault: Report,
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
