import { OPENED, type Decision, type Turn } from './decision.ts';
import { heldNow, idleNext, openCaseForDanger } from './turn.ts';
import type { Outgoing } from '../words/messages.ts';
import { paragraph } from '../words/rich-text.ts';

/**
 * Our own fault must not cost a family their words: when deciding has failed, what they wrote goes to a person as it is.
 * Uses as little as possible of what may be broken; without the sentence in their language, English.
 */
export function decideOnFault(turn: Turn): Decision {
  const held = heldNow(turn);
  const urgent = turn.routed?.decision === 'urgent';
  const known = openCaseForDanger(turn);
  if (held.length === 0 && !known) return { acts: [], next: turn.conversation };
  const words: Outgoing = {
    text: sentence(turn, known?.reference ?? turn.reference),
    buttons: [],
    language: turn.conversation.language,
  };
  if (known)
    return {
      acts: [
        { do: 'keep', caseId: known.id, tellDesk: false },
        ...(urgent ? [{ do: 'danger' as const, caseId: known.id, what: 'heard' as const }] : []),
        { do: 'line', caseId: known.id, line: { what: urgent ? 'urgent' : 'fault' } },
        { do: 'say', message: words },
      ],
      next: turn.conversation,
    };
  return {
    acts: [
      {
        do: 'open-case',
        // Nobody has understood it: a person must, today.
        priority: urgent ? 'P0' : 'P1',
        needs: [],
        values: {},
        formDone: false,
        held: [...turn.conversation.held, ...held],
      },
      { do: 'line', caseId: OPENED, line: { what: urgent ? 'urgent' : 'fault' } },
      { do: 'say', message: words },
    ],
    next: idleNext(turn),
  };
}

function sentence(turn: Turn, reference: string): Outgoing['text'] {
  try {
    return turn.speech.say('fault-kept', { reference });
  } catch {
    return paragraph(`Your message has been passed to a person. Your reference is ${reference}.`);
  }
}
