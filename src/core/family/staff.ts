import { countryOf } from '../case/intake-form.ts';
import { deskFor } from '../case/desks.ts';
import { OPENED, type Decision, type Turn } from './decision.ts';
import { answerMessage, pairs, saying } from './family-texts.ts';
import { dayOf } from './family-texts.ts';
import { heldNow, idleNext } from './turn.ts';
import { nextContact, priorityFor } from '../case/triage.ts';
import type { Outgoing } from '../words/messages.ts';

/**
 * Somebody of the desk writes to the bot: a question is answered from the same intents, a call for help that reached
 * them by phone or mail is recorded as a pending case in their words. No notice, no form: they are the desk.
 */
export function decideForStaff(turn: Turn): Decision {
  const { routed, speech, message, knowledge } = turn;
  const say = (outgoing: Outgoing): Decision => ({
    acts: [{ do: 'say', message: outgoing }],
    next: idleNext(turn),
  });
  if (message.content.kind === 'press') {
    const intent = message.content.button.replace(/^i:/, '');
    // The words for a cry for help say that somebody is being alerted, and here nobody is.
    const told = knowledge.intent(intent);
    const answer = told && told.kind !== 'urgent' ? answerMessage(knowledge, speech, intent, turn.now) : null;
    return say(answer ? { ...answer, buttons: [] } : saying(speech, 'staff.help'));
  }
  if (message.edited || message.content.kind !== 'text' || !routed) return say(saying(speech, 'staff.help'));
  const calls = routed.decision === 'intake' || routed.decision === 'urgent';
  if (calls && message.staff?.mayOpen) return record(turn, routed.intent);
  if (routed.decision === 'answer' && routed.intent) {
    const answer = answerMessage(knowledge, speech, routed.intent, turn.now);
    if (answer) return say({ ...answer, buttons: [] });
  }
  if (routed.decision === 'clarify') {
    const offered = routed.candidates.slice(0, 3).filter((candidate) => knowledge.intent(candidate.intent));
    return say(
      saying(
        speech,
        'clarify',
        {},
        pairs(
          offered.map(({ intent }) => ({
            id: `i:${intent}`,
            label: knowledge.title(intent, speech.language),
          })),
        ),
      ),
    );
  }
  return say(saying(speech, 'staff.help'));
}

function record(turn: Turn, intent: string | null): Decision {
  const { speech, knowledge, now, reference } = turn;
  const facts = intent ? knowledge.intent(intent) : null;
  const values = facts?.situation ? { situation: facts.situation } : {};
  const priority = priorityFor(
    values,
    now,
    turn.routed?.decision === 'urgent' ? 'P0' : (facts?.priority ?? 'P3'),
  );
  return {
    acts: [
      {
        do: 'open-case',
        priority,
        needs: facts?.situation ? [facts.situation] : [],
        values: { ...values, reporter_role: 'official' },
        // There is no form to leave: the desk asks its own people.
        formDone: true,
        held: heldNow(turn),
      },
      ...(priority === 'P0'
        ? [{ do: 'line' as const, caseId: OPENED, line: { what: 'urgent' as const } }]
        : []),
      {
        do: 'say',
        message: saying(speech, 'staff.recorded', {
          reference,
          next: dayOf(
            nextContact(priority, now, deskFor(turn.desks, countryOf(values)).hours),
            speech.language,
          ),
        }),
      },
    ],
    next: idleNext(turn),
  };
}
