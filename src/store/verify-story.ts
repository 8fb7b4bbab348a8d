import { sql, type SelectQueryBuilder } from 'kysely';
import type { Told } from '../core/case/events.ts';
import type { Db, Tables } from './schema.ts';
import type { Examination } from './verify.ts';

const ROWS_AT_ONCE = 100;

/** What has a story and a row that follows from it. */
export type Subject = 'case' | 'person' | 'chat';
type Table = 'cases' | 'people' | 'chats';

/** How the rows of one table are held against their stories. `Beside`: what else is kept of them, read for a page at once. */
type Comparison<From extends Table, Row, Event, Beside> = {
  about: Subject;
  rows: SelectQueryBuilder<Tables, From, Row>;
  /** What a fault is called by. */
  named(this: void, row: Row): string;
  parse(this: void, event: unknown): Event;
  beside(this: void, ids: string[]): Promise<Beside>;
  compare(
    this: void,
    fault: (what: string) => void,
    row: Row,
    story: readonly Told<Event>[],
    beside: Beside,
  ): void;
};

/** Every row of a table, page by page, with its story. */
export async function verifyRows<From extends Table, Row extends { id: string }, Event, Beside>(
  examination: Examination,
  { about, rows: all, named, parse, beside, compare }: Comparison<From, Row, Event, Beside>,
): Promise<void> {
  const id = sql.ref<string>('id');
  for (let after = ''; ;) {
    const rows = await all.where(id, '>', after).orderBy(id).limit(ROWS_AT_ONCE).execute();
    const last = rows.at(-1);
    if (!last) return;
    const ids = rows.map((row) => row.id);
    const stories = await storiesOf(examination.db, about, ids, parse);
    const kept = await beside(ids);
    for (const row of rows) {
      const fault = (what: string): void => examination.fault(`${about} ${named(row)}`, what);
      const story = stories.get(row.id);
      if (!story) {
        fault('its story can’t be read');
        continue;
      }
      const wrong = wrongNumber(story);
      if (wrong !== null) fault(wrong);
      compare(fault, row, story, kept);
    }
    await examination.page(about, rows.length);
    after = last.id;
  }
}

/**
 * The stories of some cases, people or chats, by id, each in the order in which it was written; empty of whom nothing is told,
 * null where an event is not in the words of the story, which the chain has named then.
 */
async function storiesOf<Event>(
  db: Db,
  about: Subject,
  ids: readonly string[],
  parse: (event: unknown) => Event,
): Promise<ReadonlyMap<string, Told<Event>[] | null>> {
  const stories = new Map<string, Told<Event>[] | null>(ids.map((id) => [id, []]));
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where(
      'subject',
      'in',
      ids.map((id) => `${about}:${id}`),
    )
    .orderBy('seq')
    .execute();
  for (const row of rows) {
    const id = row.subject.slice(about.length + 1);
    try {
      const event = parse(JSON.parse(row.body));
      stories.get(id)?.push({ event, subject: id, at: row.at, actor: row.actor, number: row.number });
    } catch {
      stories.set(id, null);
    }
  }
  return stories;
}

/** What is wrong with the numbers of one subject's events, or null. */
function wrongNumber(story: readonly Told<unknown>[]): string | null {
  const wrong = story.findIndex(({ number }, i) => number !== i + 1);
  return wrong === -1 ? null : `the ${wrong + 1}. event of its story is number ${story[wrong]?.number}`;
}

/** A stored value as it may be shown: codes, numbers and times; of anything else only that it is there. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && /^[\w.:,"[\]{}-]{1,300}$/.test(value) ? value : 'something else';
}
