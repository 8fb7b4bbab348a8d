import type { Conversation } from '../register/conversation-state.ts';
import { formCase, review, sendOff, whatToCorrect } from './review.ts';
import type { Act, Decision, Turn } from './decision.ts';
import { answerMessage, mainMenu, optionLabel, question, saying } from './family-texts.ts';
import { chosen, readAnswer } from '../case/intake-answers.ts';
import {
  codes,
  fieldBefore,
  fieldById,
  MORE_FIELDS,
  nextField,
  SKIPPED,
  type Field,
} from '../case/intake-form.ts';
import type { CaseRecord, FieldValues } from '../case/case-record.ts';
import { caseSlots, heldNow, onlyAsks, openCases, typedChoice } from './turn.ts';

type FormStep = Extract<Conversation['step'], { at: 'form' }>;

/** After how many replies that fit nothing a question is left open, so that nobody is ever trapped in it. */
const TRIES = 2;

/** Everything that is said or pressed while the form is under way, or that belongs to it. */
export function inForm(turn: Turn): Decision {
  const one = formCase(turn);
  if (!one)
    return {
      acts: [{ do: 'say', message: saying(turn.speech, 'old-button', {}, mainMenu(turn.speech)) }],
      next: { ...turn.conversation, step: { at: 'idle' } },
    };
  const { content } = turn.message;
  if (content.kind === 'press')
    return isOfAnotherCase(turn, content.button) ? oldButton(turn) : pressedInForm(turn, one, content.button);
  const { step } = turn.conversation;
  if (step.at !== 'form') return saidInReview(turn, one);
  const field = fieldById(step.field);
  if (!field) return review(turn);
  if (content.kind === 'contact' && field.kind === 'phone')
    return typedInForm(turn, one, field, step, `+${content.phone.replace(/^\+/, '')}`);
  if (content.kind === 'unsupported')
    return {
      acts: [
        { do: 'say', message: question(turn.speech, field, turn.fields, [turn.speech.say('unsupported')]) },
      ],
      next: turn.conversation,
    };
  if (content.kind === 'text') return typedInForm(turn, one, field, step, content.text);
  return {
    acts: [
      { do: 'keep', caseId: one.id, tellDesk: true },
      {
        do: 'say',
        message: question(turn.speech, field, turn.fields, [
          turn.speech.say('kept-file', caseSlots(turn, one)),
        ]),
      },
    ],
    next: turn.conversation,
  };
}

/** With two cases open, an earlier question's button may belong to either: it is an answer to neither. */
function isOfAnotherCase(turn: Turn, id: string): boolean {
  const [kind = '', name = ''] = id.split(':');
  const { step } = turn.conversation;
  const several = openCases(turn).length > 1;
  return several && (kind === 'f' || kind === 'b') && !(step.at === 'form' && step.field === name);
}

const oldButton = (turn: Turn): Decision => {
  const say: Act = { do: 'say', message: saying(turn.speech, 'old-button', {}, mainMenu(turn.speech)) };
  return { acts: [say, ...askAgain(turn)], next: turn.conversation };
};

/** The question that the form waits for, once more. */
export function askAgain(turn: Turn): Act[] {
  const { step } = turn.conversation;
  const field = step.at === 'form' ? fieldById(step.field) : undefined;
  return field ? [{ do: 'say', message: question(turn.speech, field, turn.fields) }] : [];
}

