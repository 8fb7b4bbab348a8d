import type { Register } from '../core/register/register.ts';
import type { Db } from './schema.ts';

/** Counts over partial indexes: each costs what is waiting, not what was ever stored. */
export async function load(db: Db): ReturnType<Register['load']> {
  const inbox = await db
    .selectFrom('inbox')
    .select((e) => [e.fn.countAll<number>().as('count'), e.fn.min('received_at').as('oldest')])
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  const outbox = await db
    .selectFrom('outbox')
    .select((e) => [e.fn.countAll<number>().as('count'), e.fn.min('queued_at').as('oldest')])
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  const buried = await db
    .selectFrom('inbox')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('state', '=', 'buried')
    .executeTakeFirstOrThrow();
  const parked = await db
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('state', '=', 'parked')
    .executeTakeFirstOrThrow();
  const open = await db
    .selectFrom('cases')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('status', '<>', 'closed')
    .executeTakeFirstOrThrow();
  const overdue = await db
    .selectFrom('cases')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('overdue_at', 'is not', null)
    .where('status', '<>', 'closed')
    .executeTakeFirstOrThrow();
  const timer = await db
    .selectFrom('timers')
    .select((e) => e.fn.min('due_at').as('due'))
    .executeTakeFirstOrThrow();
  return {
    overdue: overdue.count,
    oldestTimer: timer.due,
    inbox: inbox.count,
    outbox: outbox.count,
    oldestInbox: inbox.oldest,
    oldestOutbox: outbox.oldest,
    buried: buried.count,
    parked: parked.count,
    openCases: open.count,
  };
}
