import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { toSafeError, type Log } from '../core/log.ts';
import { DEFAULT_LIMITS, type DeskLimits } from '../core/case/wakes.ts';
import type { Register, UnitOfWork } from '../core/register/register.ts';
import { clock, watchedClock, type FiringContext } from './clock.ts';
import { buryEntry, claimEntries, digUpEntries, putEntries, retryEntry, type InboxContext } from './inbox.ts';
import type { KeyRing } from './key-ring.ts';
import { freeTakenLanes } from './lanes.ts';
import { load } from './load.ts';
import { openDatabase } from './open-database.ts';
import { claimErrands, retryErrand } from './outbox.ts';
import { SQLITE_BUSY } from './open-sqlite.ts';
import { movePlatforms, type PlatformsClaim } from './platforms.ts';
import { CHANNEL, listenForWork } from './postgres-dialect.ts';
import { rotateKeys } from './rotation.ts';
import type { Tx } from './schema.ts';
import { sweep } from './sweep.ts';
import { openUnit } from './unit-of-work.ts';
import { bearWitness } from './witness.ts';

/** Some seconds in all. */
const ATTEMPTS = 25;
/** Nothing has happened, the same again will do. Postgres: serialization failure, deadlock. SQLite: another process writes. */
const WORTH_ANOTHER_TRY: unknown[] = ['40001', '40P01', SQLITE_BUSY];

export type RegisterOptions = {
  /** `postgres://…`, or null for the SQLite file in `dataDir`. */
  url: string | null;
  dataDir: string;
  keys: KeyRing;
  /** For a process that delivers: what the register must be for. Without it nothing is asked and nothing is remembered. */
  platforms?: PlatformsClaim;
  /** Unix ms. */
  now(this: void): number;
  /** Ms on a clock that nobody can set. */
  elapsed?(this: void): number;
  random?(this: void, bytes: number): Uint8Array;
  /** How long the desk may leave things; read anew for each event. */
  limits?(this: void, desk: string): DeskLimits;
  log: Log;
};

/**
 * Opens the register: checks that the keys fit and that the data is for these platforms, brings the schema up to date, and
 * is ready. Throws with what to do when something does not fit; nothing has been changed then.
 */
export async function openRegister(options: RegisterOptions): Promise<Register> {
  const { url, keys, random = randomBytes, limits = () => DEFAULT_LIMITS } = options;
  const { elapsed = () => performance.now() } = options;
  const now = watchedClock(options.now);
  const { db, engine, finish } = await openDatabase(options);
  const self = randomBytes(8).toString('hex');
  const listeners = new Set<() => void>();
  // Later, so that a listener that throws cannot make a committed unit look failed.
  const wake = (): void => listeners.forEach((listener) => queueMicrotask(listener));
  const others = url === null ? null : await listenForWork(url, self, wake);
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  const running = new Set<Promise<unknown>>();
  let closed = false;
  const witness = (): Promise<void> => bearWitness({ ...options, db });

  const mustBeUsable = (): void => {
    if (closed) throw new Error('the register is closed');
    // On SQLite whatever is asked in here would wait for the unit to end, for ever.
    if (inside.getStore()?.open) throw new Error('inside a unit of work only the unit may be used');
  };

  /** One transaction, tried again when it lost a race, and then the news that there is work. */
  const transaction = async <T>(job: (tx: Tx, news: () => void) => Promise<T>): Promise<T> => {
    mustBeUsable();
    for (let attempt = 1; ; attempt++) {
      let news = false;
      const here = { open: true };
      const attempted = inside.run(here, () =>
        db.transaction().execute(async (tx) => {
          const result = await job(tx, () => (news = true));
          if (news && engine === 'postgres') await sql`select pg_notify(${CHANNEL}, ${self})`.execute(tx);
          return result;
        }),
      );
      running.add(attempted);
      try {
        const result = await attempted;
        here.open = false;
        if (news) wake();
        return result;
      } catch (error) {
        here.open = false;
        if (attempt === ATTEMPTS || !lostARace(error)) throw error;
        await pause(Math.min(attempt, 10) * (5 + Math.random() * 20));
      } finally {
        running.delete(attempted);
      }
    }
  };
  const inUnit = <T>(job: (unit: UnitOfWork, context: FiringContext) => Promise<T>): Promise<T> =>
    transaction(async (tx, news) => {
      const timers = { fired: new Set<string>(), moved: new Set<string>() };
      const context = { tx, engine, now: now(), keys, ...timers };
      const { unit, end } = openUnit({ ...context, random, limits, wake: news });
      const result = await job(unit, context);
      await end();
      return result;
    });
  const queued = <T>(job: (context: InboxContext) => Promise<T>): Promise<T> =>
    transaction((tx) => job({ tx, engine, now: now(), keys }));

  return {
    work: (job) => inUnit((unit) => job(unit)),
    inbox: {
      put: (entries, cursor) =>
        transaction(async (tx, news) => {
          if (await putEntries({ tx, engine, now: now(), keys }, entries)) news();
          if (!cursor) return;
          await tx
            .insertInto('cursors')
            .values(cursor)
            .onConflict((on) => on.column('source').doUpdateSet({ position: cursor.position }))
            .execute();
        }),
      async claim(limit, leaseMs) {
        const { entries, unreadable } = await queued((context) => claimEntries(context, limit, leaseMs));
        for (const { name, key } of unreadable)
          options.log('entry-buried', { source: name, key, why: 'unreadable' });
        return entries;
      },
      retry: (source, at, uncounted) => queued((context) => retryEntry(context, source, at, uncounted)),
      bury: (source, reason) =>
        transaction(async (tx, news) => {
          await buryEntry({ tx, engine, now: now(), keys }, source, reason);
          news();
        }),
      digUp: () =>
        transaction(async (tx, news) => {
          const count = await digUpEntries({ tx, engine, now: now(), keys });
          if (count > 0) news();
          return count;
        }),
    },
    outbox: {
      async claim(limit, leaseMs) {
        const { entries, unreadable } = await queued((context) => claimErrands(context, limit, leaseMs));
        for (const errand of unreadable) options.log('errand-parked', { errand, why: 'unreadable' });
        return entries;
      },
      retry: (id, at, maybeSent) => queued((context) => retryErrand(context, id, at, maybeSent)),
    },
    timers: clock({ inUnit, queued, engine, now, elapsed }),
    async takeOver() {
      if (others === null || (await others.isAlone())) await freeTakenLanes(db);
    },
    moveTo: (to) => transaction((tx) => movePlatforms(tx, to)),
    async load() {
      mustBeUsable();
      return load(db);
    },
    async desksInUse() {
      mustBeUsable();
      const rows = await db.selectFrom('cases').select('desk').distinct().execute();
      return rows.map(({ desk }) => desk);
    },
    async sweep() {
      const gone = await transaction((tx) => sweep(tx, now()));
      await transaction((tx) => rotateKeys(tx, keys));
      await witness();
      return gone;
    },
    onWork: (listener) => void listeners.add(listener),
    async close() {
      if (closed) return;
      closed = true;
      await Promise.allSettled(running);
      await witness().catch((error: unknown) =>
        options.log('store-failed', { why: 'checkpoint', error: toSafeError(error) }),
      );
      await others?.close();
      await finish();
    },
  };
}

const lostARace = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && WORTH_ANOTHER_TRY.includes(error.code)) ||
    ('errcode' in error && WORTH_ANOTHER_TRY.includes(error.errcode)));
