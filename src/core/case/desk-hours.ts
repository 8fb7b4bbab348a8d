export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Working time of one day, in minutes after midnight by the desk's clock; `to` is at most 1440. */
export type Shift = { from: number; to: number };

/** When people are at a desk. Whoever is on duty is called at any hour. */
export type DeskHours = {
  /** IANA name, as `Asia/Kolkata`. */
  timeZone: string;
  /** Null: closed all day. */
  week: Readonly<Record<Weekday, Shift | null>>;
  /** Days on which nobody works, YYYY-MM-DD. */
  holidays: readonly string[];
};

const OFFICE: Shift = { from: 9 * 60, to: 18 * 60 };

/** The hours of a desk that has written none. */
export const INDIA: DeskHours = {
  timeZone: 'Asia/Kolkata',
  week: { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE, sat: null, sun: null },
  holidays: [],
};

/** A calendar day, YYYY-MM-DD. */
export type Day = string;

const DAY_MS = 24 * 3600_000;
const MINUTE_MS = 60_000;

/** The day it is in the time zone at `at` (Unix ms). */
export const dayIn = (timeZone: string, at: number): Day =>
  new Date(at + offsetAt(timeZone, at)).toISOString().slice(0, 10);

/** So many days later (or earlier). */
export const dayPlus = (day: Day, days: number): Day =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The desk's working time on a day; null when it is closed. */
export function shiftOn(hours: DeskHours, day: Day): Shift | null {
  const weekday = WEEKDAYS[(new Date(day).getUTCDay() + 6) % 7];
  return weekday === undefined || hours.holidays.includes(day) ? null : hours.week[weekday];
}

/**
 * The instant (Unix ms) at which clocks of the time zone show the day and the minutes after midnight. Of a time that
 * comes twice in a night the first; one that the clocks leap over counts on from the leap.
 */
export function instantOf(timeZone: string, day: Day, minutes: number): number {
  const shown = Date.parse(day) + minutes * MINUTE_MS;
  const before = shown - offsetAt(timeZone, shown - DAY_MS);
  const after = shown - offsetAt(timeZone, shown + DAY_MS);
  const real = [before, after].filter((at) => at + offsetAt(timeZone, at) === shown);
  return real.length === 0 ? before : Math.min(...real);
}

/** How far ahead of UTC the clocks of the time zone are at `at`, in ms. */
function offsetAt(timeZone: string, at: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** Making a formatter takes longer than all else here. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(timeZone, clock);
  return clock;
}
