import { sql } from 'kysely';
import type { DueTimer } from '../core/register/timers.ts';
import type { Engine, Tx } from './schema.ts';

/** After a failure: a minute, then twice as long each time, an hour at most. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3600_000;
/** So far may two processes' clocks lie apart, or one be put right, before it counts as turned back. */
export const SLACK_MS = 60_000;

const pauseAfter = (attempts: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1), LONGEST_PAUSE_MS);

type Context = { tx: Tx; engine: Engine; now: number };
type Named = Pick<DueTimer, 'kind' | 'subject'>;

/**
 * Up to `most` timers that are due, longest first; of `only`, when it is given. They and what they are about (the case, or
 * the chat) are held by this transaction, and what another one holds is left for later. Nobody is waited for: whoever
 * writes about a case takes the case first and its timers then, and here it is the other way round.
 */
export async function dueTimers(
  { tx, engine, now }: Context,
  most: number,
  only?: Named,
): Promise<DueTimer[]> {
  const rows = await tx
    .selectFrom('timers')
    .selectAll()
    .where('due_at', '<=', now)
    .where('free_at', '<=', now)
    .$if(only !== undefined, (query) =>
      query.where('kind', '=', only?.kind ?? 'promise').where('subject', '=', only?.subject ?? ''),
    )
    .orderBy('due_at')
    .limit(most)
    .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  const due = rows.map(({ kind, subject, due_at: dueAt, attempts }) => ({ kind, subject, dueAt, attempts }));
  if (engine === 'sqlite' || due.length === 0) return due;
  const subjects = (ofChats: boolean): string[] =>
    due.filter(({ kind }) => (kind === 'unconsented') === ofChats).map(({ subject }) => subject);
  const busy = new Set([...(await busyCases(tx, subjects(false))), ...(await busyChats(tx, subjects(true)))]);
  return due.filter(({ subject }) => !busy.has(subject));
}

/** Those that another unit holds; the others are held from here on. What is no more is not busy. */
async function busyCases(tx: Tx, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const cases = tx.selectFrom('cases').select('id').where('id', 'in', ids);
  const held = new Set((await cases.forNoKeyUpdate().skipLocked().execute()).map(({ id }) => id));
  if (ids.every((id) => held.has(id))) return [];
  return (await cases.execute()).map(({ id }) => id).filter((id) => !held.has(id));
}

/** The same of chats, by the lock that `chats.open` takes. */
async function busyChats(tx: Tx, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const chats = await tx
    .selectFrom('chats')
    .select(['id', sql<boolean>`pg_try_advisory_xact_lock(hashtextextended(address_blind, 0))`.as('held')])
    .where('id', 'in', ids)
    .execute();
  return chats.filter(({ held }) => !held).map(({ id }) => id);
}

/** Takes it out of the register. False when it was moved or ended since it was found, by an earlier timer of this unit. */
export async function takeTimer({ tx }: Context, { kind, subject, dueAt }: DueTimer): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('timers')
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('due_at', '=', dueAt)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}

/** What could not be done is tried again later; other timers go first. */
export async function putOffTimer({ tx, now }: Context, { kind, subject, dueAt }: DueTimer): Promise<void> {
  const row = await tx
    .updateTable('timers')
    .set((e) => ({ attempts: e('attempts', '+', 1) }))
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('due_at', '=', dueAt)
    .returning('attempts')
    .executeTakeFirst();
  if (!row) return;
  await tx
    .updateTable('timers')
    .set({ free_at: now + pauseAfter(row.attempts) })
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .execute();
}

/**
 * After a clock was turned back: what was set in a time that is still to come. A span ("in a quarter of an hour") begins
 * anew, or a cry for help would lie for as long as the clock was ahead; a promise keeps its date, which somebody was told.
 */
export async function straightenTimers({ tx, now }: Context): Promise<void> {
  await tx
    .updateTable('timers')
    .set((e) => ({
      due_at: e
        .case()
        .when('kind', '=', 'promise')
        .then(e.ref('due_at'))
        .when('attempts', '=', 0)
        .then(sql<number>`${now} + due_at - free_at`)
        // It had come due when it failed.
        .when('due_at', '>', now)
        .then(now)
        .else(e.ref('due_at'))
        .end(),
      free_at: now,
    }))
    .where((e) =>
      e.or([
        e.and([e('attempts', '=', 0), e('free_at', '>', now + SLACK_MS)]),
        e('free_at', '>', now + LONGEST_PAUSE_MS + SLACK_MS),
      ]),
    )
    .execute();
}
