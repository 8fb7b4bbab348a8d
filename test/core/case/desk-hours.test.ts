import * as fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { dayIn, dayPlus, INDIA, instantOf, shiftOn } from '../../../src/core/case/desk-hours.ts';

const ZONES = ['Asia/Kolkata', 'Europe/Moscow', 'Europe/Berlin', 'America/New_York'];
/** What a clock on the wall shows, by the platform's own formatting: `2027-03-28 03:00`. */
const wall = (timeZone: string, at: number): string =>
  new Date(at).toLocaleString('sv-SE', { timeZone }).slice(0, 16);

it.each([
  ['Asia/Kolkata', '2027-01-26', 9 * 60, '2027-01-26T03:30:00Z'],
  ['Europe/Moscow', '2027-07-01', 18 * 60, '2027-07-01T15:00:00Z'],
  ['Europe/Berlin', '2027-03-27', 18 * 60, '2027-03-27T17:00:00Z'],
  ['Europe/Berlin', '2027-03-28', 18 * 60, '2027-03-28T16:00:00Z'],
  ['Europe/Berlin', '2027-10-31', 18 * 60, '2027-10-31T17:00:00Z'],
  ['America/New_York', '2027-03-14', 12 * 60, '2027-03-14T16:00:00Z'],
  ['America/New_York', '2027-11-07', 12 * 60, '2027-11-07T17:00:00Z'],
  ['Asia/Kolkata', '2027-01-26', 24 * 60, '2027-01-26T18:30:00Z'],
])('in %s on %s the minute %d is %s', (zone, day, minutes, instant) => {
  expect(new Date(instantOf(zone, day, minutes)).toISOString()).toBe(instant.replace('Z', '.000Z'));
});

test('a time that the clocks leap over counts on from the leap', () => {
  expect(wall('Europe/Berlin', instantOf('Europe/Berlin', '2027-03-28', 150))).toBe('2027-03-28 03:30');
  expect(wall('America/New_York', instantOf('America/New_York', '2027-03-14', 150))).toBe('2027-03-14 03:30');
});

test('of a time that comes twice it is the first', () => {
  expect(new Date(instantOf('Europe/Berlin', '2027-10-31', 150)).toISOString()).toBe(
    '2027-10-31T00:30:00.000Z',
  );
  expect(new Date(instantOf('America/New_York', '2027-11-07', 90)).toISOString()).toBe(
    '2027-11-07T05:30:00.000Z',
  );
});

test('day and instant agree with the clock on the wall, in every zone and at any time', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 0) }),
      (zone, at) => {
        const shown = wall(zone, at);
        const day = shown.slice(0, 10);
        expect(dayIn(zone, at)).toBe(day);
        const minutes = Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14, 16));
        expect(wall(zone, instantOf(zone, day, minutes))).toBe(shown);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a day more is the next of the calendar, over months and leap days', () => {
  expect([dayPlus('2028-02-28', 1), dayPlus('2026-12-31', 1), dayPlus('2027-03-01', -1)]).toEqual([
    '2028-02-29',
    '2027-01-01',
    '2027-02-28',
  ]);
});

test('a weekend and a holiday have no shift', () => {
  const hours = { ...INDIA, holidays: ['2027-01-26'] };
  expect(
    ['2027-01-25', '2027-01-26', '2027-01-30', '2027-01-31', '2027-02-01'].map((day) => shiftOn(hours, day)),
  ).toEqual([{ from: 540, to: 1080 }, null, null, null, { from: 540, to: 1080 }]);
});
