import { type CaseState, DOORS, type Purpose, type TakeUpContent } from '../case/case-record.ts';
import { mayMove, ruleOf, type Status } from '../case/case-status.ts';
import { dayIn } from '../case/desk-hours.ts';
import { isHead } from './may.ts';
import type { Staff } from './staff.ts';

/** What an officer gives with a change of status. */
export type MoveWish = {
  /** The evidence. */
  note: string;
  takeUp: TakeUpContent | null;
  /** The answer to "has a person told the family by voice?"; null while it is not answered. */
  voice: 'told' | 'not-yet' | null;
  /** Why it must go past the family's consent; null when it is not to. */
  reason: string | null;
  /** Slack id of the second officer who has pressed Confirm; null before. */
  second: string | null;
};

/** What the move is weighed against. */
export type MoveGround = {
  /** What the family has agreed to; null when it was never asked or has taken its consent back. */
  purposes: readonly Purpose[] | null;
  /** Who asks for the move: not the one who confirms it. */
  by: Staff;
  /** Unix ms, and the desk's time zone: a take-up has no day that is still to come. */
  now: number;
  timeZone: string;
};

/** The first thing that stands in a move's way. */
export type MoveNeed =
  | { why: 'illegal-move' }
  | { why: 'needs-evidence' }
  | { why: 'needs-take-up' }
  | { why: 'bad-take-up'; field: keyof TakeUpContent }
  | { why: 'needs-voice-answer' }
  | { why: 'needs-consent'; purpose: Purpose }
  | { why: 'needs-reason' }
  | { why: 'needs-second' }
  | { why: 'same-officer' };

/** The invasion began on this day: nothing was taken up before it. */
const FIRST_DAY = '2022-02-24';
const LEAST_LETTERS = 3;
const LEAST_REASON_LETTERS = 10;

/**
 * What a move still needs, or null when it may be made. `needs-second` comes last: with it all else is in order, and the
 * move can be laid before a second officer. To be asked again when that one confirms, since consent may be gone by then.
 */
export function moveNeeds(one: CaseState, to: Status, wish: MoveWish, ground: MoveGround): MoveNeed | null {
  if (!mayMove(one.status, to)) return { why: 'illegal-move' };
  const needs = ruleOf(to).needs ?? {};
  if (letters(wish.note).length < LEAST_LETTERS) return { why: 'needs-evidence' };
  if (needs.takeUp && wish.takeUp === null) return { why: 'needs-take-up' };
  const field = wish.takeUp && faultyField(wish.takeUp, dayIn(ground.timeZone, ground.now));
  if (field) return { why: 'bad-take-up', field };
  if (needs.voice && wish.voice === null) return { why: 'needs-voice-answer' };
  const missing = missingConsent(to, ground.purposes);
  if (missing !== null) {
    if (wish.reason === null || !isHead(ground.by, one.desk))
      return { why: 'needs-consent', purpose: missing };
    if (!isReason(wish.reason)) return { why: 'needs-reason' };
  }
  if (needs.second || wish.takeUp !== null || missing !== null) {
    if (wish.second === null) return { why: 'needs-second' };
    if (wish.second === ground.by.id) return { why: 'same-officer' };
  }
  return null;
}

/** Long enough to say why: a word is none. */
export const isReason = (text: string): boolean => letters(text).length >= LEAST_REASON_LETTERS;

/** The purpose that the move needs and the family has not agreed to: with it, the move goes beyond consent. */
export function missingConsent(to: Status, purposes: readonly Purpose[] | null): Purpose | null {
  const needed = ruleOf(to).needs?.consent;
  return needed === undefined || purposes?.includes(needed) ? null : needed;
}

/** What cannot be a take-up. Whether it is true only the second officer can say. */
function faultyField(takeUp: TakeUpContent, today: string): keyof TakeUpContent | null {
  const { door, counterpart, date, reference } = takeUp;
  if (!DOORS.includes(door)) return 'door';
  const named = letters(counterpart.toLowerCase());
  // "zzz" is nobody; МИД and MEA are somebody.
  if (named.length < LEAST_LETTERS || new Set(named).size === 1) return 'counterpart';
  if (!isDay(date) || date < FIRST_DAY || date > today) return 'date';
  if (reference.trim().length < 2 || !/[\p{L}\p{N}]/u.test(reference)) return 'reference';
  return null;
}

/** Vowel signs too: without them three letters of Hindi would be a whole word. */
const letters = (text: string): string[] => text.match(/[\p{L}\p{M}]/gu) ?? [];

/** A real day of the calendar, YYYY-MM-DD. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
