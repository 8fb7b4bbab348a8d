import type { DueTimer } from '../core/register/timers.ts';
import type { Engine, Tx } from './schema.ts';

/** After a failure: a minute, then twice as long each time, an hour at most. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3600_000;

const pauseAfter = (attempts: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1), LONGEST_PAUSE_MS);

/** The timer that is due longest, taken out of the register in this transaction and held by it; null when none is due. */
export async function takeDueTimer({
  tx,
  engine,
  now,
}: {
  tx: Tx;
  engine: Engine;
  now: number;
}): Promise<DueTimer | null> {
  const row = await tx
    .selectFrom('timers')
    .selectAll()
    .where('due_at', '<=', now)
    // A pause that lies further ahead than any pause is long was set before the clock was turned back.
    .where((e) => e.or([e('free_at', '<=', now), e('free_at', '>', now + LONGEST_PAUSE_MS)]))
    .orderBy('due_at')
    .orderBy('subject')
    .limit(1)
    .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked())
    .executeTakeFirst();
  if (!row) return null;
  await tx.deleteFrom('timers').where('kind', '=', row.kind).where('subject', '=', row.subject).execute();
  return { kind: row.kind, subject: row.subject, dueAt: row.due_at, attempts: row.attempts };
}

/** What could not be done is tried again later; other timers go first. */
export async function putOffTimer(
  { tx, now }: { tx: Tx; now: number },
  { kind, subject, dueAt }: DueTimer,
): Promise<void> {
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
