import { setImmediate as others } from 'node:timers/promises';
import type { Register, UnitOfWork } from '../core/register/register.ts';
import type { DueTimer, Fired, OnTimer } from '../core/register/timers.ts';
import { dueTimers, putOffTimer, SLACK_MS, straightenTimers, takeTimer } from './fire-timer.ts';
import type { InboxContext } from './inbox.ts';
import { timerName } from './timers.ts';

/** On SQLite nothing else can be written meanwhile, nor can anything else be done at all. */
const BATCH_MS = 40;

type UnitParts = InboxContext & { fired: Set<string> };

type Parts = {
  inUnit<T>(this: void, job: (unit: UnitOfWork, context: UnitParts) => Promise<T>): Promise<T>;
  queued<T>(this: void, job: (context: InboxContext) => Promise<T>): Promise<T>;
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
export function clock({ inUnit, queued, now, elapsed }: Parts): Register['timers'] {
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
      const start = elapsed();
      for (const timer of await dueTimers(context, most, only)) {
        if (round.begun.length > 0 && elapsed() - start >= BATCH_MS) return;
        if (!(await takeTimer(context, timer))) continue;
        round.begun.push(timer);
        context.fired.add(timerName(timer.kind, timer.subject));
        round.failing = timer;
        await fire(unit, timer);
        round.failing = null;
      }
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
      await queued((context) => putOffTimer(context, timer));
      return { fired: [], failed: [{ timer, error }] };
    } finally {
      // SQLite answers at once, so a program that fires one batch after the other would never do anything else.
      await others();
    }
  }

  /** The unit could not be ended, and nobody knows by whose fault: that one must not hold up the others for ever. */
  async function oneByOne(timers: readonly DueTimer[], fire: OnTimer): Promise<Fired> {
    const all: Fired = { fired: [], failed: [] };
    for (const timer of timers) {
      const { fired, failed } = await attempt(fire, 1, timer);
      all.fired.push(...fired);
      all.failed.push(...failed);
    }
    return all;
  }

  return {
    async fireDue(fire, most) {
      await straighten();
      return attempt(fire, most);
    },
  };
}
