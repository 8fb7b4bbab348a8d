import { noticeActs } from './notice.ts';
import { openAndAsk } from './open-case.ts';
import { raised } from '../case/case-status.ts';
import type { Conversation } from '../register/conversation-state.ts';
import { OPENED, type Act, type Decision, type Turn } from './decision.ts';
import { lookBy, ofDesk } from './desk-told.ts';
import { dangerQuestion } from './danger-question.ts';
import { answerMessage, button, mainMenu, saying, together } from './family-texts.ts';
import { deskFor } from '../case/desks.ts';
import { countryOf } from '../case/intake-form.ts';
import type { CaseRecord, Purpose } from '../case/case-record.ts';
import {
  caseSlots,
  factsHeard,
  fieldsOf,
  hasConsent,
  holding,
  idleNext,
  keeping,
  needsHeard,
  openCase,
  openCases,
  openCaseForDanger,
  typedChoice,
} from './turn.ts';

/**
 * P0 at once: nothing is asked but a safe way to call. `guessed` when no phrase and no button said so: then a stored "no"
 * stays as the family gave it, and the desk is called all the same.
 */
export function urgent(turn: Turn, guessed = false): Decision {
  const known = openCaseForDanger(turn);
  const called = known !== null && hasCalled(turn, known);
  const say: Act = {
    do: 'say',
    message: together(turn.speech, [
      ofDesk(
        turn,
        known?.desk ?? deskFor(turn.desks, countryOf(factsHeard(turn))).id,
        called ? 'urgent-called' : 'urgent',
        { reference: known?.reference ?? turn.reference },
      ),
    ]),
  };
  if (known) {
    const denied = guessed && fieldsOf(turn, known)['danger_now'] === 'no';
    const kept: Act[] = turn.message.edited
      ? [{ do: 'keep-edit' }]
      : [{ do: 'keep', caseId: known.id, tellDesk: called }];
    const call: Act[] = [
      ...(denied ? [] : [{ do: 'fields' as const, caseId: known.id, values: { danger_now: 'yes' } }]),
      { do: 'danger', caseId: known.id, what: 'heard' },
      { do: 'line', caseId: known.id, line: { what: 'urgent' } },
    ];
    return {
      acts: [...kept, ...(called ? [] : call), say],
      next: idleNext(turn, called ? {} : { calledAt: turn.now }),
    };
  }
  return {
    acts: [
      {
        do: 'open-case',
        priority: 'P0',
        needs: [],
        values: { ...factsHeard(turn), danger_now: 'yes' },
        formDone: false,
        held: holding(turn),
      },
      { do: 'line', caseId: OPENED, line: { what: 'urgent' } },
      say,
    ],
    next: idleNext(turn, { calledAt: turn.now }),
  };
}

/** Silence after which a cry for help is a new one. */
const SAME_CALL_MS = 60 * 60_000;

/**
 * The desk has been called for this danger and has not answered yet: what follows is news of the same. Calling the whole
 * channel at every message would teach it not to listen.
 */
const hasCalled = (turn: Turn, one: CaseRecord): boolean =>
  one.priority === 'P0' &&
  (fieldsOf(turn, one)['danger_now'] === 'yes' ||
    turn.now - (turn.conversation.calledAt ?? -Infinity) < SAME_CALL_MS) &&
  (one.deskAt ?? 0) <= one.familyAt &&
  turn.now - one.familyAt < SAME_CALL_MS;

/** Asks about danger; then the notice; then the case. What was said so far is kept until then. */
export function startIntake(turn: Turn, intents: string[], opening: string): Decision {
  const { speech } = turn;
  return {
    acts: [
      {
        do: 'say',
        message: dangerQuestion(speech, [speech.say(opening)]),
      },
    ],
    next: {
      ...turn.conversation,
      step: { at: 'danger' },
      ...keeping(turn),
      intents,
      offered: [],
      misunderstood: 0,
    },
  };
}

