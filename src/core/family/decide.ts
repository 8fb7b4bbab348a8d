import { commands } from './commands.ts';
import { answeredDanger, askingDanger, isUrgent, saysDanger } from './danger.ts';
import { askAgain, inForm } from './form.ts';
import { formCase, review } from './review.ts';
import { byIntent, idle, menu } from './idle.ts';
import {
  again,
  afterDanger,
  afterNotice,
  afterSharing,
  beforeCase,
  noDanger,
  startIntake,
  urgent,
} from './intake.ts';
import type { Conversation } from '../register/conversation-state.ts';
import type { Act, Decision, Turn } from './decision.ts';
import type { CaseRecord } from '../case/case-record.ts';
import { answerMessage, mainMenu, saying } from './family-texts.ts';
import { closedCase, heldNow, keeping, openCase, openCases } from './turn.ts';
import { tellsPosition } from '../case/unsafe-place.ts';

/**
 * What happens when somebody writes, in words:
 *
 * Danger comes first, at any moment, before consent and in the middle of a form: said, it calls a person; guessed at, it
 * does so or is asked about. Then commands, then buttons, then what
 * the conversation waits for. Somebody who asks for help is asked about danger, shown the notice, asked whom the desk may
 * share with; then the case is open, with their own words in it, and the form only adds to it. Questions are answered at
 * once, without notice and without a trace. Whoever is not understood twice gets a person. Once there is a case,
 * everything that is written goes into it, answered or not. Pure: everything it knows is in the turn.
 */
export function decide(turn: Turn): Decision {
  const { content } = turn.message;
  if (content.kind === 'blocked')
    return { acts: [{ do: 'blocked', since: turn.now }], next: turn.conversation };
  if (content.kind === 'unblocked')
    return { acts: [{ do: 'blocked', since: null }], next: turn.conversation };
  const { acts, next } = heard(turn);
  // Whoever writes can be written to, whatever an earlier refusal or a lost notice of the platform says.
  const reachable: Act[] = turn.chat.blockedAt === null ? [] : [{ do: 'blocked', since: null }];
  const album = content.kind === 'attachment' ? (content.album ?? null) : turn.conversation.album;
  return { acts: [...reachable, ...acts], next: next && { ...next, album } };
}

function heard(turn: Turn): Decision {
  const answer = answeredDanger(turn);
  if (answer) return answer;
  if (isUrgent(turn)) return urgent(turn, !saysDanger(turn));
  const { step } = turn.conversation;
  // Asked in passing, the question does not wait: what is no answer to it is heard as if it had not been asked.
  if (step.at !== 'danger' || !step.inPassing) return unalarmed(turn);
  return unalarmed({ ...turn, conversation: { ...turn.conversation, step: { at: 'idle' } } });
}

function unalarmed(turn: Turn): Decision {
  const { content, edited } = turn.message;
  if (edited) return edit(turn);
  if (content.kind === 'location') return refusePosition(turn);
  if (content.kind === 'text' && tellsPosition(content.text)) return refusePosition(turn);
  if (content.kind === 'command') return content.command === 'urgent' ? urgent(turn) : commands(turn);
  if (content.kind === 'press') return pressed(turn, content.button);
  if (
    content.kind === 'attachment' &&
    content.album !== undefined &&
    content.album === turn.conversation.album
  )
    return nextOfAlbum(turn);
  return askingDanger(turn, byStep(turn));
}

function byStep(turn: Turn): Decision {
  switch (turn.conversation.step.at) {
    case 'danger':
    case 'notice':
    case 'sharing':
      return beforeCase(turn);
    case 'form':
    case 'review':
      // The desk may have closed the case meanwhile: then nothing is being asked, and the words are words.
      return formCase(turn)
        ? inForm(turn)
        : idle({ ...turn, conversation: { ...turn.conversation, step: { at: 'idle' } } });
    case 'idle':
      return idle(turn);
  }
}

/** Where words go that nothing was asked for: the open case, or a closed one while nothing new has begun. */
const caseForWords = (turn: Turn): CaseRecord | null =>
  openCase(turn) ?? (turn.conversation.step.at === 'idle' ? closedCase(turn) : null);

