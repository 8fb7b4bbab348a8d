import { afterDanger, startIntake, urgent } from './intake.ts';
import type { Act, Decision, Turn } from './decision.ts';
import { dangerQuestion } from './danger-question.ts';
import { readDanger } from './danger-words.ts';
import { fieldById, type Field } from '../case/intake-form.ts';
import { keeping, openCase } from './turn.ts';

/** A phrase of danger was said: no guess. */
export const saysDanger = ({ routed }: Turn): boolean =>
  routed?.danger.level === 'page' && routed.danger.p === 1;

/**
 * Where a name, a number or a place is waited for, only a phrase of danger pages: everything else only resembles danger.
 * So it is with somebody who has just said that there is none.
 */
export function isUrgent(turn: Turn): boolean {
  const { routed, conversation } = turn;
  if (routed?.decision !== 'urgent') return false;
  const { at } = conversation.step;
  return saysDanger(turn) || !(at === 'form' || at === 'review' || conversation.danger === 'no');
}

/** A typed reply to "is somebody in danger?"; null when it is none, or tells of danger in so many words. */
export function answeredDanger(turn: Turn): Decision | null {
  const { content, edited } = turn.message;
  if (turn.conversation.step.at !== 'danger' || content.kind !== 'text' || edited) return null;
  const { says, whole, plainly } = readDanger(turn.knowledge, turn.speech.language, content.text);
  const level = turn.routed?.danger.level;
  if (whole) {
    if (says === 'yes') return urgent(turn);
    if (says === 'no' || says === 'unknown') return afterDanger(turn, says);
    return saysDanger(turn) ? null : askedAgain(turn);
  }
  if (says === 'yes' && (level === 'ask' || plainly.has('yes'))) return urgent(turn);
  const kept: Turn = { ...turn, conversation: { ...turn.conversation, ...keeping(turn) } };
  if ((says === 'no' || says === 'unknown') && level === 'none') return afterDanger(kept, says);
  // "He is well, he has not gone to the front": a guess does not overrule what was said in so many words.
  const isCalm = plainly.size > 0 && !plainly.has('yes');
  return isCalm && level === 'page' && !saysDanger(turn) ? askedAgain(kept) : null;
}

const askedAgain = (turn: Turn): Decision => ({
  acts: [{ do: 'say', message: dangerQuestion(turn.speech) }],
  next: turn.conversation,
});

/** Too little to call a person, too much to pass over: the family is asked, and everything else goes on. */
export function askingDanger(turn: Turn, decision: Decision): Decision {
  const { next } = decision;
  if (!next || !mayBeDanger(turn) || next.step.at === 'danger') return decision;
  const question: Act = { do: 'say', message: dangerQuestion(turn.speech) };
  const { step } = turn.conversation;
  if (step.at !== 'idle')
    return next.step.at === step.at || step.at === 'form'
      ? { acts: [question, ...decision.acts], next }
      : decision;
  if (next.step.at !== 'idle' || decision.acts.some((act) => act.do === 'open-case')) return decision;
  if (!openCase(turn) && turn.routed?.decision === 'clarify') return startIntake(turn, [], 'danger-first');
  const acts = decision.acts.map((act) => (act.do === 'keep' ? { ...act, tellDesk: true } : act));
  return { acts: [...acts, question], next: { ...next, step: { at: 'danger', inPassing: true } } };
}

/** From which likeness on a question inside the form is worth the interruption. */
const ASKED_IN_FORM = 0.5;
const FEW_WORDS = 3;
const TOLD_IN_SENTENCES: Field['kind'][] = ['choice', 'choices', 'text'];

function mayBeDanger(turn: Turn): boolean {
  const { routed, conversation, message } = turn;
  const { content } = message;
  if (!routed || routed.danger.level === 'none' || message.edited) return false;
  if (content.kind !== 'text' && content.kind !== 'attachment') return false;
  const { step } = conversation;
  if (step.at !== 'form' && step.at !== 'review') return true;
  const text = content.kind === 'text' ? content.text : content.caption;
  const kind = step.at === 'form' ? fieldById(step.field)?.kind : 'text';
  return (
    routed.danger.p >= ASKED_IN_FORM &&
    text.trim().split(/\s+/).length > FEW_WORDS &&
    kind !== undefined &&
    TOLD_IN_SENTENCES.includes(kind)
  );
}
