import type { TakeUpContent } from '../../../core/case/case-record.ts';
import type { Officer } from '../../../core/case/case-record.ts';
import type { Refusal } from '../../../core/desk/desk.ts';
import { clip } from '../../../core/words/rich-text.ts';
import { INPUTS } from '../blocks/action-ids.ts';
import type { DeskLabels } from '../blocks/labels.ts';

const nameOf = (owner: Officer): string => clip(owner.name.replace(/\s+/g, ' ').trim(), 80);

const TAKE_UP: Record<keyof TakeUpContent, string> = {
  door: 'Please choose the door.',
  counterpart: 'Please name whom it was raised with, as the other side would know them.',
  date: 'Please give the day on which it was raised: not before the war, and not one that is still to come.',
  reference: 'Please give the number of the note or letter.',
};

/** Why a wish was not carried out and what to do, in plain words for the officer. Plain text: escape it for mrkdwn. */
export function refusalText(refusal: Refusal, labels: DeskLabels): string {
  switch (refusal.why) {
    case 'no-such-case':
      return 'There is no such case. Please check the reference.';
    case 'other-desk':
      return 'This case is with another desk. Please ask a colleague there.';
    case 'not-your-role':
      return 'Your role at this desk does not allow this. Please ask a head of the desk.';
    case 'needs-head':
      return 'Only a head of the desk may do this. Heads are named in the desk’s file (DESK_FILE); without one nobody is.';
    case 'changed-meanwhile':
      return (
        `Somebody was faster: the case is now "${labels.status(refusal.status)}", ` +
        `${refusal.owner ? `with ${nameOf(refusal.owner)}` : 'with nobody'}. Nothing was changed. Please open the form again.`
      );
    case 'taken':
      return `${nameOf(refusal.owner)} has already taken this case.`;
    case 'not-yours':
      return refusal.owner
        ? `This case is with ${nameOf(refusal.owner)}. Ask them to give it back, or a head of the desk to take it over.`
        : 'Please take the case first, so that the family has one person to speak with.';
    case 'illegal-move':
      return (
        `A case that is "${labels.status(refusal.from)}" cannot go there. ` +
        (refusal.moves.length > 0
          ? `Possible: ${refusal.moves.map((to) => labels.status(to)).join(', ')}.`
          : '')
      ).trim();
    case 'needs-evidence':
      return 'Please say how we know: who said so, when, by which paper.';
    case 'needs-take-up':
      return 'To say that the case was raised with Russia, please fill in with whom, when and under which reference.';
    case 'bad-take-up':
      return TAKE_UP[refusal.field];
    case 'needs-voice-answer':
      return 'Please say whether a person has told the family by voice.';
    case 'needs-consent':
      return (
        `The family has not agreed to this: ${labels.purpose(refusal.purpose)}. ` +
        (refusal.mayGoBeyond
          ? 'To save a life you may go past that: please say why. A second officer must confirm it.'
          : 'Ask them first, or a head of the desk.')
      );
    case 'needs-reason':
      return 'Please give the reason, in a sentence.';
    case 'second-waits':
      return `"${labels.status(refusal.to)}" already waits for a second officer. Confirm or refuse that first.`;
    case 'no-request':
      return 'Nothing waits for a second officer here any more. The card shows how it ended.';
    case 'same-officer':
      return 'Whoever asks cannot confirm it as well. Please ask a colleague to look at it.';
    case 'no-outcome':
      return 'There is no outcome to take back: the case has moved on.';
    case 'blocked':
      return 'The family has blocked the helpline, so nothing can be sent to them.';
    case 'withdrawn':
      return 'The family has taken its consent back and has not written since, so nothing is sent to them.';
    case 'no-family':
      return 'The desk recorded this case itself: no family writes in it, so there is nobody here to answer. Please phone them, and add a note.';
    case 'draft-gone':
      return 'This answer was sent already, or it has waited too long. Please look at the case before you write again.';
  }
}

/** Under which field of the status form a refusal is shown. */
export function fieldOf(refusal: Refusal): string {
  switch (refusal.why) {
    case 'needs-evidence':
      return INPUTS.evidence;
    case 'bad-take-up':
      return INPUTS[refusal.field];
    case 'needs-voice-answer':
      return INPUTS.voice;
    case 'needs-reason':
      return INPUTS.reason;
    case 'needs-consent':
      return refusal.mayGoBeyond ? INPUTS.reason : INPUTS.to;
    default:
      return INPUTS.to;
  }
}
