import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { keyRing } from '../../src/store/key-ring.ts';
import { postgresOrSkip } from '../support/postgres.ts';
import { registerBench, secret, type RegisterBench } from '../support/register-bench.ts';

const KILLS = 6;
const postgres = await postgresOrSkip('processes');
afterAll(async () => ('skip' in postgres ? undefined : postgres.stop()));

const secrets = { HELPLINE_KEYS: `k1:${secret()}`, HELPLINE_INDEX_KEY: secret() };
const keys = keyRing(secrets.HELPLINE_KEYS, secrets.HELPLINE_INDEX_KEY);

function child(
  bench: RegisterBench,
  ...args: string[]
): { process: ChildProcess; lines: string[]; ended: Promise<unknown> } {
  const script = fileURLToPath(new URL('../support/store-child.ts', import.meta.url));
  const running = spawn(process.execPath, [script, ...args], {
    env: { ...secrets, STORE_URL: bench.url ?? '', STORE_DIR: bench.dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface(running.stdout).on('line', (line) => lines.push(line));
  return { process: running, lines, ended: Promise.all([once(running, 'exit'), once(reader, 'close')]) };
}

/** Each starts several processes, on a machine that may be busy. */
describe.each(['sqlite', 'postgres'] as const)('processes on %s', { timeout: 120_000 }, (engine) => {
  const absent = engine === 'postgres' && 'skip' in postgres;
  const made: RegisterBench[] = [];
  const bench = async (): Promise<RegisterBench> => {
    const url = engine === 'postgres' && !('skip' in postgres) ? await postgres.createDatabase() : null;
    const one = registerBench(url);
    made.push(one);
    return one;
  };
  afterEach(async () => {
    for (const one of made.splice(0)) await one.clean();
  });

  it.skipIf(absent)(
    'three that start at once on nothing: one applies the migrations, all are ready',
    async () => {
      const on = await bench();
      const started = [child(on, 'open'), child(on, 'open'), child(on, 'open')];
      await Promise.all(started.map((one) => one.ended));
      expect(started.map((one) => one.process.exitCode)).toEqual([0, 0, 0]);
      expect(started.flatMap((one) => one.lines).toSorted()).toEqual(['applied 0', 'applied 0', 'applied 3']);
    },
  );

  it.skipIf(absent)(
    `killed ${KILLS} times while it commits: nothing that was said to be done is lost or done twice`,
    async () => {
      const on = await bench();
      const done: number[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        // The last one again, as the platform would deliver it once more.
        const running = child(on, 'write', `${done.at(-1) ?? 0}`);
        while (running.lines.length < 5 + kill * 3) await new Promise((resolve) => setTimeout(resolve, 3));
        running.process.kill('SIGKILL');
        await running.ended;
        for (const line of running.lines) if (line.startsWith('done ')) done.push(Number(line.slice(5)));
      }
      const register = await on.open({ keys });
      const texts = await register.work(async (unit) => {
        const found: string[] = [];
        for (const address of ['0', '1', '2']) {
          const cases = await unit.cases.ofChat((await unit.chats.open('telegram', address)).id);
          expect(cases).toHaveLength(1);
          const messages = await unit.messages.ofCase(cases[0]?.id ?? '', 10_000);
          expect(messages.map((one) => one.number)).toEqual(messages.map((_, i) => i + 1));
          // Each message came with one change of its case: half a unit would show here.
          expect(cases[0]?.version).toBe(messages.length + 1);
          found.push(...messages.map((one) => one.text));
        }
        return found;
      });
      expect(new Set(texts).size).toBe(texts.length);
      for (const n of done) expect(texts).toContain(`message ${n}`);
      // A commit may be on disk before the process could say so: one for each kill at most.
      expect(texts.length - new Set(done).size).toBeLessThanOrEqual(KILLS);
      expect(await on.verify()).toEqual({ events: texts.length + 3, cases: 3, faults: [] });
      // A line under the card for each message, and the one card of each case.
      expect((await register.load()).outbox).toBeGreaterThanOrEqual(texts.length + 3);
      const [whole] =
        engine === 'sqlite' ? await on.sql('pragma integrity_check') : [{ integrity_check: 'ok' }];
      expect(whole).toMatchObject({ integrity_check: 'ok' });
    },
  );

  it.skipIf(absent || engine === 'sqlite')('a commit in one process wakes another', async () => {
    const on = await bench();
    const [one, other] = [await on.open({ keys }), await on.open({ keys })];
    const woken = new Promise<string>((resolve) => {
      other.onWork(() => resolve('woken'));
    });
    await one.inbox.put([{ source: { name: 'telegram', key: '1' }, lane: 'a', body: 'x' }]);
    expect(await woken).toBe('woken');
  });
});
