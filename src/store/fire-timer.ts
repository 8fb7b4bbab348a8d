import { sql } from 'kysely';
import type { DueTimer } from '../core/register/timers.ts';
import type { Engine, Row, Tx } from './schema.ts';

/** After a failure: a minute, then twice as long each time, an hour at most. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3600_000;
/** So far may two processes' clocks lie apart, or one be put right, before it counts as turned back. */
export const SLACK_MS = 60_000;

const pauseAfter = (attempts: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1), LONGEST_PAUSE_MS);

type Context = { tx: Tx; engine: Engine; now: number };
type Named = Pick<DueTimer, 'kind' | 'subject'>;

/** So many units may look at once and each still find something of its own. */
const LOOKERS = 4;

/**
 * Up to `most` timers that are due, longest first; of `only`, when it is given. They and what they are about are held by
 * this transaction. Whoever writes about a case or a chat holds it first and sets its timers then, so here it is done in the same
 * order, and what another unit has in hand is left for later: nobody waits for anybody, and nothing gets entangled.
 */
export async function dueTimers(context: Context, most: number, only?: Named): Promise<DueTimer[]> {
  const { tx, engine, now } = context;
  const all = tx
    .selectFrom('timers')
    .selectAll()
    .where('due_at', '<=', now)
    .where('free_at', '<=', now)
    .orderBy('due_at');
  const due = only ? all.where('kind', '=', only.kind).where('subject', '=', only.subject) : all;
  if (engine === 'sqlite') return (await due.limit(most).execute()).map(timerOf);
  const found = await due.limit(most * LOOKERS).execute();
  const subjects = (ofChats: boolean): string[] => [
    ...new Set(
      found.filter(({ kind }) => (kind === 'unconsented') === ofChats).map(({ subject }) => subject),
    ),
  ];
  const ours = [
    ...(await holdCases(tx, subjects(false), most)),
    ...(await holdChats(tx, subjects(true).slice(0, most))),
  ];
  if (ours.length === 0) return [];
  const held = due.where('subject', 'in', ours).limit(most);
  return (await held.forUpdate().skipLocked().execute()).map(timerOf);
}

const timerOf = ({ kind, subject, due_at: dueAt, attempts }: Row<'timers'>): DueTimer => ({
  kind,
  subject,
  dueAt,
  attempts,
});

/** Those of the cases that are held from here on, and those that are no more: nobody can hold them. */
async function holdCases(tx: Tx, ids: string[], most: number): Promise<string[]> {
  if (ids.length === 0) return [];
  const cases = tx.selectFrom('cases').select('id').where('id', 'in', ids);
  const held = (await cases.limit(most).forNoKeyUpdate().skipLocked().execute()).map(({ id }) => id);
  if (held.length === ids.length) return held;
  const there = new Set((await cases.execute()).map(({ id }) => id));
  return [...held, ...ids.filter((id) => !there.has(id))];
}

/** The same of chats, by the lock that `chats.open` takes. */
async function holdChats(tx: Tx, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const chats = await tx
    .selectFrom('chats')
    .select(['id', sql<boolean>`pg_try_advisory_xact_lock(hashtextextended(address_blind, 0))`.as('held')])
    .where('id', 'in', ids)
    .execute();
  const busy = new Set(chats.filter(({ held }) => !held).map(({ id }) => id));
  return ids.filter((id) => !busy.has(id));
}

/** Ends those that were fired; not one that was set again meanwhile, which is free later than now (see timers.ts). */
export async function endTimers({ tx, now }: Context, fired: readonly DueTimer[]): Promise<void> {
  for (const kind of new Set(fired.map((timer) => timer.kind)))
    await tx
      .deleteFrom('timers')
      .where('kind', '=', kind)
      .where(
        'subject',
        'in',
        fired.filter((timer) => timer.kind === kind).map(({ subject }) => subject),
      )
      .where('free_at', '<=', now)
      .execute();
}

/**
 * What could not be done is tried again later; other timers go first. False when somebody else has moved it or put it
 * off since: between the failure and this nobody held it.
 */
export async function putOffTimer(
  { tx, now }: Context,
  { kind, subject, dueAt, attempts }: DueTimer,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('timers')
    .set({ attempts: attempts + 1, free_at: now + pauseAfter(attempts + 1) })
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('due_at', '=', dueAt)
    .where('attempts', '=', attempts)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
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
