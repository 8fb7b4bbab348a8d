import type { types } from '@slack/bolt';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import { isOutcome, type Priority } from '../../../core/case/case-status.ts';
import type { Delivery } from '../../../core/case/case-record.ts';
import { reachesFamilies } from '../../../core/words/messages.ts';
import { clip } from '../../../core/words/rich-text.ts';
import { ACTIONS } from '../blocks/action-ids.ts';
import { ago, day, moment } from '../blocks/dates.ts';
import type { DeskLabels } from '../blocks/labels.ts';
import { LIMITS } from '../blocks/limits.ts';
import { escapeMrkdwn } from '../blocks/mrkdwn.ts';

const COLOURS: Record<Priority, string> = { P0: '🔴', P1: '🟠', P2: '🟡', P3: '🔵', P4: '⚪' };

/** The colour by which a priority is known at a glance. */
export const colour = (priority: Priority): string => COLOURS[priority];

const DELIVERIES: Record<Delivery, string> = {
  waiting: '⏳ on its way',
  delivered: '✓ delivered',
  failed: '✗ not delivered',
  unknown: '? unclear, please ask the family',
};

/** An answer's fate in a few words. */
export const deliveryText = (delivery: Delivery): string => DELIVERIES[delivery];

/** Slack refuses an empty stretch. */
const text = (words: string, bold = false): types.RichTextText => ({
  type: 'text',
  text: words || '…',
  ...(bold && { style: { bold: true } }),
});

/** Short names of people and needs: whatever they hold, a card keeps its shape. */
const short = (words: string, limit = 80): string => clip(words.replace(/\s+/g, ' ').trim(), limit);

const isClosed = (card: CaseCard): boolean => card.status === 'closed';

/** Staff opened it for somebody who can't be written to from here. */
export const hasFamily = (card: CaseCard): boolean => reachesFamilies(card.channel);

const isWaiting = (card: CaseCard): boolean =>
  hasFamily(card) && !isClosed(card) && (card.deskAt === null || card.familyAt > card.deskAt);

/** What may be shared, at a glance: it decides what the desk may do. */
function consentText(card: CaseCard, labels: DeskLabels): string {
  if (!hasFamily(card)) return 'Staff reported it: there is nobody to write to here';
  if (card.purposes === null) return '🔒 no consent in force: nothing may be shared';
  const beyond = card.purposes.filter((purpose) => purpose !== 'desk');
  return beyond.length === 0
    ? '🔒 only the desk may know of it'
    : `May be shared with: ${beyond.map((purpose) => labels.purpose(purpose)).join(', ')}`;
}

const needsText = (card: CaseCard, labels: DeskLabels): string =>
  card.needs.length === 0
    ? 'Situation not told yet'
    : short(card.needs.map((need) => labels.need(need)).join(' · '), 300);

const line = (...elements: types.RichTextElement[]): types.RichTextElement[] => [...elements, text('\n')];

/** The date that the family was told; overdue once the clock has said so. */
const promise = (card: CaseCard, by: number): types.RichTextElement[] =>
  card.overdueAt === null
    ? line(text('Word promised by '), moment(by))
    : line(
        text('⏰ Overdue: word was promised by ', true),
        moment(by),
        text(' and nobody has written', true),
      );

/** What an officer must see of a case in one glance, in two to seven lines. All of it literal. */
export function caseLines(card: CaseCard, labels: DeskLabels, now: number): types.RichTextBlock {
  const { lastAnswer, nextContactAt } = card;
  const elements = [
    ...line(
      text(needsText(card, labels), true),
      text(`  ·  ${short(labels.country(card.country))}  ·  ${short(labels.language(card.language))}`),
    ),
    ...line(
      text(labels.status(card.status), true),
      text('  ·  '),
      card.owner ? text(`👤 ${short(card.owner.name)}`) : text('not taken yet', true),
      ...(isWaiting(card)
        ? [text('  ·  family waits, wrote '), ago(card.familyAt, now, true)]
        : card.deskAt === null
          ? []
          : [text('  ·  answered '), ago(card.deskAt, now)]),
    ),
    ...line(
      text('Opened '),
      day(card.createdAt),
      text(`  ·  ${card.received} received, ${card.answered} answered`),
      ...(lastAnswer ? [text(`  ·  № ${lastAnswer.number} ${deliveryText(lastAnswer.delivery)}`)] : []),
      text(card.formDone ? '  ·  form finished' : '  ·  form not finished'),
    ),
    ...line(text(consentText(card, labels))),
    ...(nextContactAt === null || isClosed(card) ? [] : promise(card, nextContactAt)),
    ...(card.request && !isClosed(card)
      ? line(
          text('⏳ Waits for a second officer: ', true),
          { type: 'user', user_id: card.request.by },
          text(` asks for "${labels.status(card.request.to)}"`),
        )
      : []),
    ...(card.blocked && !isClosed(card)
      ? line(text('⛔ The family has blocked the helpline: no answer reaches them.', true))
      : []),
  ];
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: elements.slice(0, -1) }] };
}

