import type { Log, LogEvent, SafeError } from '../../core/log.ts';

/** What is wrong with receiving, in a word; for health. */
export type Problem =
  | 'unreachable'
  | 'token-refused'
  | 'another-poller'
  | 'rate-limited'
  | 'store-failed'
  | 'odd-updates'
  | 'webhook-taken-away'
  | 'webhook-not-reached';

export type Outage = {
  problem(): Problem | null;
  /** Notes a failed try and says how many ms to wait before the next. Logged once for each problem in a row. */
  struck(problem: Problem, error?: SafeError, atLeastMs?: number): number;
  /** Notes a good try. */
  over(): void;
};

const events: Partial<Record<Problem, LogEvent>> = {
  'another-poller': 'poll-conflict',
  'store-failed': 'store-failed',
};

const firstMs = 1_000;
const longestMs = 30_000;

/** Waits 1 to 30 s, longer each time; says once that something is wrong and once that it is over. */
export function outage({ log, now, random }: { log: Log; now: () => number; random: () => number }): Outage {
  let problem: Problem | null = null;
  let since = 0;
  let tries = 0;
  return {
    problem: () => problem,
    struck(next, error, atLeastMs = firstMs) {
      if (problem === null) since = now();
      if (problem !== next)
        log(events[next] ?? 'poll-failed', { source: 'telegram', why: next, ...(error ? { error } : {}) });
      problem = next;
      const delay = Math.min(longestMs, firstMs * 2 ** Math.min(tries++, 10)) * (0.5 + random() / 2);
      return Math.max(delay, atLeastMs);
    },
    over() {
      if (problem !== null) log('poll-recovered', { source: 'telegram', why: problem, ms: now() - since });
      problem = null;
      tries = 0;
    },
  };
}
