import { setTimeout as rest } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TimerKind } from '../../../src/core/case/wakes.ts';
import { clockWorker } from '../../../src/core/delivery/clock-worker.ts';
import type { Worker } from '../../../src/core/delivery/worker.ts';
import type { LogEvent } from '../../../src/core/log.ts';
import type { Register } from '../../../src/core/register/register.ts';
import type { OnTimer } from '../../../src/core/register/timers.ts';
import { onBothEngines } from '../../support/both-engines.ts';
import type { RegisterBench } from '../../support/register-bench.ts';
import { until } from '../../support/until.ts';

/** `TIMERS_DUE=10000` for the measure. */
const DUE = Number(process.env['TIMERS_DUE'] ?? 3_000);
const onAll = (fire: OnTimer): Record<TimerKind, OnTimer> => ({
  promise: fire,
  untaken: fire,
  second: fire,
  form: fire,
  unconsented: fire,
});

await onBothEngines('the clock worker', (newBench, engine) => {
  let bench: RegisterBench;
  let register: Register;
  let worker: Worker | null;
  let fired: string[];
  beforeEach(async () => {
    bench = await newBench();
    register = await bench.open();
    worker = null;
    fired = [];
  });
  afterEach(() => worker?.stop());
  const begin = (fire: OnTimer, pauses: number[] = []): void => {
    worker = clockWorker({
      register,
      on: onAll(fire),
      pause: (ms, signal) => {
        pauses.push(ms);
        // Until it is woken: nothing here waits for the time to go by.
        return rest(100_000, undefined, { signal });
      },
      log: bench.log.log,
    });
    worker.start();
  };
  const note: OnTimer = (_, { subject }) => Promise.resolve(void fired.push(subject));
  const set = (kind: TimerKind, ...subjects: string[]): Promise<void> =>
    register.work(async (unit) => {
      for (const subject of subjects) await unit.timers.set(kind, subject, unit.now);
    });

  it('fires what is due at once, is told of by ids only, rests a second, and is woken by a commit', async () => {
    await set('form', 'case-1');
    await set('unconsented', 'chat-1');
    const pauses: number[] = [];
    begin(note, pauses);
    await until(() => expect(pauses).toEqual([1_000]));
    expect(bench.log.lines.filter(({ event }) => event === 'timer-fired')).toEqual([
      { event: 'timer-fired', fields: { kind: 'form', caseId: 'case-1' } },
      { event: 'timer-fired', fields: { kind: 'unconsented', chatId: 'chat-1' } },
    ]);
    await set('promise', 'case-2');
    await until(() => expect(fired).toEqual(['case-1', 'chat-1', 'case-2']));
  });

  it('one that fails is told of without its words and delays nobody; a kind that nobody knows is kept', async () => {
    await set('form', 'bad');
    await set('second', ...Array.from({ length: 120 }, (_, i) => `good ${i}`));
    await set('form', 'bad too');
    await bench.sql("update timers set kind = 'of-tomorrow' where subject = 'bad too'");
    begin((unit, timer) =>
      timer.subject === 'bad' ? Promise.reject(new TypeError('Ravi Kumar')) : note(unit, timer),
    );
    const lines = (event: LogEvent) => bench.log.lines.filter((line) => line.event === event);
    await until(() => expect([lines('timer-fired').length, lines('timer-failed').length]).toEqual([120, 2]));
    expect(new Set(fired).size).toBe(120);
    expect(lines('timer-failed').map(({ fields }) => fields)).toEqual([
      { kind: 'form', caseId: 'bad', attempt: 1, error: { class: 'TypeError' } },
      { kind: 'of-tomorrow', caseId: 'bad too', attempt: 1, error: { class: 'TypeError' } },
    ]);
    expect(await bench.sql('select attempts from timers')).toHaveLength(2);
  });

  it('thousands that are due at once are fired, and nobody else is kept waiting', async () => {
    const subjects = Array.from({ length: DUE }, (_, i) => `${i}`);
    const rows = subjects.map((subject) => `('form', '${subject}', 1, 0, 0)`).join(',');
    await bench.sql(`insert into timers (kind, subject, due_at, free_at, attempts) values ${rows}`);
    const waits: number[] = [];
    const started = performance.now();
    begin(async (unit, timer) => {
      await unit.drafts.set(timer.subject, 'x', 1e9);
      await note(unit, timer);
    });
    while (fired.length < DUE) {
      const before = performance.now();
      // Somebody writes, and the program has other things to do as well.
      await register.work((unit) => unit.chats.open('telegram', '501'));
      await rest(1);
      waits.push(performance.now() - before);
    }
    const seconds = (performance.now() - started) / 1000;
    const longest = Math.max(...waits);
    console.info(
      `${DUE} timers due at once on ${engine}: ${seconds.toFixed(1)} s; ${waits.length} other units meanwhile, ` +
        `the longest ${longest.toFixed(0)} ms`,
    );
    await worker?.stop();
    await until(async () => expect(await bench.sql('select * from timers')).toEqual([]));
    expect(await bench.sql('select ns from sessions')).toHaveLength(DUE);
    // Without giving way there would be one at the beginning and one at the end.
    expect(waits.length).toBeGreaterThan(DUE / 50 / 4);
  }, 240_000);
});
