import type { types } from '@slack/bolt';
import { DOORS, type TakeUpContent } from '../../../core/case/case-record.ts';
import { ruleOf, STATUSES, type Status } from '../../../core/case/case-status.ts';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import type { StatusWish } from '../../../core/desk/desk.ts';
import { missingConsent } from '../../../core/desk/move-needs.ts';
import { reachesFamilies } from '../../../core/words/messages.ts';
import { FORMS, INPUTS } from '../blocks/action-ids.ts';
import { dateInput, form, radioInput, small, textInput, tickInput } from '../blocks/form-blocks.ts';
import { chosen, isTicked, pickedDate, typed, type FormValues } from '../blocks/form-values.ts';
import type { DeskLabels } from '../blocks/labels.ts';
import { caseTitle } from './case-card.ts';

/**
 * The status form. `today`: the day that it is at the case's desk. `to` is what has been chosen so far: it decides what
 * else must be filled in.
 */
export function statusForm(
  card: CaseCard,
  labels: DeskLabels,
  today: string,
  to: Status | null,
): types.ModalView {
  const head = small(`${caseTitle(card)}  ·  now: ${labels.status(card.status)}`);
  const meta = { caseId: card.caseId, version: card.version };
  if (card.moves.length === 0)
    return form(FORMS.notice, { title: 'Status', close: 'Close' }, meta, [
      head,
      small('There is no move from here.'),
    ]);
  if (card.request)
    return form(FORMS.notice, { title: 'Status', close: 'Close' }, meta, [
      head,
      small(
        `"${labels.status(card.request.to)}" waits for a second officer. Confirm or refuse it first: Look and confirm, on the card.`,
      ),
    ]);
  return form(FORMS.status, { title: 'Status', submit: 'Set' }, meta, [
    head,
    radioInput(
      INPUTS.to,
      'New status',
      card.moves.map((move) => ({ value: move, label: labels.status(move) })),
      { dispatch: true, ...(to !== null && { selected: to }) },
    ),
    ...(to === null ? [] : wantedFor(card, to, labels, today)),
    textInput(INPUTS.evidence, 'How do we know?', {
      multiline: true,
      hint: 'Who said so, when, and by which paper. Kept sealed in the case, for the desk only.',
    }),
    ...(to === null ? [] : tellingOf(card, to)),
  ]);
}

/** What a move asks for beside the evidence. */
function wantedFor(card: CaseCard, to: Status, labels: DeskLabels, today: string): types.KnownBlock[] {
  const { takeUp, voice, second } = ruleOf(to).needs ?? {};
  const missing = missingConsent(to, card.purposes);
  return [
    ...(missing === null
      ? []
      : [
          small(
            `🔒 The family has not agreed to this: ${labels.purpose(missing)}. A head of the desk may go past that to save a life, with a reason and a second officer. The story shows it.`,
          ),
          textInput(INPUTS.reason, 'Why must it go past their consent?', {
            multiline: true,
            optional: true,
            hint: 'For a head of the desk only.',
          }),
        ]),
    ...(takeUp ? takeUpInputs(labels, today) : []),
    ...(voice
      ? [
          radioInput(INPUTS.voice, 'Has a person told the family by voice?', [
            { value: 'told', label: 'Yes, a person has told them' },
            { value: 'not-yet', label: 'Not yet' },
          ]),
        ]
      : []),
    ...(second || missing !== null
      ? [small('Nothing changes until another officer of the desk has looked at this and confirmed it.')]
      : []),
  ];
}

function tellingOf(card: CaseCard, to: Status): types.KnownBlock[] {
  if (!reachesFamilies(card.channel)) return [];
  if (ruleOf(to).told !== 'bot')
    return [
      small('Only a person may tell this to the family, by voice. The helpline will not write it to them.'),
    ];
  return [
    tickInput(
      INPUTS.tell,
      'Tell the family',
      'Send them the standard sentence for this status',
      'In their language. Leave it out if you will speak with them yourself. Nothing is sent after an outcome.',
    ),
  ];
}

const takeUpInputs = (labels: DeskLabels, today: string): types.InputBlock[] => [
  radioInput(
    INPUTS.door,
    'Through which door?',
    DOORS.map((door) => ({ value: door, label: labels.door(door) })),
  ),
  textInput(INPUTS.counterpart, 'With whom was it raised?', { max: 200 }),
  dateInput(INPUTS.date, 'On which day?', today),
  textInput(INPUTS.reference, 'Under which reference?', {
    max: 100,
    hint: 'Number of the note or letter, as the other side would find it.',
  }),
];

/** The status that is chosen in the form at this moment. */
export const chosenStatus = (values: FormValues): Status | null =>
  STATUSES.find((status) => status === chosen(values, INPUTS.to)) ?? null;

/**
 * What the form says; whether it is enough the core decides. `incomplete`: the choice asks for more than the form did;
 * `errors`: words under the fields.
 */
export function readStatusForm(
  values: FormValues,
):
  | { wish: Omit<StatusWish, 'caseId' | 'version'> }
  | { errors: Record<string, string> }
  | { incomplete: Status } {
  const to = chosenStatus(values);
  if (to === null) return { errors: { [INPUTS.to]: 'Please choose a status.' } };
  const { takeUp, voice } = ruleOf(to).needs ?? {};
  const unasked =
    (takeUp && values[INPUTS.door] === undefined) || (voice && values[INPUTS.voice] === undefined);
  if (unasked) return { incomplete: to };
  const told = ruleOf(to).told === 'bot' && isTicked(values, INPUTS.tell);
  const answer = chosen(values, INPUTS.voice);
  const read = takeUp ? readTakeUp(values) : null;
  if (read && 'errors' in read) return read;
  return {
    wish: {
      to,
      note: typed(values, INPUTS.evidence),
      tell: told,
      voice: answer === 'told' || answer === 'not-yet' ? answer : null,
      takeUp: read,
      reason: typed(values, INPUTS.reason) || null,
    },
  };
}

function readTakeUp(values: FormValues): TakeUpContent | { errors: Record<string, string> } {
  const door = DOORS.find((known) => known === chosen(values, INPUTS.door));
  if (door === undefined) return { errors: { [INPUTS.door]: 'Please choose the door.' } };
  return {
    door,
    counterpart: typed(values, INPUTS.counterpart),
    date: pickedDate(values, INPUTS.date),
    reference: typed(values, INPUTS.reference),
  };
}
