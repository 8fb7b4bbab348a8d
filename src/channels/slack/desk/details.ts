import type { types } from '@slack/bolt';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import type { CaseDetails } from '../../../core/desk/desk.ts';
import type { Attachment } from '../../../core/words/messages.ts';
import type { CaseMessage, TakeUp } from '../../../core/case/case-record.ts';
import type { Inline } from '../../../core/words/rich-text.ts';
import { clip } from '../../../core/words/rich-text.ts';
import { FORMS } from '../blocks/action-ids.ts';
import { caseLines, caseTitle, deliveryText } from './case-card.ts';
import { momentMrkdwn } from '../blocks/dates.ts';
import { form, plain, small } from '../blocks/form-blocks.ts';
import type { DeskLabels } from '../blocks/labels.ts';
import { LIMITS } from '../blocks/limits.ts';
import { escapeMrkdwn } from '../blocks/mrkdwn.ts';
import { literal, richTextBlocks } from '../blocks/rich-text.ts';

const TITLE = { title: 'Details', close: 'Close' };
const MESSAGES = 30;
const MAX_BYTES = 200_000;

/** Shown at once while the details are read, so that Slack's three seconds are kept. */
export const detailsOpening = (card: CaseCard, labels: DeskLabels, now: number): types.ModalView =>
  form(FORMS.details, TITLE, {}, [
    heading(caseTitle(card)),
    caseLines(card, labels, now),
    small('One moment …'),
  ]);

export const detailsRefused = (words: string): types.ModalView =>
  form(FORMS.details, TITLE, {}, literal(words));

const heading = (words: string): types.HeaderBlock => ({ type: 'header', text: plain(words, LIMITS.header) });

/**
 * Everything of a case for the officer who asked. What the family wrote is shown letter by letter, never as markup;
 * long messages are split, not cut. When Slack's form cannot hold it all, the oldest messages are left out, and said to be.
 */
export function detailsView(
  card: CaseCard,
  details: CaseDetails,
  labels: DeskLabels,
  now: number,
): types.ModalView {
  const before: types.KnownBlock[] = [
    heading(caseTitle(card)),
    caseLines(card, labels, now),
    { type: 'divider' },
    heading('What the family has told'),
    ...fieldBlocks(details.fields, labels),
    ...(details.takeUps.length === 0
      ? []
      : [
          heading('Raised with Russia'),
          ...details.takeUps.slice(-5).flatMap((takeUp) => takeUpBlocks(takeUp, labels)),
        ]),
    { type: 'divider' },
    heading('Messages'),
  ];
  const after = small('That you have opened this is on record.');
  const shown = newest(details.messages, LIMITS.viewBlocks - before.length - 2, MAX_BYTES - size(before));
  // All messages have a № of the case, the newest the highest: those that were not read here count too.
  const left = Math.max(details.messages.length, details.case.messages) - shown.count;
  return form(FORMS.details, TITLE, {}, [
    ...before,
    ...(left > 0
      ? [small(`${left} older ${left === 1 ? 'message is' : 'messages are'} not shown here.`)]
      : []),
    ...(details.messages.length === 0 ? [small('None yet.')] : shown.blocks),
    after,
  ]);
}

const size = (blocks: types.KnownBlock[]): number => Buffer.byteLength(JSON.stringify(blocks));

function fieldBlocks(fields: CaseDetails['fields'], labels: DeskLabels): types.KnownBlock[] {
  if (fields.length === 0) return [small('The form has not been filled in yet.')];
  const lines = fields.flatMap(({ id, value }): Inline[] => [
    { text: `${labels.field(id)}: `, bold: true },
    { text: `${labels.value(id, value)}\n` },
  ]);
  return richTextBlocks([{ kind: 'paragraph', children: lines }]).slice(0, 15);
}

const takeUpBlocks = (takeUp: TakeUp, labels: DeskLabels): types.KnownBlock[] =>
  literal(
    clip(
      `${takeUp.date} · ${labels.door(takeUp.door)} · with ${takeUp.counterpart} · ref. ${takeUp.reference} · ` +
        `${takeUp.officer.name} and ${takeUp.secondOfficer.name}`,
      1000,
    ),
  );

const two = (value: number): string => String(value).padStart(2, '0');

/** `voice 0:12`, `document` … */
export const attachmentText = ({ kind, seconds, name }: Attachment): string =>
  [
    kind,
    seconds === undefined ? '' : `${Math.floor(seconds / 60)}:${two(Math.floor(seconds % 60))}`,
    name === undefined ? '' : `"${clip(name, 60)}"`,
  ]
    .filter(Boolean)
    .join(' ');

const WHO: Record<CaseMessage['from'], string> = { family: 'Family', desk: 'Desk', note: 'Note, desk only' };

function messageBlocks(message: CaseMessage): types.KnownBlock[] {
  const { number, from, author, at, delivery, failure, attachment, edits, text } = message;
  const who = author ? `${WHO[from]}, ${author.name}` : WHO[from];
  const fate =
    delivery === null ? '' : ` · ${deliveryText(delivery)}${failure === null ? '' : ` (${failure})`}`;
  const head =
    `*№ ${number}* · ${escapeMrkdwn(who, 200)} · ${momentMrkdwn(at)}` +
    `${escapeMrkdwn(fate, 200)}${edits === null ? '' : ' · newer wording'}`;
  return [
    { type: 'context', elements: [{ type: 'mrkdwn', text: head }] },
    ...(attachment === null ? [] : [small(`📎 ${attachmentText(attachment)}`)]),
    ...(text.trim() === '' ? [] : literal(text)),
  ];
}

/** The newest messages, oldest first, as many as fit. */
function newest(
  messages: CaseMessage[],
  maxBlocks: number,
  maxBytes: number,
): { blocks: types.KnownBlock[]; count: number } {
  let blocks: types.KnownBlock[] = [];
  let count = 0;
  for (const message of messages.slice(-MESSAGES).toReversed()) {
    const next = [...messageBlocks(message), ...blocks];
    if (next.length > maxBlocks || size(next) > maxBytes) break;
    blocks = next;
    count += 1;
  }
  return { blocks, count };
}
