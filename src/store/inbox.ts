import type { Source } from '../core/words/messages.ts';
import type { InboxEntry } from '../core/register/register.ts';
import type { KeyRing } from './key-ring.ts';
import { lanes } from './lanes.ts';
import type { Db, Engine, Row, Tx } from './schema.ts';
import type { Place } from './sealed-box.ts';

const ROWS_AT_ONCE = 500;

/** What a unit, or a transaction of the inbox itself, needs. */
export type InboxContext = { tx: Tx; engine: Engine; now: number; keys: KeyRing };

/** A lane's name may hold a person's address, so it is stored as a blind index, and its name sealed with the body. */
export const bodyPlace = (source: Source): Place => ['inbox', `${source.name}:${source.key}`, 'body'];

/** Keeps what is new of `entries`. True when there was something. */
export async function putEntries(
  { tx, engine, now, keys }: InboxContext,
  entries: readonly { source: Source; lane: string; body: string }[],
): Promise<boolean> {
  const heads = new Map<string, number>();
  for (let from = 0; from < entries.length; from += ROWS_AT_ONCE) {
    const rows = entries.slice(from, from + ROWS_AT_ONCE).map(({ source, lane, body }) => ({
      source: source.name,
      key: source.key,
      lane: keys.blind('lane', lane),
      body: keys.seal(JSON.stringify({ lane, body }), bodyPlace(source)),
      state: 'waiting' as const,
      attempts: 0,
      received_at: now,
    }));
    const fresh = await tx
      .insertInto('inbox')
      .values(rows)
      .onConflict((on) => on.columns(['source', 'key']).doNothing())
      .returning(['seq', 'lane'])
      .execute();
    for (const { seq, lane } of fresh) heads.set(lane, Math.min(seq, heads.get(lane) ?? seq));
  }
  await lanes('inbox', tx, engine, now).join(heads);
  return heads.size > 0;
}

/** Entries under a lease, in the order they are due. What cannot be opened is buried: it would block its lane for ever. */
export async function claimEntries(
  context: InboxContext,
  limit: number,
  leaseMs: number,
): Promise<{ entries: InboxEntry[]; unreadable: Source[] }> {
  const { tx, engine, now, keys } = context;
  const heads = await lanes('inbox', tx, engine, now).take(limit, leaseMs);
  if (heads.length === 0) return { entries: [], unreadable: [] };
  const rows = await tx
    .updateTable('inbox')
    .set((e) => ({ attempts: e('attempts', '+', 1) }))
    .where('seq', 'in', heads)
    .returningAll()
    .execute();
  const entries: InboxEntry[] = [];
  const unreadable: Source[] = [];
  for (const row of rows.toSorted((a, b) => heads.indexOf(a.seq) - heads.indexOf(b.seq))) {
    const entry = opened(row, keys);
    if (entry) entries.push(entry);
    else {
      const source = { name: row.source, key: row.key };
      unreadable.push(source);
      await buryEntry(context, source, 'unreadable');
    }
  }
  return { entries, unreadable };
}

function opened(row: Row<'inbox'>, keys: KeyRing): InboxEntry | null {
  const source = { name: row.source, key: row.key };
  try {
    const { lane, body }: { lane: string; body: string } = JSON.parse(
      keys.open(row.body ?? '', bodyPlace(source)),
    );
    return { source, lane, body, attempts: row.attempts, receivedAt: row.received_at };
  } catch {
    return null;
  }
}

/**
 * True once per source and key, also for one that never was in the inbox. The body is emptied. `more` tells whether the
 * lane goes on.
 */
export async function finishEntry(
  context: InboxContext,
  source: Source,
): Promise<{ first: boolean; more: boolean }> {
  const done = { state: 'done' as const, body: null, done_at: context.now };
  const row = await context.tx
    .insertInto('inbox')
    .values({
      source: source.name,
      key: source.key,
      lane: '',
      attempts: 0,
      received_at: context.now,
      ...done,
    })
    .onConflict((on) => on.columns(['source', 'key']).doUpdateSet(done).where('inbox.state', '=', 'waiting'))
    .returning('lane')
    .executeTakeFirst();
  if (!row) return { first: false, more: false };
  return { first: true, more: row.lane !== '' && (await advance(context, row.lane)) };
}

/** Back into its lane, which waits until `at`. Nothing happens when it was dealt with meanwhile. */
export async function retryEntry(
  { tx, engine, now }: InboxContext,
  source: Source,
  at: number,
  uncounted?: 'uncounted',
): Promise<void> {
  const row = await tx
    .updateTable('inbox')
    .set((e) => ({ attempts: e('attempts', '-', uncounted ? 1 : 0) }))
    .where('source', '=', source.name)
    .where('key', '=', source.key)
    .where('state', '=', 'waiting')
    .returning('lane')
    .executeTakeFirst();
  if (row) await lanes('inbox', tx, engine, now).hold(row.lane, at);
}

/** Out of its lane, body and all. */
export async function buryEntry(context: InboxContext, source: Source, reason: string): Promise<void> {
  const row = await context.tx
    .updateTable('inbox')
    .set({ state: 'buried', reason, done_at: context.now })
    .where('source', '=', source.name)
    .where('key', '=', source.key)
    .where('state', '=', 'waiting')
    .returning('lane')
    .executeTakeFirst();
  if (row) await advance(context, row.lane);
}

/** What was set aside, oldest first: where from, why, since when (Unix ms); never what it says. */
export async function listBuried(
  db: Db | Tx,
): Promise<{ source: Source; reason: string; receivedAt: number }[]> {
  const rows = await db
    .selectFrom('inbox')
    .select(['source', 'key', 'reason', 'received_at'])
    .where('state', '=', 'buried')
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({
    source: { name: row.source, key: row.key },
    reason: row.reason ?? '',
    receivedAt: row.received_at,
  }));
}

/** Everything that was set aside, back into its lanes. What cannot be opened would only be buried again, and is left. */
export async function digUpEntries({ tx, engine, now }: InboxContext): Promise<number> {
  const rows = await tx
    .updateTable('inbox')
    .set({ state: 'waiting', reason: null, attempts: 0, done_at: null })
    .where('state', '=', 'buried')
    .where('reason', '!=', 'unreadable')
    .returning(['seq', 'lane'])
    .execute();
  const heads = new Map<string, number>();
  for (const { seq, lane } of rows) heads.set(lane, Math.min(seq, heads.get(lane) ?? seq));
  await lanes('inbox', tx, engine, now).join(heads);
  return rows.length;
}

const advance = ({ tx, engine, now }: InboxContext, lane: string): Promise<boolean> =>
  lanes('inbox', tx, engine, now).advance(lane, async () => {
    const next = await tx
      .selectFrom('inbox')
      .select((e) => e.fn.min('seq').as('seq'))
      .where('lane', '=', lane)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    return next?.seq ?? null;
  });