/**
 * A person: for somebody with a case the desk is told; for everybody else the way there begins. What is known of the
 * matter itself (a death that was told of, a wish to leave the unit) is said first.
 */
export function human(turn: Turn, intent: string | null = null): Decision {
  const { speech, knowledge } = turn;
  const known = openCase(turn);
  const facts = intent === null ? null : knowledge.intent(intent);
  const matter = facts?.kind === 'human' && facts.id !== 'talk-to-human' ? facts : null;
  const answer = matter && answerMessage(knowledge, speech, matter.id, turn.now);
  const first: Act[] = answer ? [{ do: 'say', message: { ...answer, buttons: [] } }] : [];
  if (!known) {
    const started = startIntake(turn, [matter?.id ?? 'talk-to-human'], 'human-start');
    return { acts: [...first, ...started.acts], next: started.next };
  }
  const raise: Act[] =
    matter && raised(matter.priority, known.priority) !== known.priority
      ? [{ do: 'raise', caseId: known.id, priority: matter.priority }]
      : [];
  return {
    acts: [
      { do: 'keep', caseId: known.id, tellDesk: false },
      ...raise,
      { do: 'line', caseId: known.id, line: { what: 'wants-person' } },
      ...first,
      {
        do: 'say',
        message: together(speech, [
          ofDesk(turn, known.desk, 'human-told', caseSlots(turn, known)),
          lookBy(turn, known),
        ]),
      },
    ],
    next: idleNext(turn),
  };
}

function sharingActs(turn: Turn): Act[] {
  const { speech } = turn;
  return [
    {
      do: 'say',
      message: saying(speech, 'ask.sharing', {}, [
        [button(speech, 's:embassy', 'button.share-embassy')],
        [button(speech, 's:russia', 'button.share-russia')],
        [button(speech, 's:all', 'button.share-all')],
        [button(speech, 's:none', 'button.share-none')],
      ]),
    },
  ];
}

const SHARING: Record<string, Purpose[]> = {
  none: ['desk'],
  embassy: ['desk', 'embassy_ministry'],
  russia: ['desk', 'embassy_ministry', 'russia_icrc'],
  all: ['desk', 'embassy_ministry', 'russia_icrc', 'police'],
};

export function afterDanger(turn: Turn, answer: string): Decision {
  if (answer === 'yes') return urgent(turn);
  const { step } = turn.conversation;
  if (step.at === 'danger' && step.inPassing) return noDanger(turn, answer);
  const conversation: Conversation = { ...turn.conversation, danger: answer === 'no' ? 'no' : 'unknown' };
  if (hasConsent(turn)) return openAndAsk({ ...turn, conversation }, []);
  return { acts: noticeActs(turn), next: { ...conversation, step: { at: 'notice' } } };
}

/** "No", or "I don't know", to the question asked in passing. What the desk has been called for stays with the desk. */
export function noDanger(turn: Turn, answer: string): Decision {
  const { speech, conversation } = turn;
  const { step } = conversation;
  const at = step.at === 'form' || step.at === 'review' ? step.caseId : openCase(turn)?.id;
  const known = openCases(turn).find((one) => one.id === at);
  const before = known && fieldsOf(turn, known)['danger_now'];
  const told: Act[] =
    known && answer === 'no' && before !== 'yes' && before !== 'no'
      ? [{ do: 'fields', caseId: known.id, values: { danger_now: 'no' } }]
      : [];
  const message =
    known && before === 'yes'
      ? together(speech, [ofDesk(turn, known.desk, 'urgent-called', { reference: known.reference })])
      : saying(speech, 'danger-noted', {}, known || step.at === 'notice' ? [] : mainMenu(speech));
  return {
    acts: [...told, { do: 'say', message }],
    next: step.at === 'danger' ? { ...conversation, step: { at: 'idle' } } : conversation,
  };
}

