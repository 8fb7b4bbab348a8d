import type { InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import type { Button, Outgoing } from '../../core/words/messages.ts';
import { clip, type Block, type Inline, type RichText } from '../../core/words/rich-text.ts';
import { splitText } from './split-text.ts';

/** One sendMessage. Marks are entities with offsets, so nothing in the text can be read as markup. */
export type TelegramPart = {
  text: string;
  entities: MessageEntity[];
  reply_markup?: InlineKeyboardMarkup;
};

/** Telegram counts code points; UTF-16 units are never fewer. */
const longestText = 4096;
const longestLabel = 64;
const longestButtonId = 64;

/**
 * The message as Telegram wants it, in as many parts as its length needs, at least one, with the buttons under the last.
 * Throws when a button's id is empty or over 64 bytes.
 */
export function render({ text: rich, buttons }: Outgoing): TelegramPart[] {
  const { text, entities } = flatten(rich);
  const parts: TelegramPart[] = splitText(text, longestText)
    .filter(([start, end]) => isVisible(text.slice(start, end)))
    .map(([start, end]) => ({
      text: text.slice(start, end),
      entities: entities.flatMap((entity) => within(entity, start, end)),
    }));
  const last = parts.at(-1) ?? { text: '…', entities: [] };
  const keyboard = buttons.filter((row) => row.length > 0).map((row) => row.map(toKey));
  return [
    ...parts.slice(0, -1),
    keyboard.length > 0 ? { ...last, reply_markup: { inline_keyboard: keyboard } } : last,
  ];
}

function toKey({ id, label }: Button): { text: string; callback_data: string } {
  const bytes = Buffer.byteLength(id);
  if (bytes === 0 || bytes > longestButtonId) throw new Error(`a button's id of ${bytes} bytes`);
  const text = clip(clean(label).trim(), longestLabel);
  return { text: isVisible(text) ? text : '…', callback_data: id };
}

type Marked = { text: string; entities: MessageEntity[] };

function flatten(rich: RichText): Marked {
  const to: Marked = { text: '', entities: [] };
  rich.forEach((block, i) => {
    if (i > 0) to.text += '\n\n';
    addBlock(to, block);
  });
  return to;
}

function addBlock(to: Marked, block: Block): void {
  const offset = to.text.length;
  switch (block.kind) {
    case 'paragraph':
      block.children.forEach((child) => addInline(to, child));
      break;
    case 'quote':
      block.children.forEach((child) => addInline(to, child));
      to.entities.push({ type: 'blockquote', offset, length: to.text.length - offset });
      break;
    case 'list':
      block.items.forEach((item, i) => {
        to.text += `${i > 0 ? '\n' : ''}${block.ordered ? `${i + 1}.` : '•'} `;
        item.forEach((child) => addInline(to, child));
      });
  }
}

function addInline(to: Marked, inline: Inline): void {
  const at = { offset: to.text.length, length: 0 };
  to.text += clean(inline.text);
  at.length = to.text.length - at.offset;
  if (inline.bold) to.entities.push({ type: 'bold', ...at });
  if (inline.italic) to.entities.push({ type: 'italic', ...at });
  if (inline.link !== undefined && isWebAddress(inline.link))
    to.entities.push({ type: 'text_link', url: inline.link, ...at });
}

/** Telegram finds phone numbers and mail addresses in a text by itself and takes no links to them. */
const isWebAddress = (link: string): boolean => /^https?:\/\//i.test(link) && URL.canParse(link);

/** The stretch of an entity that falls into a part, counted from the part's start. */
function within(entity: MessageEntity, start: number, end: number): MessageEntity[] {
  const from = Math.max(entity.offset, start);
  const length = Math.min(entity.offset + entity.length, end) - from;
  return length > 0 ? [{ ...entity, offset: from - start, length }] : [];
}

/** What no platform shows: halves of characters, and control characters other than tab and line break. */
const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');

/** Telegram refuses a message in which there is nothing to see; fillers are letters to Unicode only. */
const isVisible = (text: string): boolean =>
  /[\p{L}\p{N}\p{P}\p{S}\p{Co}]/u.test(text.replace(/[\u115f\u1160\u2800\u3164\uffa0]/g, ''));
