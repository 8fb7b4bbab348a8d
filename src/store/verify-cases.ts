import { foldCase } from '../core/case/apply-event.ts';
import { parseEvent, type CaseEvent, type Told } from '../core/case/events.ts';
import { DEFAULT_LIMITS, timersOf } from '../core/case/wakes.ts';
import { columnsOf } from './case-row.ts';
import { SENDERS } from './messages.ts';
import type { Row } from './schema.ts';
import type { Examination } from './verify.ts';
import { shown, verifyRows } from './verify-story.ts';

/** Every case told anew and compared with its row, its messages, its answers and its timers. */
export const verifyCases = (examination: Examination): Promise<void> =>
  verifyRows(examination, {
    about: 'case',
    rows: examination.db.selectFrom('cases').selectAll(),
    named: ({ reference }) => reference,
    parse: (event) => parseEvent('case', event),
    beside: (ids) => keptOf(examination, ids),
    compare: compareCase,
  });

type Report = (what: string) => void;
type Message = Pick<Row<'messages'>, 'case_id' | 'number' | 'sender' | 'delivery'>;
type Answer = Pick<Row<'case_fields'>, 'case_id' | 'field' | 'version'>;
type Kept = {
  messages: Map<string, Message[]>;
  answers: Map<string, Answer[]>;
  timers: Map<string, Row<'timers'>[]>;
};

/** What stands beside the rows of these cases. */
async function keptOf({ db }: Examination, ids: string[]): Promise<Kept> {
  const messages = await db
    .selectFrom('messages')
    .select(['case_id', 'number', 'sender', 'delivery'])
    .where('case_id', 'in', ids)
    .orderBy('number')
    .execute();
  const answers = await db
    .selectFrom('case_fields')
    .select(['case_id', 'field', 'version'])
    .where('case_id', 'in', ids)
    .execute();
  const timers = await db.selectFrom('timers').selectAll().where('subject', 'in', ids).execute();
  return {
    messages: Map.groupBy(messages, (row) => row.case_id),
    answers: Map.groupBy(answers, (row) => row.case_id),
    timers: Map.groupBy(timers, (row) => row.subject),
  };
}

function compareCase(fault: Report, row: Row<'cases'>, story: readonly Told<CaseEvent>[], kept: Kept): void {
  if (story.length === 0) return fault('has a row and no story');
  const [first] = story;
  if (first?.event.kind !== 'opened' && first?.event.kind !== 'carried')
    return fault('its story does not begin with its opening');
  const state = foldCase(story);
  if (!state) return;
  const stored: Record<string, unknown> = row;
  for (const [column, told] of Object.entries(columnsOf(state))) {
    if (stored[column] !== told)
      fault(`${column} is ${shown(stored[column])} in the row and ${shown(told)} in its story`);
  }
  if ((row.request !== null) !== (row.request_content !== null))
    fault('what its waiting move says is not kept with it');
  verifyMessages(fault, story, state.messages, kept.messages.get(row.id) ?? []);
  verifyAnswers(fault, story, kept.answers.get(row.id) ?? []);
  const timers = (kept.timers.get(row.id) ?? []).map(({ kind }) => kind);
  for (const [kind] of timersOf(state, DEFAULT_LIMITS))
    if (!timers.includes(kind)) fault(`nothing will look at it again for ${kind}: its timer is missing`);
}

/** Each № once, by whom the story says, with the fate that the story tells. What was before the story has a № only. */
function verifyMessages(
  fault: Report,
  story: readonly Told<CaseEvent>[],
  count: number,
  rows: Message[],
): void {
  const senders = new Map<number, Message['sender']>();
  const fates = new Map<number, Message['delivery']>();
  for (const { event } of story) {
    if (event.kind === 'wrote' || event.kind === 'replied' || event.kind === 'noted') {
      senders.set(event.message, SENDERS[event.kind]);
      fates.set(event.message, event.kind === 'replied' ? 'waiting' : null);
    }
    if (event.kind === 'delivery') fates.set(event.message, event.to);
  }
  const stored = new Map(rows.map((row) => [row.number, row]));
  for (let number = 1; number <= count; number++) {
    const row = stored.get(number);
    const [sender, fate] = [senders.get(number), fates.get(number)];
    if (!row) fault(`message № ${number} is missing`);
    else if (sender !== undefined && row.sender !== sender)
      fault(`message № ${number} is from ${shown(row.sender)} in the row and from ${sender} in its story`);
    else if (fate !== undefined && row.delivery !== fate)
      fault(`message № ${number} is ${shown(row.delivery)} in the row and ${shown(fate)} in its story`);
    stored.delete(number);
  }
  for (const number of stored.keys()) fault(`message № ${number} is not in its story`);
}

/** As many versions of each answer as times that it was given. */
function verifyAnswers(fault: Report, story: readonly Told<CaseEvent>[], rows: Answer[]): void {
  const given = new Map<string, number>();
  for (const { event } of story) {
    if (event.kind === 'carried')
      for (const [field, versions] of Object.entries(event.fields)) given.set(field, versions);
    if (event.kind === 'opened' || event.kind === 'told')
      for (const field of event.fields) given.set(field, (given.get(field) ?? 0) + 1);
  }
  const stored = Map.groupBy(rows, ({ field }) => field);
  for (const field of new Set([...given.keys(), ...stored.keys()])) {
    const times = given.get(field) ?? 0;
    const versions = (stored.get(field) ?? []).map(({ version }) => version).toSorted((a, b) => a - b);
    if (versions.length !== times || versions.some((version, i) => version !== i + 1))
      fault(
        `${shown(field)} was given ${times} times and is kept in ${versions.length} versions (${versions.join(', ') || 'none'})`,
      );
  }
}