function typedInForm(turn: Turn, one: CaseRecord, field: Field, step: FormStep, typed: string): Decision {
  const { speech, routed } = turn;
  const options = (field.options ?? []).map((option) => ({
    id: option,
    label: optionLabel(speech, field, option),
    ...yesNo(option),
  }));
  const skip =
    !field.required && typedChoice(turn, typed, [{ id: 'skip', label: speech.label('button.skip') }]);
  if (skip === 'skip' || (typed.trim() === SKIPPED && !field.required))
    return answered(turn, one, field, step, SKIPPED, true);
  const choice = options.length > 0 ? typedChoice(turn, typed, options) : null;
  if (choice) return answered(turn, one, field, step, choice, true);
  const told = field.kind === 'choice' ? turn.facts[field.id] : undefined;
  if (told !== undefined) return toldInWords(turn, one, field, step, told);
  const asked =
    isQuestion(typed, field) && routed?.decision === 'answer' && routed.intent
      ? answerMessage(turn.knowledge, speech, routed.intent, turn.now)
      : null;
  if (asked)
    return {
      acts: [
        { do: 'keep', caseId: one.id, tellDesk: !onlyAsks(turn) },
        { do: 'say', message: { ...asked, buttons: [] } },
        { do: 'say', message: question(speech, field, turn.fields, [speech.say('back-to-form')]) },
      ],
      next: turn.conversation,
    };
  const read = readAnswer(field, typed, speech.language, turn.now);
  if ('value' in read) return answered(turn, one, field, step, read.value, false);
  if (step.tries + 1 >= TRIES) {
    // Their words reach the desk as they are, and the form goes on. What was to be corrected stays as it was.
    const on =
      step.mode === 'correcting'
        ? goOn(turn, one, step, [])
        : answered(turn, one, field, step, SKIPPED, true);
    return { ...on, acts: [{ do: 'keep', caseId: one.id, tellDesk: true }, ...on.acts] };
  }
  // What is no answer may be news.
  const keep: Act[] =
    read.problem === 'problem.position' ? [] : [{ do: 'keep', caseId: one.id, tellDesk: true }];
  return {
    acts: [
      ...keep,
      {
        do: 'say',
        message: question(speech, field, turn.fields, [speech.say(read.problem, { max: field.max ?? 0 })]),
      },
    ],
    next: { ...turn.conversation, step: { ...step, tries: step.tries + 1 } },
  };
}

/** "I am his mother, he is in Moscow": the answer, and more that need not be asked. The words are kept as well. */
function toldInWords(turn: Turn, one: CaseRecord, field: Field, step: FormStep, told: string): Decision {
  const values = Object.fromEntries(
    Object.entries(turn.facts).filter(([id]) => id !== field.id && turn.fields[id] === undefined),
  );
  const more: Act[] = Object.keys(values).length > 0 ? [{ do: 'fields', caseId: one.id, values }] : [];
  const on = answered({ ...turn, fields: { ...turn.fields, ...values } }, one, field, step, told, true);
  return { ...on, acts: [{ do: 'keep', caseId: one.id, tellDesk: false }, ...more, ...on.acts] };
}

const yesNo = (option: string): { yes?: true; no?: true } =>
  option === 'yes' ? { yes: true } : option === 'no' ? { no: true } : {};

/** A free answer is taken for a question only when it looks like one: a name or a place never does. */
const isQuestion = (typed: string, field: Field): boolean =>
  /[?؟]/.test(typed) ||
  (field.kind !== 'text' &&
    field.kind !== 'place' &&
    field.kind !== 'reference' &&
    typed.trim().split(/\s+/).length >= 4);

/** Writes a value and goes on: to the next field, back to the summary, or on collecting several choices. */
function answered(
  turn: Turn,
  one: CaseRecord,
  field: Field,
  step: FormStep,
  value: string,
  isOption: boolean,
): Decision {
  const { speech, now } = turn;
  const stored = isOption && value !== SKIPPED ? chosen(field, value, now) : value;
  const values: FieldValues = { ...turn.fields };
  const before = step.anew && step.field === field.id ? [] : codes(values[field.id]);
  if (field.kind === 'choices' && value !== SKIPPED)
    values[field.id] = [...new Set([...before.filter((code) => code !== SKIPPED), stored])].join(',');
  else values[field.id] = stored;
  const acts: Act[] = [{ do: 'fields', caseId: one.id, values: { [field.id]: values[field.id] ?? '' } }];
  if (
    field.kind === 'choices' &&
    value !== SKIPPED &&
    (field.options?.length ?? 0) > codes(values[field.id]).length
  ) {
    return {
      acts: [...acts, { do: 'say', message: question(speech, field, values) }],
      next: {
        ...turn.conversation,
        step: { at: 'form', caseId: one.id, field: field.id, mode: step.mode, tries: 0 },
      },
    };
  }
  return goOn({ ...turn, fields: values }, one, step, acts);
}

