import { beforeEach, describe, expect, it } from 'vitest';
import { foldCase } from '../../../src/core/case/apply-event.ts';
import type { CaseRecord } from '../../../src/core/case/case-record.ts';
import { parseEvent } from '../../../src/core/case/events.ts';
import { wakeUps, type OnCall } from '../../../src/core/desk/wake-ups.ts';
import type { DeskLine } from '../../../src/core/register/outbox.ts';
import type { Register, StoryLine } from '../../../src/core/register/register.ts';
import type { OnTimer } from '../../../src/core/register/timers.ts';
import { onBothEngines } from '../../support/both-engines.ts';
import { ASHA, move, openCase, replied, type RegisterBench } from '../../support/register-bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const shown = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' }).format(at);

await onBothEngines('what the desk is woken up for', (newBench) => {
  let bench: RegisterBench;
  let register: Register;
  let people: Record<string, OnCall>;
  beforeEach(async () => {
    bench = await newBench();
    register = await bench.open();
    people = {};
  });
  const handlers = wakeUps({ people: (desk) => people[desk] ?? { duty: [], heads: [] } });
  const fire: OnTimer = (unit, timer) =>
    timer.kind === 'unconsented' ? Promise.resolve() : handlers[timer.kind](unit, timer);
  /** Moves the clock and fires what is due then. Nothing may fail. */
  async function at(now: number): Promise<void> {
    bench.clock.now = now;
    for (let count = -1; count !== 0;) {
      const { fired, failed } = await register.timers.fireDue(fire, 50);
      expect(failed).toEqual([]);
      count = fired.length;
    }
  }
  const opened = (over: Parameters<typeof openCase>[2]): Promise<CaseRecord> =>
    register.work((unit) => openCase(unit, '501', { formDone: true, ...over }));
  /** The case as it is, which its story must lead to. */
  async function now({ id, reference }: CaseRecord): Promise<CaseRecord> {
    const one = await register.work((unit) => unit.cases.byId(id));
    const story = (await storyOf(reference)).map((line) => ({
      ...line,
      event: parseEvent('case', line.event),
    }));
    if (!one) throw new Error('no case');
    expect(one).toMatchObject(foldCase(story) ?? {});
    return one;
  }
  const storyOf = async (reference: string): Promise<StoryLine[]> =>
    ((await bench.story(reference)) ?? []).filter(({ about }) => about === 'case');
  const events = async (one: CaseRecord, kind: string): Promise<object[]> =>
    (await storyOf(one.reference)).flatMap(({ event }) => (event.kind === kind ? [event] : []));
  /** Lines and cards that wait, oldest first; they are taken as sent. */
  async function sent(): Promise<{ lines: DeskLine[]; cards: number }> {
    const lines: DeskLine[] = [];
    let cards = 0;
    for (;;) {
      const entries = await register.outbox.claim(10, 1_000);
      if (entries.length === 0) return { lines, cards };
      for (const { id, errand } of entries) {
        if (errand.kind === 'card-line') lines.push(errand.line);
        if (errand.kind === 'card') cards += 1;
        await register.work((unit) => unit.settle(id, 'sent'));
      }
    }
  }

  describe('a promise', () => {
    it('that nobody has kept by its time turns the case overdue, once, and calls its officer', async () => {
      const due = bench.clock.now + HOUR;
      const one = await opened({ due, owner: ASHA });
      await sent();
      await at(due - 1);
      expect(await sent()).toEqual({ lines: [], cards: 0 });
      await at(due);
      expect(await now(one)).toMatchObject({ overdueAt: due, nextContactAt: due });
      expect(await sent()).toEqual({
        lines: [{ what: 'promise-missed', by: due, mention: [ASHA.id] }],
        cards: 1,
      });
      await at(due + 30 * DAY);
      expect(await events(one, 'promise')).toEqual([{ kind: 'promise', what: 'missed', due }]);
      expect((await sent()).lines).toEqual([]);
      expect((await register.load()).overdue).toBe(1);
    });

    it('of a case that nobody has calls the people on duty at its desk, and no others', async () => {
      people = {
        desk: { duty: ['U7', 'not-an-id', 'U8'], heads: ['U9'] },
        other: { duty: ['U1'], heads: [] },
      };
      const due = bench.clock.now + HOUR;
      await opened({ due });
      await at(due);
      expect((await sent()).lines).toEqual([{ what: 'promise-missed', by: due, mention: ['U7', 'U8'] }]);
    });

    it('that was kept, moved to a later date, or ended with its case, is no longer missed', async () => {
      const due = bench.clock.now + HOUR;
      await register.work(async (unit) => {
        const kept = await openCase(unit, '1', { due, formDone: true });
        const moved = await openCase(unit, '2', { due, formDone: true });
        const closed = await openCase(unit, '3', { due, formDone: true });
        await replied(unit, kept, 'He is well.');
        await replied(unit, moved, 'We wait for an answer.', { due: due + DAY });
        await move(unit, closed, 'closed');
      });
      await sent();
      await at(due + DAY - 1);
      expect(await sent()).toEqual({ lines: [], cards: 0 });
      await at(due + DAY);
      expect((await sent()).lines).toMatchObject([{ what: 'promise-missed', by: due + DAY }]);
    });

    it('that was moved behind the timer has the timer at its own time', async () => {
      const due = bench.clock.now + HOUR;
      const one = await opened({ due });
      await register.work((unit) => unit.timers.set('promise', one.id, due - MINUTE));
      await at(due - MINUTE);
      expect((await now(one)).overdueAt).toBeNull();
      await at(due);
      expect((await now(one)).overdueAt).toBe(due);
    });

    it('given anew after one was missed can be missed again', async () => {
      const due = bench.clock.now + HOUR;
      const one = await opened({ due });
      await at(due);
      await register.work((unit) => replied(unit, one, 'Sorry. Tomorrow.', { due: due + DAY }));
      expect((await now(one)).overdueAt).toBeNull();
      await at(due + DAY);
      expect((await now(one)).overdueAt).toBe(due + DAY);
      expect(await events(one, 'promise')).toHaveLength(2);
    });

    it('is an instant: on the nights when the clocks of Berlin change, each fires once, at its own', async () => {
      const dates = [
        // In spring the hour after 02:00 does not exist, in autumn it comes twice.
        '2027-03-28T01:59+01:00',
        '2027-03-28T03:00+02:00',
        '2026-10-25T02:30+02:00',
        '2026-10-25T02:30+01:00',
      ].map((date) => Date.parse(date));
      expect(dates.map(shown)).toEqual(['01:59', '03:00', '02:30', '02:30']);
      bench.clock.now = Date.parse('2026-10-24T12:00Z');
      const cases: CaseRecord[] = [];
      for (const [i, due] of dates.entries())
        cases.push(await register.work((unit) => openCase(unit, `${i}`, { due, formDone: true })));
      for (const due of dates.toSorted((a, b) => a - b))
        for (let minute = due - 2 * MINUTE; minute <= due + 2 * MINUTE; minute += MINUTE) await at(minute);
      for (const [i, due] of dates.entries()) {
        const one = cases[i]!;
        expect((await now(one)).overdueAt).toBe(due);
        expect(await events(one, 'promise')).toHaveLength(1);
      }
    });
  });

  describe('danger that nobody has taken', () => {
    it('is called out again after the limit, then to the next in line, ever more slowly', async () => {
      people = { desk: { duty: ['U7', 'U8'], heads: ['U9', 'U7'] } };
      const begun = bench.clock.now;
      const one = await opened({ priority: 'P0' });
      await sent();
      const called: [number, unknown][] = [];
      for (let minute = 15; minute <= 24 * 60; minute += 15) {
        await at(begun + minute * MINUTE);
        for (const line of (await sent()).lines)
          if (line.what === 'untaken') called.push([minute, line.mention]);
      }
      expect(called).toEqual([
        [15, 'channel'],
        [45, ['U7']],
        [105, ['U8']],
        [225, ['U9']],
        [465, ['U7']],
        [945, ['U8']],
        [1425, ['U9']],
      ]);
      expect(await events(one, 'alarm')).toEqual([
        { kind: 'alarm', what: 'again', to: [] },
        ...['U7', 'U8', 'U9', 'U7', 'U8', 'U9'].map((id) => ({ kind: 'alarm', what: 'next', to: [id] })),
      ]);
      expect((await now(one)).alarms).toBe(7);
    });

    it('calls the whole channel again when the desk has named nobody', async () => {
      const begun = bench.clock.now;
      await opened({ priority: 'P0' });
      await at(begun + 15 * MINUTE);
      await at(begun + 45 * MINUTE);
      expect((await sent()).lines).toEqual([
        { what: 'untaken', times: 1, mention: 'channel' },
        { what: 'untaken', times: 2, mention: 'channel' },
      ]);
    });

    it('is silent once somebody has it, staff have lowered it, or it is closed; given back, it begins anew', async () => {
      const begun = bench.clock.now;
      const one = await opened({ priority: 'P0', owner: ASHA });
      const low = await register.work((unit) => openCase(unit, '2', { priority: 'P0', formDone: true }));
      const shut = await register.work((unit) => openCase(unit, '3', { priority: 'P0', formDone: true }));
      await register.work(async (unit) => {
        await unit.record({ by: { staff: ASHA }, case: low.id, kind: 'graded', to: 'P1' });
        await move(unit, shut, 'closed');
      });
      await sent();
      await at(begun + DAY);
      expect((await sent()).lines).toEqual([]);
      await register.work((unit) => unit.record({ by: { staff: ASHA }, case: one.id, kind: 'released' }));
      await at(begun + DAY + 15 * MINUTE);
      expect((await sent()).lines).toEqual([{ what: 'untaken', times: 1, mention: 'channel' }]);
    });

    it('is called for at the right pace after the clock was turned back', async () => {
      const right = bench.clock.now;
      bench.clock.now += 3 * DAY;
      const one = await opened({ priority: 'P0' });
      await at(right);
      await at(right + 15 * MINUTE);
      await at(right + 45 * MINUTE);
      expect((await now(one)).alarms).toBe(2);
    });
  });

  it('a move that no second officer confirms lapses, and who asked is told', async () => {
    const begun = bench.clock.now;
    const one = await opened({ owner: ASHA, status: 'sent_to_embassy' });
    const content = { officer: ASHA, note: '', tell: false, voice: null, takeUp: null, reason: null };
    await register.work((unit) =>
      unit.record({
        by: { staff: ASHA },
        case: one.id,
        kind: 'second',
        what: 'asked',
        to: 'raised_with_russia',
        beyondConsent: false,
        content,
      }),
    );
    await sent();
    await at(begun + DAY - 1);
    expect((await now(one)).request).not.toBeNull();
    await at(begun + DAY);
    expect(await now(one)).toMatchObject({ request: null, status: 'sent_to_embassy' });
    expect(await register.work((unit) => unit.cases.request(one.id))).toBeNull();
    expect((await sent()).lines).toEqual([
      { what: 'second-lapsed', to: 'raised_with_russia', mention: [ASHA.id] },
    ]);
    await at(begun + 30 * DAY);
    expect(await events(one, 'second')).toHaveLength(2);
  });

  it('a form that the family has left is told of once, a day after their last word', async () => {
    const begun = bench.clock.now;
    const one = await opened({ formDone: false });
    const done = await register.work((unit) => openCase(unit, '2', { formDone: false }));
    await register.work((unit) =>
      unit.record({ by: { family: done.chatId }, case: done.id, kind: 'form', what: 'done' }),
    );
    await sent();
    await at(begun + DAY - 1);
    expect((await now(one)).formLeft).toBe(false);
    await at(begun + DAY);
    await at(begun + 9 * DAY);
    expect((await now(one)).formLeft).toBe(true);
    expect((await now(done)).formLeft).toBe(false);
    expect((await sent()).lines).toEqual([{ what: 'form-left' }]);
  });

  it('a case that gives no cause, was closed or is gone, however its timer came to be, wakes nobody', async () => {
    const one = await opened({ priority: 'P0', formDone: false, due: bench.clock.now + HOUR });
    await register.work((unit) => move(unit, one, 'closed'));
    // Taken, without a date, with its form done; and one of less urgency.
    const [calm, low] = await register.work(async (unit) => [
      await openCase(unit, '2', { priority: 'P0', formDone: true, owner: ASHA }),
      await openCase(unit, '3', { priority: 'P1', formDone: true }),
    ]);
    await sent();
    await register.work(async (unit) => {
      for (const kind of ['promise', 'untaken', 'second', 'form'] as const)
        for (const subject of [one.id, calm.id, low.id, 'f'.repeat(32)])
          await unit.timers.set(kind, subject, unit.now);
    });
    const before = (await now(one)).events;
    await at(bench.clock.now + 1);
    expect((await now(one)).events).toBe(before);
    expect(await sent()).toEqual({ lines: [], cards: 0 });
    expect(await bench.sql('select * from timers')).toEqual([]);
  });
});
