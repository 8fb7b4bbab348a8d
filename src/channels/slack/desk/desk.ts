import type { types, webApi } from '@slack/bolt';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import type { Officer } from '../../../core/case/case-record.ts';
import { isOutcome, PRIORITIES, type Status } from '../../../core/case/case-status.ts';
import type { DeskActions, Done, Refusal } from '../../../core/desk/desk.ts';
import { isHead, may } from '../../../core/desk/may.ts';
import type { Staff } from '../../../core/desk/staff.ts';
import type { RequestContent } from '../../../core/register/register.ts';
import { ACTIONS, COMMAND, FORMS, INPUTS } from '../blocks/action-ids.ts';
import { cardText, hasFamily } from './case-card.ts';
import { caseBlocks, linkBlock, queueBlocks } from './case-list.ts';
import { linkTo } from './permalink.ts';
import type { CommandCall, DeskHandler, FormAnswer, Press, Submission } from './desk-handler.ts';
import { detailsOpening, detailsRefused, detailsView } from './details.ts';
import { caseMeta, draftMeta, requestMeta, versionMeta } from '../blocks/form-meta.ts';
import { chosen, typed } from '../blocks/form-values.ts';
import type { Home } from './home.ts';
import type { DeskLabels } from '../blocks/labels.ts';
import { noteForm } from './note-form.ts';
import { priorityForm } from './priority-form.ts';
import { fieldOf, refusalText } from './refusal-text.ts';
import { replyForm, replyPreview, replyRefused } from './reply-form.ts';
import { secondForm, type SecondReader } from './second-form.ts';
import { chosenStatus, readStatusForm, statusForm } from './status-form.ts';
import { takeBackForm } from './take-back-form.ts';
import { noticeView } from './notice-view.ts';

type Parts = {
  desk: DeskActions;
  client: webApi.WebClient;
  home: Home;
  /** Whether an officer is of the desk of these cases no more. */
  hasLeft: (user: string, desk: string) => Promise<boolean>;
  labels: DeskLabels;
  now: () => number;
};

const WAITS = 'Nothing has changed yet. Another officer of the desk must confirm it within a day.';
const CONSENT_GONE =
  'The family has taken its consent to this back since it was asked for. Nothing was changed. Please refuse it.';
/** Cases of each kind in the answer to the command: what fits Slack's fifty blocks. */
const LISTED = 5;

/** Not for those who only read: they would fill in a form for nothing. Whoever sends one off is asked again by the core. */
const mayWork = (staff: Staff, { desk }: CaseCard): Refusal | null =>
  may(staff, 'openCase', null, { desk }) === null ? null : { done: false, why: 'not-your-role' };

const mayReply = (staff: Staff, card: CaseCard): Refusal | null =>
  mayWork(staff, card) ?? (hasFamily(card) ? null : { done: false, why: 'no-family' });

const mayTakeBack = (staff: Staff, card: CaseCard): Refusal | null =>
  mayWork(staff, card) ??
  (!isHead(staff, card.desk)
    ? { done: false, why: 'needs-head' }
    : isOutcome(card.status)
      ? null
      : { done: false, why: 'no-outcome' });

const readerOf = (staff: Staff, card: CaseCard, request: RequestContent): SecondReader =>
  mayWork(staff, card) !== null ? 'reads' : request.officer.id === staff.id ? 'asked' : 'decides';

const asksReason = (refusal: Refusal): boolean => refusal.why === 'needs-consent' && refusal.mayGoBeyond;

const errorUnder = (input: string, words: string): FormAnswer => ({
  response_action: 'errors',
  errors: { [input]: words },
});

/**
 * Everything that staff can do in Slack: what a press opens, what a form commits. Each commits first and acknowledges
 * then; a form is opened from a quick look, within the three seconds that Slack gives.
 */
