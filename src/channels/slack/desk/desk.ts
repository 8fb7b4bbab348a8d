import type { types, webApi } from '@slack/bolt';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import { PRIORITIES } from '../../../core/case/case-status.ts';
import type { DeskActions, Done } from '../../../core/desk/desk.ts';
import { ACTIONS, COMMAND, FORMS, INPUTS } from '../blocks/action-ids.ts';
import { cardText } from './case-card.ts';
import { caseBlocks, linkBlock, queueBlocks } from './case-list.ts';
import { linkTo } from './permalink.ts';
import type { CommandCall, DeskHandler, FormAnswer, Press, Submission } from './desk-handler.ts';
import { detailsOpening, detailsRefused, detailsView } from './details.ts';
import { caseMeta, draftMeta, versionMeta } from '../blocks/form-meta.ts';
import { chosen, typed } from '../blocks/form-values.ts';
import type { Home } from './home.ts';
import type { DeskLabels } from '../blocks/labels.ts';
import { noteForm } from './note-form.ts';
import { priorityForm } from './priority-form.ts';
import { refusalText } from './refusal-text.ts';
import { replyForm, replyPreview, replyRefused } from './reply-form.ts';
import { chosenStatus, readStatusForm, statusForm } from './status-form.ts';

type Parts = {
  desk: DeskActions;
  client: webApi.WebClient;
  home: Home;
  labels: DeskLabels;
  now: () => number;
};

const GONE = 'This case is no longer there. Its data may have been deleted.';
/** Cases of each kind in the answer to the command: what fits Slack's fifty blocks. */
const LISTED = 5;

const errorUnder = (input: string, words: string): FormAnswer => ({
  response_action: 'errors',
  errors: { [input]: words },
});

/**
 * Everything that staff can do in Slack: what a press opens, what a form commits. Each commits first and acknowledges
 * then; a form is opened from a quick look, within the three seconds that Slack gives.
 */
