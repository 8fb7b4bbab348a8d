import { setImmediate as others } from 'node:timers/promises';
import type { Register, UnitOfWork } from '../core/register/register.ts';
import type { DueTimer, Fired, OnTimer } from '../core/register/timers.ts';
import { dueTimers, endTimers, putOffTimer, SLACK_MS, straightenTimers } from './fire-timer.ts';
import type { InboxContext } from './inbox.ts';
import type { Engine } from './schema.ts';
import { timerName } from './timers.ts';

/**
 * How long a unit may go on firing. On SQLite nothing else can be written meanwhile, nor can anything else be done at all. On
 * Postgres only the cases wait that it has in hand; there the time goes into asking, which several units do side by side.
 */
const BATCH_MS = { sqlite: 40, postgres: 200 };
const UNITS = { sqlite: 1, postgres: 4 };

/** Names of timers: those that were taken to fire, and those that the unit has set or cleared. */
export type FiringContext = InboxContext & { fired: Set<string>; moved: Set<string> };

type Parts = {
  inUnit<T>(this: void, job: (unit: UnitOfWork, context: FiringContext) => Promise<T>): Promise<T>;
  queued<T>(this: void, job: (context: InboxContext) => Promise<T>): Promise<T>;
  engine: Engine;
  now: WatchedClock;
  /** Ms on a clock that nobody can set. */
  elapsed(this: void): number;
};

export type WatchedClock = {
  (this: void): number;
  /** The latest time that it has shown since it was last known to be turned back. */
  latest(this: void): number;
  goOnFrom(this: void, at: number): void;
};

/** A clock that remembers how late it has been. Who set the timers before may have had another one: it counts as later. */
export function watchedClock(now: () => number): WatchedClock {
  let latest = Infinity;
  const watched = (): number => {
    const at = now();
    latest = Math.max(latest, at);
    return at;
  };
  return Object.assign(watched, { latest: () => latest, goOnFrom: (at: number) => void (latest = at) });
}

/** What comes due. The unit in which a timer ends is the one with its effect: lease and fence at once. */
export function clock({ inUnit, queued, engine, now, elapsed }: Parts): Register['timers'] {
  let units = 1;

  async function straighten(): Promise<void> {
    const at = now();
    if (at + SLACK_MS >= now.latest()) return;
    await queued(straightenTimers);
    now.goOnFrom(at);
  }

  type Round = { begun: DueTimer[]; failing: DueTimer | null };

  /** Fires what is due in one unit, until its time is over. `round` says how far it came, also when it throws. */
  const together = (round: Round, fire: OnTimer, most: number, only?: DueTimer): Promise<void> =>
    inUnit(async (unit, context) => {
      // A unit that lost a race begins anew.
      round.begun = [];
      round.failing = null;
      const start = elapsed();
      for (const timer of await dueTimers(context, most, only)) {
        if (round.begun.length > 0 && elapsed() - start >= BATCH_MS[engine]) break;
        const name = timerName(timer.kind, timer.subject);
        // An earlier one of this unit has had to do with it.
        if (context.moved.has(name)) continue;
        round.begun.push(timer);
        context.fired.add(name);
        round.failing = timer;
        await fire(unit, timer);
        round.failing = null;
      }
      await endTimers(context, round.begun);
    });

  async function attempt(fire: OnTimer, most: number, only?: DueTimer): Promise<Fired> {
    const round: Round = { begun: [], failing: null };
    try {
      await together(round, fire, most, only);
      return { fired: round.begun, failed: [] };
    } catch (error) {
      const [first, ...more] = round.begun;
      if (!first) throw error;
      const timer = round.failing ?? (more.length === 0 ? first : null);
      if (timer === null) return oneByOne(round.begun, fire);
      // When the store is down this throws too: then nothing is wrong with the timer.
      const ours = await queued((context) => putOffTimer(context, timer));
      return { fired: [], failed: ours ? [{ timer, error }] : [] };
    } finally {
      // SQLite answers at once, so a program that fires one batch after the other would never do anything else.
      await others();
    }
  }

  /** The unit could not be ended, and nobody knows by whose fault: that one must not hold up the others for ever. */
  async function oneByOne(timers: readonly DueTimer[], fire: OnTimer): Promise<Fired> {
    const rounds: Fired[] = [];
    for (const timer of timers) rounds.push(await attempt(fire, 1, timer));
    return joined(rounds);
  }

  return {
    async fireDue(fire, most) {
      await straighten();
      const all = joined(await Promise.all(Array.from({ length: units }, () => attempt(fire, most))));
      units = all.fired.length + all.failed.length > 0 ? UNITS[engine] : 1;
      return all;
    },
  };
}

const joined = (rounds: readonly Fired[]): Fired => ({
  fired: rounds.flatMap(({ fired }) => fired),
  failed: rounds.flatMap(({ failed }) => failed),
});