export function deskHandlers({ desk, client, home, hasLeft, labels, now }: Parts): DeskHandler[] {
  const words = (refusal: Refusal): string => refusalText(refusal, labels);

  /** A press that changes the case. */
  const change =
    (act: (press: Press) => Promise<Done>) =>
    async (press: Press): Promise<void> => {
      const result = await act(press);
      await press.ack();
      if (!result.done) await press.tell(words(result));
      await home.refresh(press.staff);
    };

  /** A press that opens a form in which the case is changed; not for those who could never send it off. */
  const open =
    (
      view: (card: CaseCard) => types.ModalView,
      bars: (staff: Staff, card: CaseCard) => Refusal | null = mayWork,
    ) =>
    async (press: Press): Promise<void> => {
      const seen = await desk.look(press.staff, press.value);
      const refusal = seen.done ? bars(press.staff, seen.card) : seen;
      if (seen.done && !refusal)
        await client.views.open({ trigger_id: press.triggerId, view: view(seen.card) });
      await press.ack();
      if (refusal) await press.tell(words(refusal));
    };

  const openDetails = async (press: Press): Promise<void> => {
    const seen = await desk.look(press.staff, press.value);
    if (!seen.done) {
      await press.ack();
      return press.tell(words(seen));
    }
    const { card } = seen;
    const opened = await client.views.open({
      trigger_id: press.triggerId,
      view: detailsOpening(card, labels, now()),
    });
    await press.ack();
    const read = await desk.readDetails(press.staff, card.caseId);
    await client.views.update({
      view_id: opened.view?.id ?? '',
      view: read.done ? detailsView(card, read.details, labels, now()) : detailsRefused(words(read)),
    });
  };

  /** The move that waits for a second officer, with all that is asked. */
  const openSecond = async (press: Press): Promise<void> => {
    const seen = await desk.look(press.staff, press.value);
    const read = seen.done ? await desk.readRequest(press.staff, press.value) : seen;
    if (seen.done && read.done)
      await client.views.open({
        trigger_id: press.triggerId,
        view: secondForm(seen.card, read.request, readerOf(press.staff, seen.card, read.request), labels),
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

  /** The status form grows and shrinks with what is chosen in it. */
  const redrawStatus = async (press: Press): Promise<void> => {
    const { view } = press;
    const seen = view && (await desk.look(press.staff, versionMeta(view.meta).caseId));
    if (view && seen?.done)
      await client.views.update({
        view_id: view.id,
        hash: view.hash,
        view: statusForm(
          { ...seen.card, version: versionMeta(view.meta).version },
          labels,
          now(),
          chosenStatus(view.values),
        ),
      });
    await press.ack();
  };

  /** A form that changes the case; a refusal is shown under its first field. */
  const commit = async (submission: Submission, field: string, act: () => Promise<Done>): Promise<void> => {
    const result = await act();
    await submission.ack(result.done ? undefined : errorUnder(field, words(result)));
    if (result.done) await home.refresh(submission.staff);
  };

  const preview = async (submission: Submission): Promise<void> => {
    const { staff, values } = submission;
    const { caseId } = caseMeta(submission.meta);
    const text = typed(values, INPUTS.text);
    if (text === '') return submission.ack(errorUnder(INPUTS.text, 'Please write something.'));
    const language = chosen(values, INPUTS.language);
    if (language === '') return submission.ack(errorUnder(INPUTS.language, 'Please choose the language.'));
    const draft = await desk.draftReply(staff, caseId, text, language);
    return submission.ack(
      draft.done
        ? { response_action: 'push', view: replyPreview(draft, caseId, labels) }
        : errorUnder(INPUTS.text, words(draft)),
    );
  };

  const send = async (submission: Submission): Promise<void> => {
    const { staff } = submission;
    const { draft } = draftMeta(submission.meta);
    // The draft itself is the key: however often and wherever it is sent off, it goes out once.
    const sent = await desk.sendReply(staff, draft);
    await submission.ack(
      sent.done
        ? { response_action: 'clear' }
        : { response_action: 'update', view: replyRefused(words(sent)) },
    );
    if (sent.done) await home.refresh(staff);
  };

  /** The form again, with all that this status asks for now. */
  const grown = async (submission: Submission, to: Status): Promise<FormAnswer> => {
    const { caseId, version } = versionMeta(submission.meta);
    const seen = await desk.look(submission.staff, caseId);
    return seen.done
      ? { response_action: 'update', view: statusForm({ ...seen.card, version }, labels, now(), to) }
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

  /** Slack shows an error only under a field that the form has. */
  const shownField = ({ values }: Submission, refusal: Refusal): string => {
    const field = fieldOf(refusal);
    return values[field] === undefined ? INPUTS.to : field;
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

  const setPriority = async (submission: Submission): Promise<void> => {
    const to = PRIORITIES.find((priority) => priority === chosen(submission.values, INPUTS.priority));
    if (to === undefined) return submission.ack(errorUnder(INPUTS.priority, 'Please choose one.'));
    const { caseId } = caseMeta(submission.meta);
    return commit(submission, INPUTS.priority, () =>
      desk.setPriority(submission.staff, caseId, to, submission.key),
    );
  };

  const addNote = async (submission: Submission): Promise<void> => {
    const text = typed(submission.values, INPUTS.text);
    if (text === '') return submission.ack(errorUnder(INPUTS.text, 'Please write something.'));
    const { caseId } = caseMeta(submission.meta);
    return commit(submission, INPUTS.text, () =>
      desk.addNote(submission.staff, caseId, text, submission.key),
    );
  };

  const listCases = async (call: CommandCall): Promise<void> => {
    const queue = await desk.queue(call.staff);
    await call.ack({
      text: `${queue.mine.count} of your cases, ${queue.free.count} not taken yet, ${queue.open} open in all.`,
      blocks: queueBlocks(queue, LISTED, labels, now()),
    });
  };

  const findCase = async (call: CommandCall): Promise<void> => {
    const found = await desk.find(call.staff, call.text);
    if (!found)
      return call.ack({ text: 'There is no case with this reference. Please check each character.' });
    const link = found.place && (await linkTo(client, found.place));
    return call.ack({
      text: cardText(found.card, labels),
      blocks: [...caseBlocks(found.card, labels, now()), ...(link ? [linkBlock(link)] : [])],
    });
  };

  /** An officer who has left must not keep a case locked. */
  const ownerOf = async ({ staff, value }: Press): Promise<{ owner: Officer | null; ownerLeft: boolean }> => {
    const seen = await desk.look(staff, value);
    const owner = seen.done && seen.card.owner?.id !== staff.id ? seen.card.owner : null;
    return { owner, ownerLeft: seen.done && owner !== null && (await hasLeft(owner.id, seen.card.desk)) };
  };
  /** The button of a free case: a head who pressed it a moment too late does not mean to take the case from anybody. */
  const take = change(async (press) => {
    const { owner, ownerLeft } = await ownerOf(press);
    if (owner && !ownerLeft) return { done: false, why: 'taken', owner };
    return desk.take(press.staff, press.value, press.key, { ownerLeft, owner: owner?.id ?? null });
  });
  const takeOver = change(async (press) => {
    const { owner, ownerLeft } = await ownerOf(press);
    return desk.take(press.staff, press.value, press.key, { ownerLeft, owner: owner?.id ?? null });
  });
  const release = change(async (press) => {
    const { owner, ownerLeft } = await ownerOf(press);
    return desk.release(press.staff, press.value, press.key, { ownerLeft, owner: owner?.id ?? null });
  });
  const openPriority = open((card) => priorityForm(card, labels));
  const openNote = open(noteForm);
  const openTakeBack = open((card) => takeBackForm(card, labels), mayTakeBack);

  /** What was chosen in the menu of a card: `<action>|<case>`. */
  const more = async (press: Press): Promise<void> => {
    const [action, value = ''] = press.value.split('|');
    const chosenPress = { ...press, value };
    if (action === ACTIONS.take) return takeOver(chosenPress);
    if (action === ACTIONS.release) return release(chosenPress);
    if (action === ACTIONS.priority) return openPriority(chosenPress);
    if (action === ACTIONS.note) return openNote(chosenPress);
    if (action === ACTIONS.takeBack) return openTakeBack(chosenPress);
    await press.ack();
  };

  return [
    { kind: 'press', id: ACTIONS.take, handle: take },
    // A card that was posted before this menu came still has the button.
    { kind: 'press', id: ACTIONS.release, handle: release },
    { kind: 'press', id: ACTIONS.more, handle: more },
    { kind: 'press', id: ACTIONS.second, handle: openSecond },
    { kind: 'press', id: ACTIONS.refuseSecond, handle: refuseSecond },
    { kind: 'press', id: ACTIONS.details, handle: openDetails },
    { kind: 'press', id: ACTIONS.reply, handle: open((card) => replyForm(card, labels, now()), mayReply) },
    { kind: 'press', id: ACTIONS.status, handle: open((card) => statusForm(card, labels, now(), null)) },
    { kind: 'press', id: ACTIONS.priority, handle: openPriority },
    { kind: 'press', id: ACTIONS.note, handle: openNote },
    { kind: 'press', id: ACTIONS.statusChosen, handle: redrawStatus },
    { kind: 'form', id: FORMS.reply, handle: preview },
    { kind: 'form', id: FORMS.preview, handle: send },
    { kind: 'form', id: FORMS.status, handle: setStatus },
    { kind: 'form', id: FORMS.priority, handle: setPriority },
    { kind: 'form', id: FORMS.note, handle: addNote },
    { kind: 'form', id: FORMS.second, handle: confirmSecond },
    { kind: 'form', id: FORMS.takeBack, handle: takeBack },
    {
      kind: 'command',
      id: COMMAND,
      handle: (call) => (call.text === '' ? listCases(call) : findCase(call)),
    },
  ];
}