export function afterNotice(turn: Turn, answer: string): Decision {
  if (answer === 'agree')
    return { acts: sharingActs(turn), next: { ...turn.conversation, step: { at: 'sharing' } } };
  // A cry for help has opened a case before the notice: of that one it would be untrue that nothing is kept.
  const known = openCaseForDanger(turn);
  const kept = known && saying(turn.speech, 'cancelled-kept', { reference: known.reference });
  if (answer === 'info')
    return {
      acts: [{ do: 'say', message: kept ?? saying(turn.speech, 'info-only', {}, mainMenu(turn.speech)) }],
      next: idleNext(turn, { intents: [] }),
    };
  return {
    acts: [{ do: 'count-refusal' }, { do: 'say', message: kept ?? saying(turn.speech, 'refused') }],
    next: null,
  };
}

export function afterSharing(turn: Turn, answer: string): Decision {
  return openAndAsk(turn, [{ do: 'consent', purposes: SHARING[answer] ?? ['desk'] }]);
}

/** Consent is said in words: nobody counts buttons to share with the police. */
const NOT_BY_NUMBER = false;

/** Something was written while a button was waited for: read it as the answer, else keep it and ask again. */
export function beforeCase(turn: Turn): Decision {
  const { step } = turn.conversation;
  const { content } = turn.message;
  const { speech } = turn;
  const label = (id: string, key: string, extra: object = {}): { id: string; label: string } => ({
    id,
    label: speech.label(key),
    ...extra,
  });
  if (content.kind === 'text') {
    if (step.at === 'notice') {
      const options = [
        label('agree', 'button.agree', { yes: true }),
        label('info', 'button.info-only'),
        label('no', 'button.no', { no: true }),
      ];
      const answer = typedChoice(turn, content.text, options, NOT_BY_NUMBER);
      if (answer) return afterNotice(turn, answer);
    }
    if (step.at === 'sharing') {
      const options = [
        label('embassy', 'button.share-embassy'),
        label('russia', 'button.share-russia'),
        // A plain yes is none of these: nobody agrees to the police by a word that may have meant less.
        label('all', 'button.share-all'),
        label('none', 'button.share-none', { no: true }),
      ];
      const answer = typedChoice(turn, content.text, options, NOT_BY_NUMBER);
      if (answer) return afterSharing(turn, answer);
    }
    const asked =
      turn.routed?.decision === 'answer' && turn.routed.intent
        ? answerMessage(turn.knowledge, speech, turn.routed.intent, turn.now)
        : null;
    if (asked)
      return {
        acts: [{ do: 'say', message: { ...asked, buttons: [] } }, ...again(turn)],
        // "He lost his passport, what now?": the answer is no reason to forget what was told with it.
        next: { ...turn.conversation, ...keeping(turn), intents: furtherNeeds(turn) },
      };
  }
  const heard = content.kind === 'unsupported' ? 'unsupported' : 'kept-for-now';
  return {
    acts: [{ do: 'say', message: saying(speech, heard) }, ...again(turn)],
    next: { ...turn.conversation, ...keeping(turn), intents: furtherNeeds(turn) },
  };
}

/** What is told between two questions may be another need: all of them go into the case. A question alone is none. */
function furtherNeeds({ conversation, routed, knowledge }: Turn): string[] {
  if (routed === null || routed.decision === 'clarify') return conversation.intents;
  const needs = needsHeard(routed);
  const told =
    routed.decision === 'intake'
      ? needs
      : needs.filter((id) => {
          const facts = knowledge.intent(id);
          return facts !== null && facts.kind !== 'advisory' && facts.situation !== null;
        });
  return [...new Set([...conversation.intents, ...told])];
}

export function again(turn: Turn): Act[] {
  if (turn.conversation.step.at === 'notice') return noticeActs(turn);
  if (turn.conversation.step.at === 'sharing') return sharingActs(turn);
  return startIntake(turn, [], 'danger-first').acts;
}
