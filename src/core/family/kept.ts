import { alsoAsks, isCourtesy } from './clear-question.ts';
import { human } from './intake.ts';
import { status } from './status.ts';
import type { Act, Decision, Turn } from './decision.ts';
import { lookBy, ofDesk } from './desk-told.ts';
import { answerMessage, button, heardMore, saying, together } from './family-texts.ts';
import type { Button } from '../words/messages.ts';
import type { CaseRecord } from '../case/case-record.ts';
import { caseSlots, heldNow, idleNext, keeping, needsHeard, onlyAsks, speechesOf } from './turn.ts';

/** Greeting or thanks in words, and nothing else. */
const onlyGreets = (turn: Turn): boolean =>
  turn.message.content.kind === 'text' && isCourtesy(turn.message.content.text, speechesOf(turn));

/** Something was said that a person must see: not only a question, and not only a greeting. */
export const tellsNews = (turn: Turn): boolean =>
  heldNow(turn).length > 0 && !onlyAsks(turn) && !onlyGreets(turn);

/**
 * Somebody writes who has a case. Everything is kept in it. What is a question and nothing else is answered; a greeting is
 * returned; everything else is news: the family gets its number, the desk its line, however like a question it may look.
 */
export function idleWithCase(turn: Turn, known: CaseRecord): Decision {
  const { routed, speech, message } = turn;
  if (message.content.kind === 'unsupported')
    return { acts: [{ do: 'say', message: saying(speech, 'unsupported') }], next: turn.conversation };
  if (routed?.decision === 'human') return human(turn, routed.intent);
  const next = idleNext(turn);
  if (onlyGreets(turn))
    return {
      acts: [
        // "ok" after the desk has spoken is an answer.
        { do: 'keep', caseId: known.id, tellDesk: (known.deskAt ?? 0) > known.familyAt },
        { do: 'say', message: saying(speech, 'welcome-back', caseSlots(turn, known)) },
      ],
      next,
    };
  if (onlyAsks(turn)) {
    const answered = answers(turn);
    if (answered.length > 0)
      return { acts: [{ do: 'keep', caseId: known.id, tellDesk: false }, ...answered], next };
  }
  const text = message.content.kind === 'text' ? message.content.text : '';
  const asks = alsoAsks(text, routed, speechesOf(turn));
  const receipt = message.content.kind === 'attachment' ? 'kept-file' : 'kept';
  return {
    acts: [
      { do: 'keep', caseId: known.id, tellDesk: true },
      {
        do: 'say',
        message: together(
          speech,
          [speech.say(receipt, caseSlots(turn, known)), lookBy(turn, known)],
          waysOn(turn, asks),
        ),
      },
      ...(asks ? answers(turn) : []),
    ],
    next,
  };
}

/** The answer to what was asked, and the other needs that were heard; nothing where there is none. */
function answers(turn: Turn): Act[] {
  const { routed, knowledge, speech, now } = turn;
  if (routed?.decision !== 'answer' || routed.intent === null) return [];
  if (routed.intent === 'case-status') return [{ do: 'say', message: status(turn) }];
  if (!isAdvice(turn, routed.intent)) return [];
  const message = answerMessage(knowledge, speech, routed.intent, now);
  return message ? [{ do: 'say', message }, ...heardMore(turn, routed.also)] : [];
}

const isAdvice = ({ knowledge }: Turn, intent: string): boolean =>
  intent !== 'out-of-scope' && knowledge.intent(intent)?.kind === 'advisory';

/** Under a receipt: news of somebody else is another case; what only sounds like a topic is offered, not imposed. */
function waysOn(turn: Turn, isAnswered: boolean): Button[][] {
  const { routed, speech, knowledge } = turn;
  if (routed?.decision === 'intake') return [[button(speech, 'o:other', 'button.another-person')]];
  if (routed?.decision !== 'answer' || routed.intent === null || isAnswered) return [];
  return isAdvice(turn, routed.intent)
    ? [[{ id: `i:${routed.intent}`, label: knowledge.title(routed.intent, speech.language) }]]
    : [];
}

/**
 * Somebody writes whose cases are all closed: "write here and it will be looked at again". The desk is told under the card,
 * and whoever needs something new begins it by a button, without typing it again.
 */
export function keptInClosed(turn: Turn, closed: CaseRecord): Decision {
  const { routed, speech, conversation } = turn;
  const kept: Act = { do: 'keep', caseId: closed.id, tellDesk: true };
  if (routed?.decision === 'human' && routed.intent !== 'talk-to-human') {
    // Word of a death, or of a man on the run: that begins anew, at once, with these words.
    const begun = human(turn, routed.intent);
    return { acts: [kept, ...begun.acts], next: begun.next };
  }
  const wish: Act[] =
    routed?.decision === 'human' ? [{ do: 'line', caseId: closed.id, line: { what: 'wants-person' } }] : [];
  return {
    acts: [
      kept,
      ...wish,
      {
        do: 'say',
        message: together(
          speech,
          [ofDesk(turn, closed.desk, 'kept-closed', caseSlots(turn, closed))],
          [[button(speech, 'm:report', 'button.report')]],
        ),
      },
    ],
    next: {
      ...conversation,
      ...keeping(turn),
      intents: routed?.decision === 'intake' ? needsHeard(routed) : conversation.intents,
      offered: [],
      misunderstood: 0,
    },
  };
}