export function deskHandlers({ desk, client, home, labels, now }: Parts): DeskHandler[] {
  const words = (refusal: Exclude<Done, { done: true }>): string => refusalText(refusal, labels);

  /** A press that changes the case. */
  const change =
    (act: (press: Press) => Promise<Done>) =>
    async (press: Press): Promise<void> => {
      const result = await act(press);
      await press.ack();
      if (!result.done) await press.tell(words(result));
      await home.refresh(press.officer);
    };

  /** A press that opens a form. */
  const open =
    (view: (card: CaseCard) => types.ModalView) =>
    async (press: Press): Promise<void> => {
      const card = await desk.look(press.value);
      if (card) await client.views.open({ trigger_id: press.triggerId, view: view(card) });
      await press.ack();
      if (!card) await press.tell(GONE);
    };

  const openDetails = async (press: Press): Promise<void> => {
    const card = await desk.look(press.value);
    if (!card) {
      await press.ack();
      return press.tell(GONE);
    }
    const opened = await client.views.open({
      trigger_id: press.triggerId,
      view: detailsOpening(card, labels, now()),
    });
    await press.ack();
    const read = await desk.readDetails(press.officer, card.caseId);
    await client.views.update({
      view_id: opened.view?.id ?? '',
      view: read.done ? detailsView(card, read.details, labels, now()) : detailsRefused(words(read)),
    });
  };

  /** The status form grows and shrinks with what is chosen in it. */
  const redrawStatus = async (press: Press): Promise<void> => {
    const { view } = press;
    const card = view && (await desk.look(versionMeta(view.meta).caseId));
    if (view && card)
      await client.views.update({
        view_id: view.id,
        hash: view.hash,
        view: statusForm(
          { ...card, version: versionMeta(view.meta).version },
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
    if (result.done) await home.refresh(submission.officer);
  };

  const preview = async (submission: Submission): Promise<void> => {
    const { officer, values } = submission;
    const { caseId } = caseMeta(submission.meta);
    const text = typed(values, INPUTS.text);
    if (text === '') return submission.ack(errorUnder(INPUTS.text, 'Please write something.'));
    const language = chosen(values, INPUTS.language);
    if (language === '') return submission.ack(errorUnder(INPUTS.language, 'Please choose the language.'));
    const draft = await desk.draftReply(officer, caseId, text, language);
    return submission.ack(
      draft.done
        ? { response_action: 'push', view: replyPreview(draft, caseId, labels) }
        : errorUnder(INPUTS.text, words(draft)),
    );
  };

  const send = async (submission: Submission): Promise<void> => {
    const { officer } = submission;
    const { draft } = draftMeta(submission.meta);
    // The draft itself is the key: however often and wherever it is sent off, it goes out once.
    const sent = await desk.sendReply(officer, draft, `reply:${draft}`);
    await submission.ack(
      sent.done
        ? { response_action: 'clear' }
        : { response_action: 'update', view: replyRefused(words(sent)) },
    );
    if (sent.done) await home.refresh(officer);
  };

  const setStatus = async (submission: Submission): Promise<void> => {
    const { caseId, version } = versionMeta(submission.meta);
    const read = readStatusForm(submission.values, submission.officer, now());
    if ('errors' in read) return submission.ack({ response_action: 'errors', errors: read.errors });
    if ('incomplete' in read) {
      const card = await desk.look(caseId);
      return submission.ack(
        card
          ? {
              response_action: 'update',
              view: statusForm({ ...card, version }, labels, now(), read.incomplete),
            }
          : errorUnder(INPUTS.to, GONE),
      );
    }
    return commit(submission, INPUTS.to, () =>
      desk.setStatus(submission.officer, { caseId, version, ...read.choice }, submission.key),
    );
  };

  const setPriority = async (submission: Submission): Promise<void> => {
    const to = PRIORITIES.find((priority) => priority === chosen(submission.values, INPUTS.priority));
    if (to === undefined) return submission.ack(errorUnder(INPUTS.priority, 'Please choose one.'));
    const { caseId } = caseMeta(submission.meta);
    return commit(submission, INPUTS.priority, () =>
      desk.setPriority(submission.officer, caseId, to, submission.key),
    );
  };

  const addNote = async (submission: Submission): Promise<void> => {
    const text = typed(submission.values, INPUTS.text);
    if (text === '') return submission.ack(errorUnder(INPUTS.text, 'Please write something.'));
    const { caseId } = caseMeta(submission.meta);
    return commit(submission, INPUTS.text, () =>
      desk.addNote(submission.officer, caseId, text, submission.key),
    );
  };

  const listCases = async (call: CommandCall): Promise<void> => {
    const queue = await desk.queue(call.officer);
    await call.ack({
      text: `${queue.mine.length} of your cases, ${queue.free.length} not taken yet, ${queue.open} open in all.`,
      blocks: queueBlocks(queue, LISTED, labels, now()),
    });
  };

  const findCase = async (call: CommandCall): Promise<void> => {
    const found = await desk.find(call.officer, call.text);
    if (!found)
      return call.ack({ text: 'There is no case with this reference. Please check each character.' });
    const link = found.place && (await linkTo(client, found.place));
    return call.ack({
      text: cardText(found.card, labels),
      blocks: [...caseBlocks(found.card, labels, now()), ...(link ? [linkBlock(link)] : [])],
    });
  };

  return [
    {
      kind: 'press',
      id: ACTIONS.take,
      handle: change(({ officer, value, key }) => desk.take(officer, value, key)),
    },
    {
      kind: 'press',
      id: ACTIONS.release,
      handle: change(({ officer, value, key }) => desk.release(officer, value, key)),
    },
    { kind: 'press', id: ACTIONS.details, handle: openDetails },
    { kind: 'press', id: ACTIONS.reply, handle: open((card) => replyForm(card, labels, now())) },
    { kind: 'press', id: ACTIONS.status, handle: open((card) => statusForm(card, labels, now(), null)) },
    { kind: 'press', id: ACTIONS.priority, handle: open((card) => priorityForm(card, labels)) },
    { kind: 'press', id: ACTIONS.note, handle: open((card) => noteForm(card)) },
    { kind: 'press', id: ACTIONS.statusChosen, handle: redrawStatus },
    { kind: 'form', id: FORMS.reply, handle: preview },
    { kind: 'form', id: FORMS.preview, handle: send },
    { kind: 'form', id: FORMS.status, handle: setStatus },
    { kind: 'form', id: FORMS.priority, handle: setPriority },
    { kind: 'form', id: FORMS.note, handle: addNote },
    {
      kind: 'command',
      id: COMMAND,
      handle: (call) => (call.text === '' ? listCases(call) : findCase(call)),
    },
  ];
}
