import { createHash } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';
import type { Db, Engine, Row, Tx } from './schema.ts';

export const START_OF_STORY = '0'.repeat(64);

export type Head = { seq: number; hash: string };

/** An event as it is written: the subject's own count, the actor, and the checked codes as JSON. */
export type Line = Pick<Row<'events'>, 'subject' | 'number' | 'actor' | 'kind' | 'body'>;

/** An array has one order of parts, so its JSON is canonical. */
export const hashOf = (line: Omit<Row<'events'>, 'hash'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        line.seq,
        line.at,
        line.subject,
        line.number,
        line.actor,
        line.kind,
        line.body,
        line.prev_hash,
      ]),
    )
    .digest('hex');

/** Seals a head with a key that the database does not hold, so that a cut-off end is found. */
export const macOf = (keys: KeyRing, head: Head): string => keys.mac(`${head.seq} ${head.hash}`);

/** The head of a chain whose last event is `head`. Only for a database that has none yet. */
export async function beginStory(db: Db, keys: KeyRing, head: Head): Promise<void> {
  await db
    .insertInto('story_head')
    .values({ id: 1, ...head, mac: macOf(keys, head) })
    .onConflict((on) => on.column('id').doNothing())
    .execute();
}

/** Events in their places behind `head`. Pure. */
export function chained(
  head: Head,
  lines: readonly (Line & { at: number })[],
): { rows: Row<'events'>[]; head: Head } {
  let last = head;
  const rows = lines.map((line) => {
    const row = { ...line, seq: last.seq + 1, prev_hash: last.hash };
    last = { seq: row.seq, hash: hashOf(row) };
    return { ...row, hash: last.hash };
  });
  return { rows, head: last };
}

/** Adds events to the end of the chain. The head is locked until the unit ends, so that two units cannot fork it. */
export async function appendStory(
  { tx, engine, now, keys }: { tx: Tx; engine: Engine; now: number; keys: KeyRing },
  lines: readonly Line[],
): Promise<void> {
  if (lines.length === 0) return;
  const before = await tx
    .selectFrom('story_head')
    .select(['seq', 'hash'])
    .where('id', '=', 1)
    .$if(engine === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (!before) throw new Error('the story has no head: run `helpline verify`');
  const { rows, head } = chained(
    before,
    lines.map((line) => ({ ...line, at: now })),
  );
  await tx.insertInto('events').values(rows).execute();
  await tx
    .updateTable('story_head')
    .set({ ...head, mac: macOf(keys, head) })
    .where('id', '=', 1)
    .execute();
}
