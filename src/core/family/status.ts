import type { Turn } from './decision.ts';
import { caseStatus, mainMenu, saying, together } from './family-texts.ts';
import type { Outgoing } from '../words/messages.ts';
import { fieldsOf, openCases } from './turn.ts';

/** Every case of the chat as the family may know it. */
export function status(turn: Turn): Outgoing {
  const { speech } = turn;
  const open = openCases(turn);
  const shown = open.length > 0 ? open : turn.cases.slice(0, 1);
  if (shown.length === 0) return saying(speech, 'status.none', {}, mainMenu(speech));
  return together(speech, [
    ...shown.map((one) => caseStatus(speech, one, fieldsOf(turn, one), turn.now)),
    speech.say('write-here'),
  ]);
}
