import type { Refusal } from '../../../core/desk/desk.ts';
import type { Officer } from '../../../core/case/case-record.ts';
import { clip } from '../../../core/words/rich-text.ts';
import type { DeskLabels } from '../blocks/labels.ts';

const nameOf = (owner: Officer): string => clip(owner.name.replace(/\s+/g, ' ').trim(), 80);

/** Why a wish was not carried out, in plain words for the officer. Plain text: escape it for mrkdwn. */
export function refusalText(refusal: Refusal, labels: DeskLabels): string {
  switch (refusal.why) {
    case 'no-such-case':
      return 'This case is no longer there. Its data may have been deleted.';
    case 'changed-meanwhile':
      return (
        `Somebody was faster: the case is now "${labels.status(refusal.status)}", ` +
        `${refusal.owner ? `with ${nameOf(refusal.owner)}` : 'with nobody'}. Nothing was changed. Please open the form again.`
      );
    case 'taken':
      return `${nameOf(refusal.owner)} has already taken this case.`;
    case 'not-yours':
      return refusal.owner
        ? `This case is with ${nameOf(refusal.owner)}. Ask them to release it first.`
        : 'Please take the case first, so that the family has one person to speak with.';
    case 'illegal-move':
      return (
        `A case that is "${labels.status(refusal.from)}" cannot go there. ` +
        (refusal.moves.length > 0
          ? `Possible: ${refusal.moves.map((to) => labels.status(to)).join(', ')}.`
          : '')
      ).trim();
    case 'needs-take-up':
      return 'To say that the case was raised with Russia, please fill in with whom, when and under which reference.';
    case 'blocked':
      return 'The family has blocked the helpline, so nothing can be sent to them.';
    case 'withdrawn':
      return 'The family has taken its consent back and has not written since, so nothing is sent to them.';
    case 'draft-gone':
      return 'This answer was sent already, or it has waited too long. Please look at the case before you write again.';
  }
}