function goOn(turn: Turn, one: CaseRecord, step: FormStep, acts: Act[]): Decision {
  const { speech, fields } = turn;
  const next = step.mode === 'asking' ? nextField(fields) : step.mode === 'adding' ? nextMore(fields) : null;
  if (!next) {
    const shown = review({
      ...turn,
      conversation: { ...turn.conversation, step: { at: 'review', caseId: one.id } },
    });
    return { acts: [...acts, ...shown.acts], next: shown.next };
  }
  return {
    acts: [...acts, { do: 'say', message: question(speech, next, fields) }],
    next: {
      ...turn.conversation,
      step: { at: 'form', caseId: one.id, field: next.id, mode: step.mode, tries: 0 },
    },
  };
}

const nextMore = (values: FieldValues): Field | null =>
  MORE_FIELDS.find((field) => values[field.id] === undefined) ?? null;

function saidInReview(turn: Turn, one: CaseRecord): Decision {
  const { speech } = turn;
  const typed = turn.message.content.kind === 'text' ? turn.message.content.text : '';
  const answer = typedChoice(turn, typed, [
    { id: 'send', label: speech.label('button.send'), yes: true },
    { id: 'fix', label: speech.label('button.correct'), no: true },
    { id: 'more', label: speech.label('button.more') },
  ]);
  if (answer) return pressedInForm(turn, one, `r:${answer}`);
  const shown = review(turn);
  const keep: Act[] =
    heldNow(turn).length > 0
      ? [
          { do: 'keep', caseId: one.id, tellDesk: true },
          { do: 'say', message: saying(speech, 'kept', caseSlots(turn, one)) },
        ]
      : turn.message.content.kind === 'unsupported'
        ? [{ do: 'say', message: saying(speech, 'unsupported') }]
        : [];
  return { acts: [...keep, ...shown.acts], next: shown.next };
}

function pressedInForm(turn: Turn, one: CaseRecord, id: string): Decision {
  const [kind = '', name = '', option = ''] = id.split(':');
  const { speech, conversation } = turn;
  const current: FormStep =
    conversation.step.at === 'form'
      ? conversation.step
      : { at: 'form', caseId: one.id, field: name, mode: 'correcting', tries: 0 };
  const ask = (field: Field, mode: FormStep['mode']): Decision => ({
    acts: [
      {
        do: 'say',
        message: question(speech, field, {
          ...turn.fields,
          ...(field.kind === 'choices' && mode === 'correcting' ? { [field.id]: '' } : {}),
        }),
      },
    ],
    next: {
      ...conversation,
      step: {
        at: 'form',
        caseId: one.id,
        field: field.id,
        mode,
        tries: 0,
        ...(mode === 'correcting' ? { anew: true } : {}),
      },
    },
  });
  const field = fieldById(name);
  if (kind === 'f' && field) {
    // A button of an earlier question is an answer to that question, and the form stays where it is.
    if (option === 'done') return goOn(turn, one, current, []);
    if (option === 'skip' && !field.required) return answered(turn, one, field, current, SKIPPED, true);
    if (field.options?.includes(option)) return answered(turn, one, field, current, option, true);
  }
  if (kind === 'b' && field) {
    const before = fieldBefore(turn.fields, name);
    return ask(before ?? field, current.mode === 'adding' ? 'adding' : 'asking');
  }
  if (kind === 'x' && field) return ask(field, 'correcting');
  if (kind === 'r' && name === 'fix') return whatToCorrect(turn, one);
  if (kind === 'r' && name === 'resume') {
    const next = nextField(turn.fields);
    if (next) return ask(next, 'asking');
  }
  if (kind === 'r' && name === 'more') {
    const next = nextMore(turn.fields);
    return next ? ask(next, 'adding') : review(turn);
  }
  if (kind === 'r' && name === 'send') return sendOff(turn, one);
  if (kind !== 'r') return oldButton(turn);
  return review({ ...turn, conversation: { ...conversation, step: { at: 'review', caseId: one.id } } });
}
