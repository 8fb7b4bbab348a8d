import type { CaseRecord } from '../case/case-record.ts';
import type { Slots } from '../words/markdown.ts';
import type { RichText } from '../words/rich-text.ts';
import type { Turn } from './decision.ts';
import { dayOf } from './family-texts.ts';

/**
 * Sentences that say that the desk knows of something, and what is said while its channel can't be reached and the line
 * waits: another sentence, or nothing. One that claims it and stands not here is refused by `true-words.test.ts`.
 */
export const WHILE_AWAY = {
  urgent: 'urgent-unreached',
  'urgent-called': 'urgent-unreached',
  'human-told': 'kept',
  'kept-closed': 'kept',
  'desk-sees': null,
  'desk-reminded': null,
} as const satisfies Record<string, string | null>;

/** Says that a desk knows of something, as far as that can be so at this moment. `desk`: its id. */
export function ofDesk(turn: Turn, desk: string, key: keyof typeof WHILE_AWAY, slots: Slots = {}): RichText {
  const said = turn.deskReachable(desk) ? key : WHILE_AWAY[key];
  return said === null ? [] : turn.speech.say(said, slots);
}

/**
 * The date that a timer stands for, or that it has passed and the desk was reminded of it. Nothing for a case that has
 * no date, and nothing for the moment between the date and the reminder: no date is told that nobody is held to.
 */
export function lookBy(turn: Turn, one: CaseRecord): RichText {
  const { speech, now } = turn;
  if (one.status === 'closed' || one.nextContactAt === null) return [];
  if (one.overdueAt !== null)
    return [...speech.say('look-passed'), ...ofDesk(turn, one.desk, 'desk-reminded')];
  return one.nextContactAt > now
    ? speech.say('look-by', { next: dayOf(one.nextContactAt, speech.language) })
    : [];
}
