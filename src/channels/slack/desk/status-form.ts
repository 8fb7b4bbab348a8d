import type { types } from '@slack/bolt';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import type { Status } from '../../../core/case/case-status.ts';
import { needsTakeUp, shownToFamily, STATUSES } from '../../../core/case/case-status.ts';
import type { TakeUpInput } from '../../../core/desk/desk.ts';
import type { Officer } from '../../../core/case/case-record.ts';
import { FORMS, INPUTS } from '../blocks/action-ids.ts';
import { caseTitle } from './case-card.ts';
import { dateInput, form, radioInput, small, textInput, tickInput } from '../blocks/form-blocks.ts';
import type { FormValues } from '../blocks/form-values.ts';
import { chosen, isTicked, pickedDate, typed } from '../blocks/form-values.ts';
import type { DeskLabels } from '../blocks/labels.ts';

const DOORS = ['embassy_moscow', 'ministry_delhi'] as const;

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Only a person may tell this to a family, by voice. */
const onlyByVoice = (to: Status): boolean => shownToFamily(to) === 'with_desk';

/** The status form. `to` is what has been chosen so far: it decides what else must be filled in. */
export function statusForm(
  card: CaseCard,
  labels: DeskLabels,
  now: number,
  to: Status | null,
): types.ModalView {
  const head = small(`${caseTitle(card)}  ·  now: ${labels.status(card.status)}`);
  const meta = { caseId: card.caseId, version: card.version };
  if (card.moves.length === 0)
    return form(FORMS.notice, { title: 'Status', close: 'Close' }, meta, [
      head,
      small('There is no move from here.'),
    ]);
  return form(FORMS.status, { title: 'Status', submit: 'Set' }, meta, [
    head,
    radioInput(
      INPUTS.to,
      'New status',
      card.moves.map((move) => ({ value: move, label: labels.status(move) })),
      { dispatch: true, ...(to !== null && { selected: to }) },
    ),
    ...(to !== null && needsTakeUp(to) ? takeUpInputs(labels, now) : []),
    textInput(INPUTS.evidence, 'How do we know?', {
      multiline: true,
      hint: 'Who said so, when, and by which paper. Kept sealed in the case, for the desk only.',
    }),
    to !== null && onlyByVoice(to)
      ? small('Only a person may tell this to the family, by voice. The helpline will not write it to them.')
      : tickInput(
          INPUTS.tell,
          'Tell the family',
          'Send them the standard sentence for this status',
          'In their language. Leave it out if you will speak with them yourself.',
        ),
  ]);
}

const takeUpInputs = (labels: DeskLabels, now: number): types.InputBlock[] => [
  radioInput(
    INPUTS.door,
    'Through which door?',
    DOORS.map((door) => ({ value: door, label: labels.door(door) })),
  ),
  textInput(INPUTS.counterpart, 'With whom was it raised?', { max: 200 }),
  dateInput(INPUTS.date, 'On which day?', dayOf(now)),
  textInput(INPUTS.reference, 'Under which reference?', {
    max: 100,
    hint: 'Number of the note or letter, as the other side would find it.',
  }),
  textInput(INPUTS.secondOfficer, 'Second officer', { max: 100, hint: 'Who can confirm it beside you.' }),
];

/** The status that is chosen in the form at this moment. */
export const chosenStatus = (values: FormValues): Status | null =>
  STATUSES.find((status) => status === chosen(values, INPUTS.to)) ?? null;

export type StatusChoice = { to: Status; note: string; tell: boolean; takeUp: TakeUpInput | null };

/**
 * What the form says. `incomplete`: the choice needs a take-up and the form did not ask for one yet; `errors`: words
 * under the fields.
 */
export function readStatusForm(
  values: FormValues,
  officer: Officer,
  now: number,
): { choice: StatusChoice } | { errors: Record<string, string> } | { incomplete: Status } {
  const to = chosenStatus(values);
  if (to === null) return { errors: { [INPUTS.to]: 'Please choose a status.' } };
  const note = typed(values, INPUTS.evidence);
  const asksTakeUp = needsTakeUp(to);
  if (asksTakeUp && values[INPUTS.door] === undefined) return { incomplete: to };
  const errors: Record<string, string> = {};
  if (note === '') errors[INPUTS.evidence] = 'Please say how we know.';
  const takeUp = asksTakeUp ? readTakeUp(values, officer, now, errors) : null;
  if (Object.keys(errors).length > 0) return { errors };
  return { choice: { to, note, tell: isTicked(values, INPUTS.tell) && !onlyByVoice(to), takeUp } };
}

/** Reads the take-up and puts what is wrong with it into `errors`. */
function readTakeUp(
  values: FormValues,
  officer: Officer,
  now: number,
  errors: Record<string, string>,
): TakeUpInput | null {
  const door = DOORS.find((known) => known === chosen(values, INPUTS.door));
  const counterpart = typed(values, INPUTS.counterpart);
  const date = pickedDate(values, INPUTS.date);
  const reference = typed(values, INPUTS.reference);
  const secondOfficer = typed(values, INPUTS.secondOfficer);
  if (door === undefined) errors[INPUTS.door] = 'Please choose the door.';
  if (counterpart === '') errors[INPUTS.counterpart] = 'Please say with whom.';
  if (date === '') errors[INPUTS.date] = 'Please say when.';
  // A day ahead of UTC is still today somewhere.
  else if (date > dayOf(now + 14 * 3600_000)) errors[INPUTS.date] = 'This day has not come yet.';
  if (reference === '') errors[INPUTS.reference] = 'Please give the reference.';
  if (secondOfficer === '') errors[INPUTS.secondOfficer] = 'Please name the second officer.';
  else if (secondOfficer.toLowerCase() === officer.name.toLowerCase() || secondOfficer === officer.id)
    errors[INPUTS.secondOfficer] = 'The second officer must be somebody else.';
  return door === undefined ? null : { door, counterpart, date, reference, secondOfficer };
}
