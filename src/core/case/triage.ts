import { raised, type Priority } from './case-status.ts';
import type { FieldValues } from './case-record.ts';
import { dayIn, dayPlus, type DeskHours, INDIA, instantOf, shiftOn } from './desk-hours.ts';
import { codes } from './intake-form.ts';

/** The least urgency of each situation. A man of whom nothing is known starts at P1 and is graded anew by a person. */
const BY_SITUATION: Record<string, Priority> = {
  'told-dead': 'P1',
  injured: 'P1',
  captured: 'P1',
  detained: 'P1',
  missing: 'P1',
  'army-contract': 'P2',
  'passport-taken': 'P2',
  'left-unit': 'P2',
  'stranded-city': 'P2',
  unpaid: 'P3',
  other: 'P3',
};

/** Working days that a person's first look is promised within. The desk sets these. */
const WORKING_DAYS: Record<Priority, number> = { P0: 0, P1: 0, P2: 2, P3: 5, P4: 5 };

/** The priority that the form's answers call for; never lower than `now`. */
export function priorityFor(values: FieldValues, at: number, now: Priority): Priority {
  const bySituation = codes(values['situation'])
    .map((situation) => BY_SITUATION[situation] ?? 'P3')
    .reduce<Priority>(raised, 'P4');
  const danger: Priority = values['danger_now'] === 'yes' ? 'P0' : 'P4';
  const minor: Priority = isMinor(values['person_birth'], at) ? 'P0' : 'P4';
  return [bySituation, danger, minor].reduce<Priority>(raised, now);
}

function isMinor(birth: string | undefined, at: number): boolean {
  const [year, month = '12', day = '31'] = (birth ?? '').split('-');
  if (!year || !/^\d{4}$/.test(year)) return false;
  const eighteen = Date.UTC(Number(year) + 18, Number(month) - 1, Number(day));
  return at < eighteen;
}

/** Somebody is on duty day and night: this is when the desk must be asked why nobody has called. */
const AT_ONCE_MS = 2 * 3600_000;
/** A promise needs at least this much of the day to be kept. */
const LEAST_NOTICE_MS = 4 * 3600_000;
const NOON = 12 * 60;
/** Further ahead than any desk is closed; hours without a single working day must not be searched for ever. */
const LONGEST_SEARCH_DAYS = 366;

/**
 * By when a person of the desk looks at a case (Unix ms): the end of the working day that the priority gives, by the
 * desk's hours. What comes too late for today, or on a day on which the desk is closed, is promised for the next day at
 * noon (or for the end of work, when that is earlier), working day or not: somebody is on duty for P0 and P1.
 */
export function nextContact(priority: Priority, now: number, hours: DeskHours = INDIA): number {
  if (priority === 'P0') return now + AT_ONCE_MS;
  const today = dayIn(hours.timeZone, now);
  const day = workingDayAfter(today, WORKING_DAYS[priority], hours);
  const shift = shiftOn(hours, day);
  const end = shift === null ? null : instantOf(hours.timeZone, day, shift.to);
  if (end !== null && end - now >= LEAST_NOTICE_MS) return end;
  const next = dayPlus(day, 1);
  return instantOf(hours.timeZone, next, Math.min(NOON, shiftOn(hours, next)?.to ?? NOON));
}

/** The day on which so many working days have gone by. */
function workingDayAfter(today: string, workingDays: number, hours: DeskHours): string {
  let day = today;
  let left = workingDays;
  for (let ahead = 0; left > 0 && ahead < LONGEST_SEARCH_DAYS; ahead += 1) {
    day = dayPlus(day, 1);
    if (shiftOn(hours, day) !== null) left -= 1;
  }
  return day;
}

/** What the family reports, as one code, from the situations they chose. */
export function reportedStatus(values: FieldValues): string {
  const situations = codes(values['situation']);
  if (situations.includes('told-dead')) return 'believed_dead';
  if (situations.includes('captured')) return 'believed_captured';
  if (situations.includes('injured')) return 'believed_injured';
  if (situations.includes('missing')) return 'believed_missing';
  if (values['reporter_role'] === 'self') return 'is_self';
  return 'seeking_info';
}