/** `🔴 P0  ·  7K3MQ2X4` */
export const caseTitle = (card: CaseCard): string =>
  clip(`${colour(card.priority)} ${card.priority}  ·  ${card.reference}`, LIMITS.header);

const button = (label: string, action: string, caseId: string, style?: 'primary'): types.Button => ({
  type: 'button',
  text: { type: 'plain_text', text: label },
  action_id: action,
  value: caseId,
  ...(style && { style }),
});

/** The buttons that fit the moment: take it or answer it, read it, move it; a closed case is quiet. */
function buttonsOf(card: CaseCard): types.Button[] {
  const { caseId, owner } = card;
  const read = [button('Details', ACTIONS.details, caseId), button('Status', ACTIONS.status, caseId)];
  if (isClosed(card)) return read;
  const second = card.request ? [button('Look and confirm', ACTIONS.second, caseId, 'primary')] : [];
  const take = owner ? [] : [button('Take', ACTIONS.take, caseId, 'primary')];
  const primary = owner && !card.request ? ('primary' as const) : undefined;
  const reply = hasFamily(card) ? [button('Reply', ACTIONS.reply, caseId, primary)] : [];
  return [...second, ...take, ...reply, ...read];
}

/** What is wanted less often. */
function moreOf(card: CaseCard): types.Overflow {
  const option = (label: string, action: string): types.PlainTextOption => ({
    text: { type: 'plain_text', text: label },
    value: `${action}|${card.caseId}`,
  });
  return {
    type: 'overflow',
    action_id: ACTIONS.more,
    options: [
      option('Note for the desk', ACTIONS.note),
      option('Priority', ACTIONS.priority),
      ...(card.owner
        ? [option('Give the case back', ACTIONS.release), option('Take it over', ACTIONS.take)]
        : []),
      ...(isOutcome(card.status) ? [option('Take the outcome back', ACTIONS.takeBack)] : []),
    ],
  };
}

/** For lists: what matters most, and always a way to read the case. */
export const shortActions = (card: CaseCard): types.ActionsBlock => {
  const all = buttonsOf(card);
  const details = all.findIndex(({ action_id }) => action_id === ACTIONS.details);
  return {
    type: 'actions',
    elements: details < 3 ? all.slice(0, 3) : [...all.slice(0, 2), ...all.slice(details, details + 1)],
  };
};

const allActions = (card: CaseCard): types.ActionsBlock => ({
  type: 'actions',
  block_id: 'actions',
  elements: isClosed(card) ? buttonsOf(card) : [...buttonsOf(card), moreOf(card)],
});

/** The case's card in the triage channel. Pure; holds nothing personal and nothing that Slack could read as markup. */
export const cardBlocks = (card: CaseCard, labels: DeskLabels, now: number): types.KnownBlock[] => [
  { type: 'header', text: { type: 'plain_text', text: caseTitle(card), emoji: true } },
  caseLines(card, labels, now),
  allActions(card),
];

/** The card in one line, for notifications and screen readers. mrkdwn, escaped. */
export const cardText = (card: CaseCard, labels: DeskLabels): string =>
  escapeMrkdwn(
    [
      `${card.priority} ${card.reference}`,
      needsText(card, labels),
      labels.country(card.country),
      labels.status(card.status),
      card.owner ? short(card.owner.name) : 'not taken yet',
    ].join(' · '),
    LIMITS.fallbackText,
  );
