import type { Told } from '../core/case/events.ts';
import type { Db } from './schema.ts';

/**
 * The stories of some cases, people or chats, by id, each in the order in which it was written; null where an event is not in
 * the words of the story, which the chain has named then.
 */
export async function storiesOf<Event>(
  db: Db,
  about: 'case' | 'person' | 'chat',
  ids: readonly string[],
  parse: (event: unknown) => Event,
): Promise<ReadonlyMap<string, Told<Event>[] | null>> {
  const stories = new Map<string, Told<Event>[] | null>();
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
    const before = stories.get(id);
    if (before === null) continue;
    try {
      const event = parse(JSON.parse(row.body));
      const told = { event, subject: id, at: row.at, actor: row.actor, number: row.number };
      if (before) before.push(told);
      else stories.set(id, [told]);
    } catch {
      stories.set(id, null);
    }
  }
  return stories;
}

/** What is wrong with the numbers of one subject's events, or null. */
export function wrongNumbers(story: readonly Told<unknown>[]): string | null {
  const wrong = story.findIndex(({ number }, i) => number !== i + 1);
  return wrong === -1 ? null : `the ${wrong + 1}. event of its story is number ${story[wrong]?.number}`;
}

/** A stored value as it may be shown: codes, numbers and times; of anything else only that it is there. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && /^[\w.:,"[\]{}-]{1,300}$/.test(value) ? value : 'something else';
}

/** All rows of a table in pages, by id. */
export async function* pages<R extends { id: string }>(
  page: (after: string) => Promise<R[]>,
): AsyncGenerator<R[]> {
  for (let after = ''; ;) {
    const rows = await page(after);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.id;
  }
}
