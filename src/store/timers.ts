import type { Timers } from '../core/register/timers.ts';
import type { UnitContext } from './unit-context.ts';

/** Timers of a unit: one a kind and subject. Setting one again moves it and forgets its failures. */
export const timers = ({ tx, wake }: UnitContext): Timers => ({
  async set(kind, subject, dueAt) {
    const fresh = { due_at: dueAt, free_at: 0, attempts: 0 };
    await tx
      .insertInto('timers')
      .values({ kind, subject, ...fresh })
      .onConflict((on) => on.columns(['kind', 'subject']).doUpdateSet(fresh))
      .execute();
    wake();
  },
  async clear(kind, subject) {
    await tx.deleteFrom('timers').where('kind', '=', kind).where('subject', '=', subject).execute();
  },
});
