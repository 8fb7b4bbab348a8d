import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { PRIORITIES, type Priority } from '../../../src/core/case/case-status.ts';
import { type DeskHours, INDIA, type Shift } from '../../../src/core/case/desk-hours.ts';
import { nextContact } from '../../../src/core/case/triage.ts';

const from9to6: Shift = { from: 540, to: 1080 };
const hours = (timeZone: string, more: Partial<DeskHours> = {}): DeskHours => ({
  ...INDIA,
  timeZone,
  ...more,
});
const DESKS: DeskHours[] = [
  hours('Asia/Kolkata', { holidays: ['2026-08-15', '2026-10-02', '2027-01-26'] }),
  hours('Europe/Moscow', { holidays: ['2026-12-31', '2027-01-01', '2027-01-04', '2027-05-10'] }),
  // A short Saturday, whose end comes before noon, and a Sunday on which the clocks change.
  hours('Europe/Berlin', {
    week: { ...INDIA.week, mon: null, sat: { from: 480, to: 660 }, sun: from9to6 },
    holidays: ['2026-12-25'],
  }),
  hours('America/New_York', {
    week: { ...INDIA.week, fri: { from: 540, to: 1440 } },
    holidays: ['2026-11-26'],
  }),
];
const HOUR_MS = 3600_000;
const NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** What a clock on the wall shows, by the platform's own formatting: day and `HH:MM`. */
const wall = ({ timeZone }: DeskHours, at: number): [string, string] => {
  const shown = new Date(at).toLocaleString('sv-SE', { timeZone });
  return [shown.slice(0, 10), shown.slice(11, 16)];
};
/** `18:00` on a working day, `24:00` for midnight at its end; null when the desk is closed. */
const endOfWork = (desk: DeskHours, day: string): string | null => {
  const name = NAMES[new Date(day).getUTCDay()] ?? 'sun';
  const to = desk.holidays.includes(day) ? undefined : desk.week[name]?.to;
  return to === undefined ? null : `${String(to / 60).padStart(2, '0')}:00`;
};
const dayBefore = (day: string): string =>
  new Date(Date.parse(day) - 24 * HOUR_MS).toISOString().slice(0, 10);

const instant = fc.integer({ min: Date.UTC(2026, 5, 1), max: Date.UTC(2028, 5, 1) });
const anyDesk = fc.constantFrom(...DESKS);
const whenPromised = fc.constantFrom<Priority>('P1', 'P2', 'P3', 'P4');

describe('a promise, in any of four cities and over two years,', () => {
  test('is never less than two hours ahead, and of all but P0 never less than four', () => {
    fc.assert(
      fc.property(anyDesk, fc.constantFrom(...PRIORITIES), instant, (desk, priority, now) => {
        const least = priority === 'P0' ? 2 : 4;
        expect(nextContact(priority, now, desk) - now).toBeGreaterThanOrEqual(least * HOUR_MS);
      }),
      { numRuns: 2000 },
    );
  });

  test('falls on the end of work of a working day, or, for P1, on noon of the day after', () => {
    fc.assert(
      fc.property(anyDesk, whenPromised, instant, (desk, priority, now) => {
        const [day, time] = wall(desk, nextContact(priority, now, desk));
        if (endOfWork(desk, day) === time) return;
        if (time === '00:00' && endOfWork(desk, dayBefore(day)) === '24:00') return;
        expect([priority, time, dayBefore(day)]).toEqual(['P1', '12:00', wall(desk, now)[0]]);
      }),
      { numRuns: 2000 },
    );
  });

  test('counts working days: two for P2, five for P3 and P4', () => {
    fc.assert(
      fc.property(anyDesk, fc.constantFrom<Priority>('P2', 'P3', 'P4'), instant, (desk, priority, now) => {
        const [due] = wall(desk, nextContact(priority, now, desk) - 1);
        const [came] = wall(desk, now);
        let worked = 0;
        for (let day = due; day > came; day = dayBefore(day)) if (endOfWork(desk, day) !== null) worked += 1;
        expect(worked).toBe(priority === 'P2' ? 2 : 5);
      }),
      { numRuns: 2000 },
    );
  });

  test('is never sooner for what comes later', () => {
    fc.assert(
      fc.property(
        anyDesk,
        whenPromised,
        instant,
        fc.integer({ min: 0, max: 72 * HOUR_MS }),
        (desk, priority, now, later) => {
          expect(nextContact(priority, now + later, desk)).toBeGreaterThanOrEqual(
            nextContact(priority, now, desk),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('when the clocks change', () => {
  it.each([
    ['Europe/Berlin', 'P2', '2027-03-26T09:00Z', '2027-03-30T16:00Z'],
    ['Europe/Berlin', 'P2', '2027-10-29T08:00Z', '2027-11-02T17:00Z'],
    ['Europe/Berlin', 'P1', '2027-03-27T20:00Z', '2027-03-28T10:00Z'],
    ['Europe/Berlin', 'P1', '2027-10-30T20:00Z', '2027-10-31T11:00Z'],
    ['America/New_York', 'P2', '2027-03-12T15:00Z', '2027-03-16T22:00Z'],
    ['America/New_York', 'P2', '2027-11-05T15:00Z', '2027-11-09T23:00Z'],
    ['America/New_York', 'P1', '2027-03-13T23:00Z', '2027-03-14T16:00Z'],
    ['America/New_York', 'P1', '2027-11-06T23:00Z', '2027-11-07T17:00Z'],
    // The same days in zones whose clocks stay.
    ['Europe/Moscow', 'P2', '2027-03-26T09:00Z', '2027-03-30T15:00Z'],
    ['Asia/Kolkata', 'P2', '2027-10-29T08:00Z', '2027-11-02T12:30Z'],
  ] as const)('in %s a %s of %s is promised by %s', (zone, priority, came, by) => {
    expect(nextContact(priority, Date.parse(came), hours(zone))).toBe(Date.parse(by));
  });
});

test('when the next day ends before noon, what comes late is promised for its end', () => {
  const desk = hours('Asia/Kolkata', { week: { ...INDIA.week, sat: { from: 480, to: 660 } } });
  const by = Date.parse('2027-01-30T11:00+05:30');
  expect(nextContact('P1', Date.parse('2027-01-29T20:00+05:30'), desk)).toBe(by);
  expect(nextContact('P1', Date.parse('2027-01-30T00:30+05:30'), desk)).toBe(by);
});

test('a holiday is passed over', () => {
  const desk = hours('Asia/Kolkata', { holidays: ['2027-01-26'] });
  const monday = Date.parse('2027-01-25T10:00+05:30');
  expect(nextContact('P2', monday, desk)).toBe(Date.parse('2027-01-28T18:00+05:30'));
  expect(nextContact('P1', Date.parse('2027-01-26T08:00+05:30'), desk)).toBe(
    Date.parse('2027-01-27T12:00+05:30'),
  );
});

test('hours without a working day still give a date', () => {
  const closed = hours('Asia/Kolkata', {
    week: { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null },
  });
  const now = Date.parse('2027-01-25T10:00+05:30');
  expect(nextContact('P2', now, closed)).toBeGreaterThan(now);
  expect(nextContact('P1', now, closed)).toBe(Date.parse('2027-01-26T12:00+05:30'));
});
