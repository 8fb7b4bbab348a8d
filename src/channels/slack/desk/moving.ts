import type { types } from '@slack/bolt';
import type { Status } from '../../../core/case/case-status.ts';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import type { Refusal } from '../../../core/desk/desk.ts';
import { ACTIONS, FORMS, INPUTS } from '../blocks/action-ids.ts';
import { caseMeta, requestMeta, versionMeta } from '../blocks/form-meta.ts';
import { typed } from '../blocks/form-values.ts';
import type { DeskHandler, FormAnswer, Press, Submission } from './desk-handler.ts';
import { errorUnder, type Handling, type HandlerParts } from './handling.ts';
import { barredFrom, readerOf } from './may-open.ts';
import { noticeView } from './notice-view.ts';
import { fieldOf } from './refusal-text.ts';
import { secondForm } from './second-form.ts';
import { chosenStatus, readStatusForm, statusForm } from './status-form.ts';

const WAITS =
  'Nothing has changed yet. Another officer of the desk must look at it and confirm it: the button is on the card.';
const CONSENT_GONE =
  'The family has taken its consent to this back since it was asked for. Nothing was changed. Please refuse it.';
const asksReason = (refusal: Refusal): boolean => refusal.why === 'needs-consent' && refusal.mayGoBeyond;

/** Slack shows an error only under a field that the form has. */
const shownField = ({ values }: Submission, refusal: Refusal): string => {
  const field = fieldOf(refusal);
  return values[field] === undefined ? INPUTS.to : field;
};

/** From status to status: the form, the second officer who confirms or refuses, and an outcome taken back. */
export function moving(
  { desk, client, home, labels, today }: HandlerParts,
  { words, open, commit }: Handling,
): DeskHandler[] {
  /** The move that waits for a second officer, with all that is asked. */
  const openSecond = async (press: Press): Promise<void> => {
    const seen = await desk.look(press.staff, press.value);
    const read = seen.done ? await desk.readRequest(press.staff, press.value) : seen;
    if (seen.done && read.done)
      await client.views.open({
        trigger_id: press.triggerId,
        view: secondForm(seen.card, read.request, readerOf(press.staff, seen.card), labels),
      });
    await press.ack();
    if (!read.done) await press.tell(words(read));
  };

  /** Refuses the move in whose form it was pressed, or takes it back; the form then says what became of it. */
  const refuseSecond = async (press: Press): Promise<void> => {
    const [caseId = '', request = ''] = press.value.split('|');
    const result = await desk.refuseSecond(press.staff, caseId, request, press.key);
    await press.ack();
    const became = result.done ? 'Not confirmed: the case stays as it is.' : words(result);
    // The form may be closed by now, and what was done is done.
    const shown = press.view && client.views.update({ view_id: press.view.id, view: noticeView(became) });
    await shown?.catch(() => press.tell(became));
    await home.refresh(press.staff);
  };

  const formOf = (card: CaseCard, to: Status | null): types.ModalView =>
    statusForm(card, labels, today(card.desk), to);

  /** The status form grows and shrinks with what is chosen in it. */
  const redrawStatus = async (press: Press): Promise<void> => {
    const { view } = press;
    const seen = view && (await desk.look(press.staff, versionMeta(view.meta).caseId));
    if (view && seen?.done)
      await client.views.update({
        view_id: view.id,
        hash: view.hash,
        view: formOf({ ...seen.card, version: versionMeta(view.meta).version }, chosenStatus(view.values)),
      });
    await press.ack();
  };

  /** The form again, with all that this status asks for now. */
  const grown = async (submission: Submission, to: Status): Promise<FormAnswer> => {
    const { caseId, version } = versionMeta(submission.meta);
    const seen = await desk.look(submission.staff, caseId);
    return seen.done
      ? { response_action: 'update', view: formOf({ ...seen.card, version }, to) }
      : errorUnder(INPUTS.to, words(seen));
  };

  const setStatus = async (submission: Submission): Promise<void> => {
    const { caseId, version } = versionMeta(submission.meta);
    const read = readStatusForm(submission.values);
    if ('errors' in read) return submission.ack({ response_action: 'errors', errors: read.errors });
    if ('incomplete' in read) return submission.ack(await grown(submission, read.incomplete));
    const result = await desk.setStatus(submission.staff, { caseId, version, ...read.wish }, submission.key);
    if (!result.done && asksReason(result) && submission.values[INPUTS.reason] === undefined)
      return submission.ack(await grown(submission, read.wish.to));
    if (!result.done) return submission.ack(errorUnder(shownField(submission, result), words(result)));
    await submission.ack(result.asked ? { response_action: 'update', view: noticeView(WAITS) } : undefined);
    await home.refresh(submission.staff);
  };

  const confirmSecond = async (submission: Submission): Promise<void> => {
    const { caseId, request } = requestMeta(submission.meta);
    const result = await desk.confirmSecond(submission.staff, caseId, request, submission.key);
    const refused = result.done ? '' : result.why === 'needs-consent' ? CONSENT_GONE : words(result);
    await submission.ack(result.done ? undefined : { response_action: 'update', view: noticeView(refused) });
    await home.refresh(submission.staff);
  };

  const takeBack = async (submission: Submission): Promise<void> => {
    const { caseId } = caseMeta(submission.meta);
    return commit(submission, INPUTS.reason, () =>
      desk.takeBackOutcome(submission.staff, caseId, typed(submission.values, INPUTS.reason), submission.key),
    );
  };

  return [
    { kind: 'press', id: ACTIONS.second, handle: openSecond },
    { kind: 'press', id: ACTIONS.refuseSecond, handle: refuseSecond },
    {
      kind: 'press',
      id: ACTIONS.status,
      handle: open((card) => formOf(card, null), barredFrom('setStatus')),
    },
    { kind: 'press', id: ACTIONS.statusChosen, handle: redrawStatus },
    { kind: 'form', id: FORMS.status, handle: setStatus },
    { kind: 'form', id: FORMS.second, handle: confirmSecond },
    { kind: 'form', id: FORMS.takeBack, handle: takeBack },
  ];
}
