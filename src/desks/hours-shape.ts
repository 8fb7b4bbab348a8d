import { z } from 'zod';
import { type DeskHours, type Shift, type Weekday, WEEKDAYS } from '../core/case/desk-hours.ts';

const isWeekday = (text: string): text is Weekday => WEEKDAYS.some((day) => day === text);

/** `mon` or `mon-fri` as the days it names; null when it names none, or runs backwards. */
function daysOf(key: string): readonly Weekday[] | null {
  const [first = '', last = first, ...more] = key.split('-');
  if (more.length > 0 || !isWeekday(first) || !isWeekday(last)) return null;
  const days = WEEKDAYS.slice(WEEKDAYS.indexOf(first), WEEKDAYS.indexOf(last) + 1);
  return days.length === 0 ? null : days;
}

const MOST = 24 * 60;

/** `09:30-18:00` as minutes; null for a closed day; undefined when it is neither. */
function shiftOf(text: string): Shift | null | undefined {
  if (text === 'closed') return null;
  const [, ...digits] = /^(\d{2}):([0-5]\d)-(\d{2}):([0-5]\d)$/.exec(text) ?? [];
  if (digits.length === 0) return undefined;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = digits.map(Number);
  const shift = { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute };
  return shift.from < shift.to && shift.to <= MOST ? shift : undefined;
}

/**
 * Hours of work by day (`sat`) or days (`mon-fri`): `09:30-18:00` or `closed`. Every day of the week stands there once,
 * so that none is closed by forgetting it.
 */
export const weekShape = z
  .record(z.string(), z.string('write hours as "09:30-18:00" or closed'), 'write the hours of every day')
  .transform((written, context): DeskHours['week'] => {
    const fault = (message: string, key?: string): void =>
      context.addIssue({ code: 'custom', message, ...(key === undefined ? {} : { path: [key] }) });
    const week: Partial<Record<Weekday, Shift | null>> = {};
    let sound = true;
    for (const [key, text] of Object.entries(written)) {
      const days = daysOf(key);
      const shift = shiftOf(text);
      if (days === null) fault('write a day (sat) or days from Monday on (mon-fri)', key);
      if (shift === undefined) fault('write hours as "09:30-18:00", the later one last, or closed', key);
      sound &&= days !== null && shift !== undefined;
      for (const day of days ?? []) {
        if (Object.hasOwn(week, day)) fault(`${day} stands here twice: say its hours once`, key);
        week[day] = shift ?? null;
      }
    }
    const { mon, tue, wed, thu, fri, sat, sun } = week;
    const left = WEEKDAYS.filter((day) => !Object.hasOwn(week, day));
    if (sound && left.length > 0) fault(`${left.join(', ')} not named: write the hours, or closed`);
    if (sound && left.length === 0 && WEEKDAYS.every((day) => week[day] === null))
      fault('a desk works on at least one day of the week');
    return {
      mon: mon ?? null,
      tue: tue ?? null,
      wed: wed ?? null,
      thu: thu ?? null,
      fri: fri ?? null,
      sat: sat ?? null,
      sun: sun ?? null,
    };
  });
