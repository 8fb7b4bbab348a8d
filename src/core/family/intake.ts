import { noticeActs } from './notice.ts';
import { openAndAsk } from './open-case.ts';
import { raised } from '../case/case-status.ts';
import type { Conversation } from '../register/conversation-state.ts';
import { OPENED, type Act, type Decision, type Turn } from './decision.ts';
import { answerMessage, button, mainMenu, saying, together } from './family-texts.ts';
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
  openCaseForDanger,
  typedChoice,
} from './turn.ts';

/** P0 at once: nothing is asked but a safe way to call. */
export function urgent(turn: Turn): Decision {
  const known = openCaseForDanger(turn);
  const say: Act = {
    do: 'say',
    message: saying(turn.speech, 'urgent', { reference: known?.reference ?? turn.reference }),
  };
  if (known) {
    const called = hasCalled(turn, known);
    const kept: Act[] = turn.message.edited
      ? [{ do: 'keep-edit' }]
      : [{ do: 'keep', caseId: known.id, tellDesk: called }];
    const call: Act[] = [
      { do: 'fields', caseId: known.id, values: { danger_now: 'yes' } },
      { do: 'danger', caseId: known.id, what: 'heard' },
      { do: 'line', caseId: known.id, line: { what: 'urgent' } },
    ];
    return { acts: [...kept, ...(called ? [] : call), say], next: idleNext(turn) };
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
    next: idleNext(turn),
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
  fieldsOf(turn, one)['danger_now'] === 'yes' &&
  (one.deskAt ?? 0) <= one.familyAt &&
  turn.now - one.familyAt < SAME_CALL_MS;

/** Asks about danger; then the notice; then the case. What was said so far is kept until then. */
export function startIntake(turn: Turn, intents: string[], opening: string): Decision {
  const { speech } = turn;
  return {
    acts: [
      {
        do: 'say',
        message: together(
          speech,
          [speech.say(opening), speech.say('ask.danger_now')],
          [
            [button(speech, 'd:yes', 'option.danger_now.yes')],
            [
              button(speech, 'd:no', 'option.danger_now.no'),
              button(speech, 'd:unknown', 'option.danger_now.unknown'),
            ],
          ],
        ),
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
      { do: 'say', message: saying(speech, 'human-told', caseSlots(turn, known)) },
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
  const conversation: Conversation = { ...turn.conversation, danger: answer === 'no' ? 'no' : 'unknown' };
  if (hasConsent(turn)) return openAndAsk({ ...turn, conversation }, []);
  return { acts: noticeActs(turn), next: { ...conversation, step: { at: 'notice' } } };
}

export function afterNotice(turn: Turn, answer: string): Decision {
  if (answer === 'agree')
    return { acts: sharingActs(turn), next: { ...turn.conversation, step: { at: 'sharing' } } };
  if (answer === 'info')
    return {
      acts: [{ do: 'say', message: saying(turn.speech, 'info-only', {}, mainMenu(turn.speech)) }],
      next: idleNext(turn, { intents: [] }),
    };
  return {
    acts: [{ do: 'count-refusal' }, { do: 'say', message: saying(turn.speech, 'refused') }],
    next: null,
  };
}

export function afterSharing(turn: Turn, answer: string): Decision {
  return openAndAsk(turn, [{ do: 'consent', purposes: SHARING[answer] ?? ['desk'] }]);
}

/** Danger and consent are said in words: nobody counts buttons to share with the police. */
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
    if (step.at === 'danger') {
      const options = [
        label('yes', 'option.danger_now.yes', { yes: true }),
        label('no', 'option.danger_now.no', { no: true }),
        label('unknown', 'option.danger_now.unknown'),
      ];
      const answer = typedChoice(turn, content.text, options, NOT_BY_NUMBER);
      if (answer) return afterDanger(turn, answer);
    }
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
        next: turn.conversation,
      };
  }
  const heard = content.kind === 'unsupported' ? 'unsupported' : 'kept-for-now';
  return {
    acts: [{ do: 'say', message: saying(speech, heard) }, ...again(turn)],
    next: { ...turn.conversation, ...keeping(turn), intents: furtherNeeds(turn) },
  };
}

/** What is told between two questions may be another need: all of them go into the case. */
const furtherNeeds = ({ conversation, routed }: Turn): string[] =>
  routed?.decision === 'intake'
    ? [...new Set([...conversation.intents, ...needsHeard(routed)])]
    : conversation.intents;

export function again(turn: Turn): Act[] {
  if (turn.conversation.step.at === 'notice') return noticeActs(turn);
  if (turn.conversation.step.at === 'sharing') return sharingActs(turn);
  return startIntake(turn, [], 'danger-first').acts;
}
