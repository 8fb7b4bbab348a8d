import type { types } from '@slack/bolt';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import type { Priority } from '../../../core/case/case-status.ts';
import type { Delivery } from '../../../core/case/case-record.ts';
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

const isWaiting = (card: CaseCard): boolean => card.deskAt === null || card.familyAt > card.deskAt;

const needsText = (card: CaseCard, labels: DeskLabels): string =>
  card.needs.length === 0
    ? 'Situation not told yet'
    : short(card.needs.map((need) => labels.need(need)).join(' · '), 300);

/** What an officer must see of a case in one glance, in two to five lines. All of it literal. */
export function caseLines(card: CaseCard, labels: DeskLabels, now: number): types.RichTextBlock {
  const { lastAnswer, nextContactAt } = card;
  const line = (...elements: types.RichTextElement[]): types.RichTextElement[] => [...elements, text('\n')];
  const elements = [
    ...line(
      text(needsText(card, labels), true),
      text(`  ·  ${short(labels.country(card.country))}  ·  ${short(labels.language(card.language))}`),
    ),
    ...line(
      text(labels.status(card.status), true),
      text('  ·  '),
      card.owner ? text(`👤 ${short(card.owner.name)}`) : text('not taken yet', true),
      text(isWaiting(card) ? '  ·  family waits, wrote ' : '  ·  answered '),
      ago(isWaiting(card) ? card.familyAt : (card.deskAt ?? card.familyAt), now, isWaiting(card)),
    ),
    ...line(
      text('Opened '),
      day(card.createdAt),
      text(`  ·  ${card.received} received, ${card.answered} answered`),
      ...(lastAnswer ? [text(`  ·  № ${lastAnswer.number} ${deliveryText(lastAnswer.delivery)}`)] : []),
      text(card.formDone ? '  ·  form finished' : '  ·  form not finished'),
    ),
    ...(nextContactAt === null
      ? []
      : line(
          text(nextContactAt < now ? '⏰ Word was promised by ' : 'Word promised by ', nextContactAt < now),
          moment(nextContactAt),
        )),
    ...(card.blocked
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

/** The buttons that matter most, for lists: take it, or answer it. */
export const shortActions = (card: CaseCard): types.ActionsBlock => ({
  type: 'actions',
  elements: [
    card.owner
      ? button('Reply', ACTIONS.reply, card.caseId, 'primary')
      : button('Take', ACTIONS.take, card.caseId, 'primary'),
    button('Details', ACTIONS.details, card.caseId),
    button('Status', ACTIONS.status, card.caseId),
  ],
});

const allActions = (card: CaseCard): types.ActionsBlock => ({
  type: 'actions',
  block_id: 'actions',
  elements: [
    card.owner
      ? button('Release', ACTIONS.release, card.caseId)
      : button('Take', ACTIONS.take, card.caseId, 'primary'),
    button('Reply', ACTIONS.reply, card.caseId, card.owner ? 'primary' : undefined),
    button('Details', ACTIONS.details, card.caseId),
    button('Status', ACTIONS.status, card.caseId),
    button('Priority', ACTIONS.priority, card.caseId),
    button('Note', ACTIONS.note, card.caseId),
  ],
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
