import { vi } from 'vitest';

/** Waits until a check passes; long enough for a busy machine. */
export const until = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 30_000, interval: 10 });
