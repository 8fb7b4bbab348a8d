import type { types } from '@slack/bolt';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import type { Queue } from '../../../core/desk/desk.ts';
import { caseLines, caseTitle, shortActions } from './case-card.ts';
import { plain, small } from '../blocks/form-blocks.ts';
import type { DeskLabels } from '../blocks/labels.ts';
import { LIMITS } from '../blocks/limits.ts';

const heading = (words: string): types.HeaderBlock => ({ type: 'header', text: plain(words, LIMITS.header) });

const oneCase = (card: CaseCard, labels: DeskLabels, now: number): types.KnownBlock[] => [
  { type: 'section', text: plain(caseTitle(card), LIMITS.plainText) },
  caseLines(card, labels, now),
  shortActions(card),
];

const list = (
  title: string,
  none: string,
  { cards, count }: Queue['mine'],
  labels: DeskLabels,
  now: number,
): types.KnownBlock[] => [
  heading(`${title} (${count})`),
  ...(cards.length === 0 ? [small(none)] : []),
  ...cards.flatMap((card) => oneCase(card, labels, now)),
  ...(count > cards.length
    ? [small(`… and ${count - cards.length} more, less urgent or waiting for less long`)]
    : []),
];

/** An officer's open cases and those nobody has taken. Three blocks a case, and seven beside. */
export const queueBlocks = (queue: Queue, labels: DeskLabels, now: number): types.KnownBlock[] => [
  small(`${queue.open} open ${queue.open === 1 ? 'case' : 'cases'} in all`),
  ...list('My cases', 'You have no open case.', queue.mine, labels, now),
  { type: 'divider' },
  ...list('Not taken yet', 'Every open case is in somebody’s hands.', queue.free, labels, now),
];

/** One case, for the answer to a command. */
export const caseBlocks = (card: CaseCard, labels: DeskLabels, now: number): types.KnownBlock[] =>
  oneCase(card, labels, now);

/** Leads to the card in the triage channel. */
export const linkBlock = (url: string): types.RichTextBlock => ({
  type: 'rich_text',
  elements: [
    { type: 'rich_text_section', elements: [{ type: 'link', url, text: 'Open the card in the channel' }] },
  ],
});