/** An exact position is never kept: it could guide a shell. The rest of the words are. */
function refusePosition(turn: Turn): Decision {
  const known = caseForWords(turn);
  const words = heldNow(turn).some((held) => held.text.replaceAll('[…]', '').trim() !== '');
  const acts: Act[] = known && words ? [{ do: 'keep', caseId: known.id, tellDesk: true }] : [];
  const kept = known || !words ? {} : keeping(turn);
  return {
    acts: [...acts, { do: 'say', message: saying(turn.speech, 'location-refused') }, ...askAgain(turn)],
    next: { ...turn.conversation, ...kept },
  };
}

/** A new wording of what was said. Before there is a case, it takes the place of the old one. */
function edit(turn: Turn): Decision {
  const [now] = heldNow(turn);
  const { held } = turn.conversation;
  if (now?.messageId && held.some((one) => one.messageId === now.messageId))
    return {
      acts: [],
      next: {
        ...turn.conversation,
        held: held.map((one) => (one.messageId === now.messageId ? { ...now, at: one.at } : one)),
        facts: { ...turn.conversation.facts, ...turn.facts },
      },
    };
  return { acts: [{ do: 'keep-edit' }], next: turn.conversation };
}

/** A further picture of an album needs no word of its own. */
function nextOfAlbum(turn: Turn): Decision {
  const known = formCase(turn) ?? caseForWords(turn);
  return known
    ? { acts: [{ do: 'keep', caseId: known.id, tellDesk: false }], next: turn.conversation }
    : { acts: [], next: { ...turn.conversation, ...keeping(turn) } };
}

function pressed(turn: Turn, id: string): Decision {
  const [kind = '', ...rest] = id.split(':');
  const value = rest.join(':');
  const { step } = turn.conversation;
  // However old the question is: somebody is in danger now.
  if (id === 'd:yes') return urgent(turn);
  if (kind === 'd' && step.at === 'danger') return afterDanger(turn, value);
  if (kind === 'd') return unasked(turn, value);
  if (kind === 'n' && step.at === 'notice') return afterNotice(turn, value);
  if (kind === 's' && step.at === 'sharing') return afterSharing(turn, value);
  if (['f', 'b', 'r', 'x'].includes(kind)) return inForm(turn);
  if (kind === 'l' && turn.knowledge.languages.includes(value)) return chooseLanguage(turn, value);
  if (kind === 'm') return menu(turn, value);
  if (kind === 'i') return step.at === 'idle' ? byIntent(turn, value) : between(turn, value);
  if (kind === 'o') return startIntake(turn, [], 'another-person');
  return {
    acts: [{ do: 'say', message: saying(turn.speech, 'old-button', {}, mainMenu(turn.speech)) }],
    next: turn.conversation,
  };
}

/** "No danger", where another question waits: taken as it is meant, and that question asked again. */
function unasked(turn: Turn, answer: string): Decision {
  const { acts, next } = noDanger(turn, answer);
  const { at } = turn.conversation.step;
  return { acts: [...acts, ...(at === 'form' || at === 'review' ? waitsFor(turn).acts : [])], next };
}

/** A topic pressed while a question waits is answered, and the question asked again; what calls a person calls one. */
function between(turn: Turn, intent: string): Decision {
  const kind = turn.knowledge.intent(intent)?.kind;
  const answer =
    kind === 'advisory' || kind === 'intake'
      ? answerMessage(turn.knowledge, turn.speech, intent, turn.now)
      : null;
  if (!answer) return byIntent(turn, intent);
  const said: Act = { do: 'say', message: { ...answer, buttons: [] } };
  const waiting = waitsFor(turn);
  return { acts: [said, ...waiting.acts], next: waiting.next };
}

/** What the conversation waits for, once more. */
function waitsFor(turn: Turn): Decision {
  const { step } = turn.conversation;
  if (step.at === 'review') return review(turn);
  return { acts: step.at === 'form' ? askAgain(turn) : again(turn), next: turn.conversation };
}

function chooseLanguage(turn: Turn, language: string): Decision {
  const speech = turn.knowledge.speech(language);
  const conversation: Conversation = { ...turn.conversation, language, languageChosen: true };
  const spoken: Turn = { ...turn, speech, conversation };
  const confirm: Act = {
    do: 'say',
    message: saying(speech, 'language-chosen', {}, conversation.step.at === 'idle' ? mainMenu(speech) : []),
  };
  const open = openCases(turn).map((one): Act => ({
    do: 'language',
    caseId: one.id,
    language: speech.language,
  }));
  if (conversation.step.at === 'idle') return { acts: [...open, confirm], next: conversation };
  const waiting = waitsFor(spoken);
  return { acts: [...open, confirm, ...waiting.acts], next: waiting.next };
}
