import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import type { Register } from '../../src/core/register/register.ts';
import { keyRing } from '../../src/store/key-ring.ts';
import { onBothEngines } from '../support/both-engines.ts';
import { secret, type RegisterBench } from '../support/register-bench.ts';

const DUE = 1_500;
const KILLS = 3;
const ENOUGH = 200;
const secrets = { HELPLINE_KEYS: `k1:${secret()}`, HELPLINE_INDEX_KEY: secret() };
const keys = keyRing(secrets.HELPLINE_KEYS, secrets.HELPLINE_INDEX_KEY);

/** For a machine that is busy. */
const patient = { timeout: 60_000, interval: 2 };

type Child = {
  process: ChildProcess;
  lines: string[];
  ready: Promise<unknown>;
  begin(): void;
  ended: Promise<unknown>;
};

function child(bench: RegisterBench): Child {
  const script = fileURLToPath(new URL('../support/clock-child.ts', import.meta.url));
  const running = spawn(process.execPath, [script], {
    env: { ...secrets, STORE_URL: bench.url ?? '', STORE_DIR: bench.dataDir },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface(running.stdout);
  const ready = once(reader, 'line').then(() => void reader.on('line', (line) => lines.push(line)));
  const begin = (): void => void running.stdin.end('go');
  const ended = Promise.all([once(running, 'exit'), once(reader, 'close')]);
  started.push({ process: running, lines, ready, begin, ended });
  return { process: running, lines, ready, begin, ended };
}

const started: Child[] = [];
afterEach(async () => {
  for (const one of started) one.process.kill('SIGKILL');
  await Promise.all(started.splice(0).map((one) => one.ended));
});

const subjects = Array.from({ length: DUE }, (_, i) => `subject ${i}`);
const setAll = (register: Register): Promise<void> =>
  register.work(async (unit) => {
    for (const [i, subject] of subjects.entries()) await unit.timers.set('form', subject, i);
  });
const counts = (register: Register): Promise<(string | null)[]> =>
  register.work(async (unit) => {
    const all: (string | null)[] = [];
    for (const subject of subjects) all.push(await unit.drafts.get(subject));
    return all;
  });

await onBothEngines('processes with a clock', (newBench) => {
  it('killed again and again in the middle of thousands that are due, two at a time: each fires once', async () => {
    const bench = await newBench();
    const register = await bench.open({ keys });
    await setAll(register);
    const all = Array.from({ length: KILLS + 2 }, () => child(bench));
    await Promise.all(all.map(({ ready }) => ready));
    const [first, ...others] = all;
    let one = first!;
    one.begin();
    for (const other of others.slice(0, KILLS)) {
      other.begin();
      const before = one.lines.length;
      const fired = (): [number, number] => [one.lines.length - before, other.lines.length];
      // SQLite gives the lock to whoever asks first: one of them may fire for long before the other has its turn.
      await vi.waitFor(() => {
        const both = fired();
        expect(Math.min(...both) > 0 || Math.max(...both) > ENOUGH).toBe(true);
      }, patient);
      const [ofOne, ofOther] = fired();
      const [killed, left] = ofOne > ofOther ? [one, other] : [other, one];
      killed.process.kill('SIGKILL');
      await killed.ended;
      one = left;
    }
    // Killed in the middle, or this proves nothing.
    expect((await bench.sql('select * from timers')).length).toBeGreaterThan(0);
    expect(all.filter(({ process }) => process.signalCode === 'SIGKILL')).toHaveLength(KILLS);
    all.at(-1)?.begin();
    await Promise.all(all.map(({ ended }) => ended));
    const lines = all.flatMap((one) => one.lines);
    expect(new Set(lines)).toEqual(new Set(['timer-fired']));
    // A commit may be on disk before the process could say so; said before it was there is nothing.
    expect(lines.length).toBeLessThanOrEqual(DUE);
    expect(await counts(register)).toEqual(subjects.map(() => '1'));
    expect(await bench.sql('select * from timers')).toEqual([]);
  }, 180_000);
});
