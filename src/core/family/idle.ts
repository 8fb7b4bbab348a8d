import { idleWithCase, keptInClosed, tellsNews } from './kept.ts';
import { decideOnFault } from './fault.ts';
import { review } from './review.ts';
import { human, startIntake, urgent } from './intake.ts';
import { caseStatus, status } from './status.ts';
import type { Act, Decision, Turn } from './decision.ts';
import { answerMessage, button, heardMore, mainMenu, pairs, saying, together } from './family-texts.ts';
import { closedCase, fieldsOf, idleNext, keeping, needsHeard, openCase } from './turn.ts';

/** Nothing is being asked: a question, a cry for help, a thank you, news for the desk, or something not understood. */
export function idle(turn: Turn): Decision {
  const known = openCase(turn);
  if (known) return idleWithCase(turn, known);
  const closed = closedCase(turn);
  return closed && tellsNews(turn) ? keptInClosed(turn, closed) : idleWithout(turn);
}

function idleWithout(turn: Turn): Decision {
  const { routed, speech, message, conversation } = turn;
  if (message.content.kind === 'unsupported')
    return {
      acts: [{ do: 'say', message: saying(speech, 'unsupported', {}, mainMenu(speech)) }],
      next: conversation,
    };
  if (message.content.kind !== 'text') return startIntake(turn, [], 'file-first');
  // The router has failed: a person reads what it could not.
  if (!routed && message.content.text.trim() !== '') return decideOnFault(turn);
  if (!routed)
    return {
      acts: [{ do: 'say', message: saying(speech, 'not-understood', {}, mainMenu(speech)) }],
      next: conversation,
    };
  const facts = routed.intent ? turn.knowledge.intent(routed.intent) : null;
  if (routed.decision === 'intake') return startIntake(turn, needsHeard(routed), 'sorry');
  if (routed.decision === 'answer' && facts?.kind === 'smalltalk')
    return {
      acts: [{ do: 'say', message: saying(speech, 'welcome', {}, mainMenu(speech)) }],
      next: idleNext(turn),
    };
  if (routed.decision === 'human') return human(turn, routed.intent);
  if (routed.decision === 'answer' && routed.intent === 'case-status')
    return { acts: [{ do: 'say', message: status(turn) }], next: idleNext(turn) };
  if (routed.decision === 'answer' && routed.intent) {
    const answered = answerMessage(turn.knowledge, speech, routed.intent, turn.now);
    const asksForHelp = routed.also.some((id) => turn.knowledge.intent(id)?.kind === 'intake');
    if (answered && asksForHelp) {
      const started = startIntake(turn, needsHeard(routed), 'sorry');
      return {
        acts: [withoutButtons({ do: 'say', message: answered }), ...started.acts],
        next: started.next,
      };
    }
    if (answered)
      return {
        acts: [{ do: 'say', message: answered }, ...heardMore(turn, routed.also)],
        next: idleNext(turn, { intents: [] }),
      };
  }
  if (conversation.misunderstood >= 1 && routed.decision !== 'answer') return human(turn);
  const offered =
    routed.decision === 'clarify'
      ? routed.candidates
          .slice(0, 3)
          .map((candidate) => candidate.intent)
          .filter((id) => turn.knowledge.intent(id) !== null)
      : [];
  const buttons =
    offered.length > 0
      ? [
          ...pairs(
            offered.map((id) => ({ id: `i:${id}`, label: turn.knowledge.title(id, speech.language) })),
          ),
          [button(speech, 'm:human', 'button.something-else')],
        ]
      : mainMenu(speech);
  return {
    acts: [
      { do: 'say', message: saying(speech, offered.length > 0 ? 'clarify' : 'not-understood', {}, buttons) },
    ],
    // The words are kept with the conversation: whoever presses "a person" next need not type them again.
    next: { ...conversation, ...keeping(turn), offered, misunderstood: conversation.misunderstood + 1 },
  };
}

export function menu(turn: Turn, choice: string): Decision {
  if (choice === 'urgent') return urgent(turn);
  if (choice === 'question')
    return { acts: [{ do: 'say', message: saying(turn.speech, 'ask-away') }], next: idleNext(turn) };
  if (choice === 'human') return human(turn);
  const known = openCase(turn);
  if (known && !known.formDone)
    return review({
      ...turn,
      fields: fieldsOf(turn, known),
      conversation: { ...turn.conversation, step: { at: 'review', caseId: known.id } },
    });
  if (known)
    return {
      acts: [
        {
          do: 'say',
          message: together(
            turn.speech,
            [caseStatus(turn, known), turn.speech.say('write-here')],
            [[button(turn.speech, 'o:other', 'button.another-person')]],
          ),
        },
      ],
      next: idleNext(turn),
    };
  return startIntake(
    turn,
    turn.conversation.intents.length > 0 ? turn.conversation.intents : ['report-relative'],
    'sorry',
  );
}

/** An intent chosen by a button. */
export function byIntent(turn: Turn, intent: string): Decision {
  const facts = turn.knowledge.intent(intent);
  if (!facts)
    return {
      acts: [{ do: 'say', message: saying(turn.speech, 'old-button', {}, mainMenu(turn.speech)) }],
      next: turn.conversation,
    };
  if (facts.kind === 'urgent') return urgent(turn);
  if (facts.kind === 'human') return human(turn, intent);
  const message = answerMessage(turn.knowledge, turn.speech, intent, turn.now);
  const acts: Act[] = message ? [{ do: 'say', message }] : [];
  if (facts.kind !== 'intake' || openCase(turn)) return { acts, next: idleNext(turn) };
  const started = startIntake(turn, [intent], 'to-the-desk');
  return { acts: [...acts.map(withoutButtons), ...started.acts], next: started.next };
}

const withoutButtons = (act: Act): Act =>
  act.do === 'say' ? { do: 'say', message: { ...act.message, buttons: [] } } : act;
