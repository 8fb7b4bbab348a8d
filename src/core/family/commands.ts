import { review } from './review.ts';
import { menu } from './idle.ts';
import { human } from './intake.ts';
import { status } from './status.ts';
import type { Act, Decision, Turn } from './decision.ts';
import { languageMenu, mainMenu, saying, summary, together } from './family-texts.ts';
import type { Outgoing } from '../words/messages.ts';
import { paragraph } from '../words/rich-text.ts';
import { nothingTold } from '../register/conversation-state.ts';
import { fieldsOf, openCase } from './turn.ts';

/** Commands work at any moment, outside and inside the form, in every language. */
export function commands(turn: Turn): Decision {
  const { speech, conversation } = turn;
  const command = turn.message.content.kind === 'command' ? turn.message.content.command : '';
  const say = (message: Outgoing): Decision => ({
    acts: [{ do: 'say', message }],
    next: conversation,
  });
  switch (command) {
    case 'start':
      return say(
        saying(speech, 'welcome', {}, [
          ...mainMenu(speech),
          ...(openCase(turn) ? [] : languageMenu(turn.knowledge, speech.language)),
        ]),
      );
    case 'help':
      return say(saying(speech, 'help', {}, mainMenu(speech)));
    case 'language':
      return say(saying(speech, 'choose-language', {}, languageMenu(turn.knowledge, speech.language)));
    case 'status':
      return say(status(turn));
    case 'report':
      return menu(turn, 'report');
    case 'human':
      return human(turn);
    case 'cancel':
      return cancel(turn);
    case 'mydata':
      return say(myData(turn));
    case 'correct':
      return correct(turn);
    case 'stop':
      return stop(turn, 'withdrawn');
    case 'delete':
      return stop(turn, 'asked-deletion');
    default:
      return say(saying(speech, 'unknown-command', {}, mainMenu(speech)));
  }
}

/** All that was told, case by case, masked. */
function myData(turn: Turn): Outgoing {
  const { speech } = turn;
  const told = turn.cases.flatMap((one) => {
    const values = summary(speech, fieldsOf(turn, one));
    return values.length > 0 ? [...paragraph(one.reference), ...values] : [];
  });
  if (told.length === 0) return saying(speech, 'status.none', {}, mainMenu(speech));
  return together(speech, [speech.say('mydata'), told]);
}

/** Ends the questions. A case that is already open stays with the desk: only /stop withdraws it. */
function cancel(turn: Turn): Decision {
  const known = openCase(turn);
  const said = known
    ? saying(turn.speech, 'cancelled-kept', { reference: known.reference })
    : saying(turn.speech, 'cancelled', {}, mainMenu(turn.speech));
  return {
    acts: [{ do: 'say', message: said }],
    next: { ...turn.conversation, ...nothingTold() },
  };
}

function correct(turn: Turn): Decision {
  const known = openCase(turn);
  if (!known)
    return {
      acts: [{ do: 'say', message: saying(turn.speech, 'status.none', {}, mainMenu(turn.speech)) }],
      next: turn.conversation,
    };
  return review({
    ...turn,
    fields: fieldsOf(turn, known),
    conversation: { ...turn.conversation, step: { at: 'review', caseId: known.id } },
  });
}

/** Takes the consent back, for every case, closed ones too: the desk is told at once, and people there erase what is stored. */
function stop(turn: Turn, what: 'withdrawn' | 'asked-deletion'): Decision {
  const lines: Act[] = turn.cases.map((one) => ({ do: 'line', caseId: one.id, line: { what } }));
  return {
    acts: [
      { do: 'withdraw-consent' },
      ...lines,
      {
        do: 'say',
        message: saying(turn.speech, lines.length > 0 ? 'stopped' : 'stopped-nothing', {
          reference: turn.cases.map((one) => one.reference).join(', '),
        }),
      },
    ],
    next: null,
  };
}
