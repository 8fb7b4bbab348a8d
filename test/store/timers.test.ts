import { setTimeout as rest } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TimerKind } from '../../src/core/case/wakes.ts';
import type { Register } from '../../src/core/register/register.ts';
import type { DueTimer, OnTimer } from '../../src/core/register/timers.ts';
import { onBothEngines } from '../support/both-engines.ts';
import { openCase, type RegisterBench } from '../support/register-bench.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const left: OnTimer = async (unit, { subject }) => {
  await unit.record({ by: 'helpline', case: subject, kind: 'form', what: 'abandoned' });
};

await onBothEngines('timers', (newBench, engine) => {
  let bench: RegisterBench;
  let register: Register;
  let fired: string[];
  beforeEach(async () => {
    bench = await newBench();
    // However slow the machine is, a unit has time for all.
    register = await bench.open({ elapsed: () => 0 });
    fired = [];
  });
  const note: OnTimer = (_, { kind, subject }) => Promise.resolve(void fired.push(`${kind} ${subject}`));
  const set = (all: Record<string, number>, kind: TimerKind = 'form') =>
    register.work(async (unit) => {
      for (const [subject, due] of Object.entries(all)) await unit.timers.set(kind, subject, due);
    });
  const dueOf = async (kind: TimerKind, subject: string): Promise<number | undefined> => {
    const [row] = await bench.sql(
      `select due_at from timers where kind = '${kind}' and subject = '${subject}'`,
    );
    return row && Number(row['due_at']);
  };
  /** Fires until nothing is due; gives back what failed. */
  async function fireAll(fire: OnTimer = note, most = 50): Promise<DueTimer[]> {
    const all: DueTimer[] = [];
    for (;;) {
      const round = await register.timers.fireDue(fire, most);
      all.push(...round.failed.map(({ timer }) => timer));
      if (round.fired.length + round.failed.length === 0) return all;
    }
  }

  it('fire those that are due longest first, as many as were asked for, and none before its time', async () => {
    const { now } = bench.clock;
    await set({ c: now, a: now - 2, b: now - 1, later: now + 1 });
    expect((await register.timers.fireDue(note, 2)).fired.map(({ subject }) => subject)).toEqual(['a', 'b']);
    await fireAll();
    expect(fired).toEqual(['form a', 'form b', 'form c']);
    bench.clock.now += 1;
    await fireAll();
    expect(fired.at(-1)).toBe('form later');
    expect(await bench.sql('select * from timers')).toEqual([]);
  });

  it('one that fails takes no other with it, and leaves nothing behind', async () => {
    const { now } = bench.clock;
    await set({ a: now - 4, bad: now - 3, b: now - 2, c: now - 1 });
    const { fired: done, failed } = await register.timers.fireDue(async (unit, { subject }) => {
      await unit.chats.open('telegram', subject);
      if (subject === 'bad') throw new Error('no');
    }, 50);
    expect(done).toEqual([]);
    expect(failed).toMatchObject([{ timer: { subject: 'bad', attempts: 0 }, error: { message: 'no' } }]);
    expect(await bench.sql('select id from chats')).toHaveLength(0);
    await fireAll();
    expect(fired).toEqual(['form a', 'form b', 'form c']);
    expect(await dueOf('form', 'bad')).toBe(now - 3);
  });

  it('one that always fails is tried again ever more seldom, once an hour in the end', async () => {
    const begun = bench.clock.now;
    await set({ bad: begun });
    const tries: number[] = [];
    const fail: OnTimer = () => {
      tries.push((bench.clock.now - begun) / MINUTE);
      return Promise.reject(new Error('no'));
    };
    for (; bench.clock.now <= begun + 6 * 60 * MINUTE; bench.clock.now += MINUTE)
      await register.timers.fireDue(fail, 50);
    expect(tries).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243, 303]);
  });

  it('a unit that can not be ended, by the fault of one that nobody knows: the others still fire', async () => {
    const [a, bad, b] = await register.work(async (unit) => [
      await openCase(unit, '1'),
      await openCase(unit, '2'),
      await openCase(unit, '3'),
    ]);
    await register.work(async (unit) => {
      for (const [i, one] of [a, bad, b].entries()) await unit.timers.set('form', one.id, i);
    });
    // Its next event has a number that the story has already, which is found out when the story is written: last.
    await bench.sql(`update cases set events = 0 where id = '${bad.id}'`);
    const { fired: done, failed } = await register.timers.fireDue(left, 50);
    expect(done.map(({ subject }) => subject)).toEqual([a.id, b.id]);
    expect(failed.map(({ timer }) => timer.subject)).toEqual([bad.id]);
    expect((await register.timers.fireDue(left, 50)).failed).toEqual([]);
    expect(await bench.sql("select subject from events where kind = 'form'")).toHaveLength(2);
  });

  it('one that sets itself again for a time that is over goes behind the others, and is no endless loop', async () => {
    const { now } = bench.clock;
    await set({ again: now - 10, other: now - 5 });
    const again: OnTimer = async (unit, timer) => {
      await note(unit, timer);
      if (timer.subject === 'again') await unit.timers.set('form', 'again', now - 10);
    };
    await fireAll(again, 1);
    expect(fired).toEqual(['form again', 'form other']);
    bench.clock.now += 1_000;
    await fireAll(again, 1);
    expect(fired).toEqual(['form again', 'form other', 'form again']);
  });

  it('one that an earlier one of the same unit has moved or ended does not fire', async () => {
    const { now } = bench.clock;
    await set({ first: now - 3, moved: now - 2, ended: now - 1 });
    await fireAll(async (unit, timer) => {
      await note(unit, timer);
      await unit.timers.clear('form', 'ended');
      await unit.timers.set('form', 'moved', now + 5);
    });
    expect(fired).toEqual(['form first']);
    expect(await dueOf('form', 'moved')).toBe(now + 5);
  });

  it('what still follows from a case when its timer has fired is set again, wherever it was moved to', async () => {
    const { now } = bench.clock;
    const one = await register.work((unit) => openCase(unit, '1'));
    const due = await dueOf('form', one.id);
    await set({ [one.id]: now - 1 });
    await fireAll((unit, { subject }) =>
      unit.record({ by: 'helpline', case: subject, kind: 'language', to: 'pa' }).then(() => undefined),
    );
    expect(await dueOf('form', one.id)).toBe(due);
  });

  it('a unit that lost a race begins anew, and only its last run stands', async () => {
    await set({ a: 1, b: 2 });
    let runs = 0;
    const { fired: done } = await register.timers.fireDue(async (unit, { subject }) => {
      await unit.chats.open('telegram', `${subject} ${++runs}`);
      if (runs === 2) throw Object.assign(new Error('serialization'), { code: '40001' });
    }, 50);
    expect(done.map(({ subject }) => subject)).toEqual(['a', 'b']);
    expect(runs).toBe(4);
    expect(await bench.sql('select id from chats')).toHaveLength(2);
  });

  it('a unit takes no more than a moment, but always one', async () => {
    let ms = 0;
    const step = engine === 'sqlite' ? 15 : 75;
    register = await bench.open({ elapsed: () => (ms += step) });
    await set({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 });
    const rounds: number[] = [];
    for (let count = -1; count !== 0; rounds.push(count))
      count = (await register.timers.fireDue(note, 50)).fired.length;
    // Asked after one step, two and three.
    expect(rounds).toEqual([3, 3, 0]);
    register = await bench.open({ elapsed: () => (ms += 1_000) });
    await set({ g: 1, h: 1 });
    expect((await register.timers.fireDue(note, 50)).fired).toHaveLength(1);
  });

  it('each fires once when two look at the same time, and both have work', async () => {
    await set(Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`${i}`, i])));
    const other = await bench.open();
    const counts = await Promise.all(
      [register, other].map(async (one) => {
        let count = 0;
        for (let idle = 0; idle < 3;) {
          const round = await one.timers.fireDue(async (unit, { subject }) => {
            await unit.chats.open('telegram', subject);
            fired.push(subject);
          }, 10);
          expect(round.failed).toEqual([]);
          count += round.fired.length;
          idle = round.fired.length === 0 ? idle + 1 : 0;
        }
        return count;
      }),
    );
    expect(counts[0]! + counts[1]!).toBe(400);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(new Set(fired).size).toBe(400);
    expect(await bench.sql('select id from chats')).toHaveLength(400);
  });

  it('one that is moved while it fires stands, wherever it is moved to', async () => {
    const { now } = bench.clock;
    const other = await bench.open();
    await set({ a: now - 1 });
    let moving: Promise<void> = Promise.resolve();
    await register.timers.fireDue(async (unit, timer) => {
      moving = other.work((elsewhere) => elsewhere.timers.set('form', 'a', now + 7));
      moving.catch(() => {});
      await rest(50);
      await note(unit, timer);
    }, 50);
    await moving;
    expect(fired).toEqual(['form a']);
    expect(await dueOf('form', 'a')).toBe(now + 7);
  });

  it.skipIf(engine === 'sqlite')(
    'nobody waits for a case or a chat that another unit has in hand, and nothing gets entangled',
    async () => {
      const { now } = bench.clock;
      const [held, free, chat] = await register.work(async (unit) => [
        await openCase(unit, '1'),
        await openCase(unit, '2'),
        await unit.chats.open('telegram', '3'),
      ]);
      const due = { promise: now - 3, form: now - 2 } as const;
      await set({ [held.id]: due.promise, [free.id]: due.promise }, 'promise');
      await set({ [chat.id]: due.form }, 'unconsented');
      let runs = 0;
      const other = await bench.open();
      await other.work(async (unit) => {
        runs += 1;
        await unit.chats.open('telegram', '3');
        await unit.cases.byId(held.id);
        await fireAll();
        expect(fired).toEqual([`promise ${free.id}`]);
        await unit.timers.set('promise', held.id, now + 9);
      });
      // A deadlock would have been answered with another try.
      expect(runs).toBe(1);
      await fireAll();
      expect(fired).toEqual([`promise ${free.id}`, `unconsented ${chat.id}`]);
      expect(await dueOf('promise', held.id)).toBe(now + 9);
    },
  );

  describe('when the clock is set', () => {
    const UNTAKEN = 15 * MINUTE;
    const spans: [TimerKind, number][] = [
      ['untaken', UNTAKEN],
      ['second', DAY],
      ['form', DAY],
      ['unconsented', DAY],
    ];

    it.each([
      ['a minute and a half', 90_000],
      ['three days', 3 * DAY],
      ['to 1970', null],
    ])('back by %s, also over a restart: spans begin anew, a promise keeps its date', async (_, back) => {
      const ahead = bench.clock.now;
      for (const [kind, span] of spans) await set({ a: ahead + span }, kind);
      await set({ a: ahead + DAY }, 'promise');
      const right = (bench.clock.now = back === null ? 1_000 : ahead - back);
      register = await bench.open();
      await fireAll();
      expect(fired).toEqual([]);
      for (const [kind, span] of spans) expect(await dueOf(kind, 'a')).toBe(right + span);
      expect(await dueOf('promise', 'a')).toBe(ahead + DAY);
      bench.clock.now = right + UNTAKEN;
      await fireAll();
      expect(fired).toEqual(['untaken a']);
    });

    it('back while the program runs: the same', async () => {
      await fireAll();
      // However short it was ahead: the timers need not have been looked at meanwhile.
      bench.clock.now += 3 * DAY;
      await set({ a: bench.clock.now + UNTAKEN }, 'untaken');
      bench.clock.now -= 3 * DAY;
      await fireAll();
      bench.clock.now += UNTAKEN - 1;
      await fireAll();
      expect(fired).toEqual([]);
      bench.clock.now += 1;
      await fireAll();
      expect(fired).toEqual(['untaken a']);
    });

    it('back while one is put off: it does not wait until the clock is there again', async () => {
      const right = bench.clock.now;
      bench.clock.now += 3 * DAY;
      await set({ bad: bench.clock.now }, 'second');
      expect(await fireAll(() => Promise.reject(new Error('no')))).toHaveLength(1);
      bench.clock.now = right;
      await fireAll();
      expect(fired).toEqual(['second bad']);
    });

    it('a little, as clocks of two machines differ: nothing changes', async () => {
      await fireAll();
      const due = bench.clock.now + DAY;
      await set({ a: due });
      bench.clock.now -= 50_000;
      register = await bench.open();
      await fireAll();
      expect(await dueOf('form', 'a')).toBe(due);
    });

    it('ahead by days and to 2038 and beyond: each fires, once', async () => {
      const { now } = bench.clock;
      const y2038 = 2 ** 31 * 1000;
      await set({ day: now + DAY, week: now + 7 * DAY, late: y2038 + 1, later: y2038 + 2 });
      const seen: string[][] = [];
      for (const at of [now + 2 * DAY, now - DAY, now + 8 * DAY, y2038 + 1, y2038 + 1, y2038 + DAY]) {
        bench.clock.now = at;
        fired = [];
        await fireAll();
        seen.push(fired);
      }
      // Set back once by a day before the day on which they were set: what is left lasts as long as it was set for.
      expect(seen).toEqual([['form day'], [], ['form week'], ['form late', 'form later'], [], []]);
    });
  });
});
