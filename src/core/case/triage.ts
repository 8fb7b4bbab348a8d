import { raised, type Priority } from './case-status.ts';
import type { FieldValues } from './case-record.ts';
import { codes, isSituation, type Situation } from './intake-form.ts';

/** The least urgency of each situation. A man of whom nothing is known starts at P1 and is graded anew by a person. */
const BY_SITUATION: Record<Situation, Priority> = {
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

/** Working hours and days that a person's first look is promised within. The desk sets these. */
const WORKING_DAYS: Record<Priority, number> = { P0: 0, P1: 0, P2: 2, P3: 5, P4: 5 };
const IST_OFFSET_MS = 5.5 * 3600_000;
const DAY_MS = 24 * 3600_000;
const DAY_ENDS_AT_MS = 18 * 3600_000;

/** The priority that the form's answers call for; never lower than `now`. */
export function priorityFor(values: FieldValues, at: number, now: Priority): Priority {
  const bySituation = codes(values['situation'])
    .filter(isSituation)
    .map((situation) => BY_SITUATION[situation])
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
const NOON_MS = 12 * 3600_000;

/**
 * By when a person of the desk looks at a case: the end of the working day, Indian time, that the priority gives. What
 * comes in late for today is promised for the next noon, working day or not: somebody is on duty for P0 and P1.
 */
export function nextContact(priority: Priority, now: number): number {
  if (priority === 'P0') return now + AT_ONCE_MS;
  const local = now + IST_OFFSET_MS;
  let midnight = Math.floor(local / DAY_MS) * DAY_MS;
  let left = WORKING_DAYS[priority];
  while (left > 0) {
    midnight += DAY_MS;
    const weekday = new Date(midnight).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  const end = midnight + DAY_ENDS_AT_MS;
  return (end - local >= LEAST_NOTICE_MS ? end : midnight + DAY_MS + NOON_MS) - IST_OFFSET_MS;
}
