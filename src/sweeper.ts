import { toSafeError, type Log } from './core/log.ts';
import type { Register } from './core/register/register.ts';

const EVERY_MS = 5 * 60_000;

/** Forgets what has had its time, every few minutes. */
export function sweeper({ register, log }: { register: Pick<Register, 'sweep'>; log: Log }): {
  start: () => void;
  stop: () => void;
} {
  let timer: NodeJS.Timeout | undefined;
  const sweep = async (): Promise<void> => {
    try {
      const count = await register.sweep();
      if (count > 0) log('swept', { count });
    } catch (error) {
      log('store-failed', { why: 'sweep', error: toSafeError(error) });
    }
  };
  return {
    start() {
      timer = setInterval(() => void sweep(), EVERY_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}
