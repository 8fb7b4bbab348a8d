import { PRIORITIES } from '../../../core/case/case-status.ts';
import { ACTIONS, COMMAND, FORMS, INPUTS } from '../blocks/action-ids.ts';
import { caseMeta, draftMeta } from '../blocks/form-meta.ts';
import { chosen, typed } from '../blocks/form-values.ts';
import { cardText } from './case-card.ts';
import { caseBlocks, linkBlock, queueBlocks } from './case-list.ts';
import type { CommandCall, DeskHandler, Press, Submission } from './desk-handler.ts';
import { detailsOpening, detailsRefused, detailsView } from './details.ts';
import { errorUnder, handling, type HandlerParts } from './handling.ts';
import { barredFrom, barredFromReply, barredFromTakeBack } from './may-open.ts';
import { moving } from './moving.ts';
import { noteForm } from './note-form.ts';
import { linkTo } from './permalink.ts';
import { priorityForm } from './priority-form.ts';
import { replyForm, replyPreview, replyRefused } from './reply-form.ts';
import { takeBackForm } from './take-back-form.ts';
import { taking } from './taking.ts';

/** Cases of each kind in the answer to the command: what fits Slack's fifty blocks. */
const LISTED = 5;

/** Another desk's case reads like none. */
const NOTHING_FOUND =
  'There is no case with this reference at a desk of yours. Please check each character. A case is found by its reference ' +
  'only, eight letters and digits: not by a name or a phone number. Without one, this lists your cases and those not taken yet.';

/**
 * Everything that staff can do in Slack: what a press opens, what a form commits. Each commits first and acknowledges
 * then; a form is opened from a quick look, within the three seconds that Slack gives.
 */
export function deskHandlers(parts: HandlerParts): DeskHandler[] {
  const { desk, client, home, labels, now } = parts;
  const hands = handling(parts);
  const { words, open, commit } = hands;
  const { take, takeOver, release } = taking(parts, hands);

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
    const queue = await desk.queue(call.staff, LISTED);
    await call.ack({
      text: `${queue.mine.count} of your cases, ${queue.free.count} not taken yet, ${queue.open} open in all.`,
      blocks: queueBlocks(queue, labels, now()),
    });
  };

  const findCase = async (call: CommandCall): Promise<void> => {
    const found = await desk.find(call.staff, call.text);
    if (!found) return call.ack({ text: NOTHING_FOUND });
    const link = found.place && (await linkTo(client, found.place));
    return call.ack({
      text: cardText(found.card, labels),
      blocks: [...caseBlocks(found.card, labels, now()), ...(link ? [linkBlock(link)] : [])],
    });
  };

  const openPriority = open((card) => priorityForm(card, labels), barredFrom('setPriority'));
  const openNote = open(noteForm, barredFrom('addNote'));

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

  const openTakeBack = open((card) => takeBackForm(card, labels), barredFromTakeBack);
  return [
    ...moving(parts, hands),
    { kind: 'press', id: ACTIONS.take, handle: take },
    // A card that was posted before this menu came still has the button.
    { kind: 'press', id: ACTIONS.release, handle: release },
    { kind: 'press', id: ACTIONS.more, handle: more },
    { kind: 'press', id: ACTIONS.details, handle: openDetails },
    {
      kind: 'press',
      id: ACTIONS.reply,
      handle: open((card) => replyForm(card, labels, now()), barredFromReply),
    },
    { kind: 'press', id: ACTIONS.priority, handle: openPriority },
    { kind: 'press', id: ACTIONS.note, handle: openNote },
    { kind: 'form', id: FORMS.reply, handle: preview },
    { kind: 'form', id: FORMS.preview, handle: send },
    { kind: 'form', id: FORMS.priority, handle: setPriority },
    { kind: 'form', id: FORMS.note, handle: addNote },
    {
      kind: 'command',
      id: COMMAND,
      handle: (call) => (call.text === '' ? listCases(call) : findCase(call)),
    },
  ];
}
