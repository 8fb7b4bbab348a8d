import type { Timers } from '../core/register/timers.ts';
import type { UnitContext } from './unit-context.ts';

/** One that is set again while it fires, for a time that is over, must not fire without end, before all others. */
const LEAST_PAUSE_MS = 1_000;

/** One a kind and subject; so they are named in `UnitContext` too. */
export const timerName = (kind: string, subject: string): string => `${kind}:${subject}`;

/** Timers of a unit. Setting one again moves it and forgets its failures. `free_at` also tells when it was set. */
export const timers = ({ tx, now, fired, moved, wake }: UnitContext): Timers => ({
  async set(kind, subject, dueAt) {
    const name = timerName(kind, subject);
    moved.add(name);
    const pause = fired.has(name) ? LEAST_PAUSE_MS : 0;
    const fresh = { due_at: dueAt, free_at: now + pause, attempts: 0 };
    await tx
      .insertInto('timers')
      .values({ kind, subject, ...fresh })
      .onConflict((on) => on.columns(['kind', 'subject']).doUpdateSet(fresh))
      .execute();
    wake();
  },
  async clear(kind, subject) {
    moved.add(timerName(kind, subject));
    await tx.deleteFrom('timers').where('kind', '=', kind).where('subject', '=', subject).execute();
  },
});
