import type { CaseRecord } from '../case/case-record.ts';
import { shownToFamily } from '../case/case-status.ts';
import { isThirdParty } from '../case/intake-form.ts';
import type { Outgoing } from '../words/messages.ts';
import type { RichText } from '../words/rich-text.ts';
import type { Turn } from './decision.ts';
import { lookBy } from './desk-told.ts';
import { dayOf, mainMenu, saying, together } from './family-texts.ts';
import { fieldsOf, openCases } from './turn.ts';

/** Every case of the chat as the family may know it. */
export function status(turn: Turn): Outgoing {
  const { speech } = turn;
  const open = openCases(turn);
  const shown = open.length > 0 ? open : turn.cases.slice(0, 1);
  if (shown.length === 0) return saying(speech, 'status.none', {}, mainMenu(speech));
  return together(speech, [...shown.map((one) => caseStatus(turn, one)), speech.say('write-here')]);
}

/**
 * What a family may know of their case: reference, state, since when, who has it, by when a person looks. Somebody outside
 * the family sees only that it is there.
 */
export function caseStatus(turn: Turn, one: CaseRecord): RichText {
  const { speech } = turn;
  const slots = {
    reference: one.reference,
    status: speech.label(`status.${shownToFamily(one.status)}`),
    since: dayOf(one.updatedAt, speech.language),
    opened: dayOf(one.createdAt, speech.language),
    owner: one.owner ? one.owner.name : speech.label('status.no-owner'),
  };
  if (isThirdParty(fieldsOf(turn, one))) return speech.say('status.third-party', slots);
  return [
    ...speech.say('status.case', slots),
    ...lookBy(turn, one),
    ...(one.deskAt === null ? speech.say('status.no-news') : []),
  ];
}
