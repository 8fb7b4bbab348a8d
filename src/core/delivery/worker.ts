import { toSafeError, type Log } from '../log.ts';
import type { Register } from '../register/register.ts';

/** Rests that long, or until the signal; rejects when it is cut short. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<unknown>;

export type Worker = {
  start(): void;
  /** Ends after the round that is under way. */
  stop(): Promise<void>;
};

/** How long to rest when there was nothing to do; a commit in this process wakes it at once. */
const REST_MS = 1_000;
const LONGEST_REST_MS = 30_000;

/**
 * Works while there is work and rests when there is none. A round that fails (the store is down) is tried again, ever
 * more slowly, for as long as it takes.
 */
export function worker(
  parts: { register: Pick<Register, 'onWork'>; pause: Pause; log: Log },
  round: () => Promise<boolean>,
): Worker {
  const { register, pause, log } = parts;
  const state = { running: false, woken: false, alarm: new AbortController() };
  let ended: Promise<void> = Promise.resolve();

  const wake = (): void => {
    state.woken = true;
    state.alarm.abort();
  };
  register.onWork(wake);

  async function rest(ms: number): Promise<void> {
    state.alarm = new AbortController();
    if (!state.woken && state.running) await pause(ms, state.alarm.signal).catch(() => {});
  }

  async function loop(): Promise<void> {
    let failures = 0;
    while (state.running) {
      state.woken = false;
      try {
        const worked = await round();
        failures = 0;
        if (!worked) await rest(REST_MS);
      } catch (error) {
        failures += 1;
        log('store-failed', { attempt: failures, error: toSafeError(error) });
        state.woken = false;
        await rest(Math.min(REST_MS * 2 ** failures, LONGEST_REST_MS));
      }
    }
  }

  return {
    start() {
      state.running = true;
      ended = loop();
    },
    async stop() {
      state.running = false;
      wake();
      await ended;
    },
  };
}
