import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { setTimeout as rest } from 'node:timers/promises';
import { clockWorker } from '../../src/core/delivery/clock-worker.ts';
import type { OnTimer } from '../../src/core/register/timers.ts';
import { keyRing } from '../../src/store/key-ring.ts';
import { openRegister } from '../../src/store/open-register.ts';

/**
 * A process of its own that fires what is due, for races and kills, once it is told to, until it rests for the third time. Each firing counts
 * up under the timer's subject, so that a second one shows; each committed one is said.
 */
const { STORE_URL = '', STORE_DIR = '', HELPLINE_KEYS = '', HELPLINE_INDEX_KEY = '' } = process.env;
const register = await openRegister({
  url: STORE_URL || null,
  dataDir: STORE_DIR,
  keys: keyRing(HELPLINE_KEYS, HELPLINE_INDEX_KEY),
  now: Date.now,
  log: () => {},
});
const count: OnTimer = async (unit, { subject }) => {
  // Long enough to be killed in the middle of.
  await rest(1);
  const before = Number((await unit.drafts.get(subject)) ?? 0);
  await unit.drafts.set(subject, `${before + 1}`, 1e12);
};
let rests = 0;
let ended = (): void => {};
const end = new Promise<void>((resolve) => (ended = resolve));
const worker = clockWorker({
  register,
  on: { promise: count, untaken: count, second: count, form: count, unconsented: count },
  pause: (_, signal) => {
    rests += 1;
    if (rests === 3) ended();
    return rest(100, undefined, { signal });
  },
  log: (event) => {
    writeSync(1, `${event}\n`);
  },
});
writeSync(1, 'ready\n');
await once(process.stdin, 'data');
worker.start();
await end;
await worker.stop();
await register.close();
