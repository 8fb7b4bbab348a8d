import { z } from 'zod';
import type { TelegramEntity } from '../views.ts';
import { badRequest } from './bot-api-error.ts';
import { codePoints } from './code-points.ts';
import { foundEntities } from './found-entities.ts';
import { parseHtml } from './html-entities.ts';

export const entitySchema = z.strictObject({
  type: z.enum([
    'mention',
    'hashtag',
    'cashtag',
    'bot_command',
    'url',
    'email',
    'phone_number',
    'bold',
    'italic',
    'underline',
    'strikethrough',
    'spoiler',
    'blockquote',
    'expandable_blockquote',
    'code',
    'pre',
    'text_link',
  ]),
  offset: z.int().min(0),
  length: z.int().min(1),
  url: z.string().optional(),
  language: z.string().optional(),
});

export type FormattedText = { text: string; entities: TelegramEntity[] };

type Given = {
  text: string;
  parse_mode?: string | undefined;
  entities?: z.infer<typeof entitySchema>[] | undefined;
};

/** What Telegram makes of a text and its formatting: entities found, ends trimmed. `limit` counts code points, after parsing. */
export const formatText = (
  { text, parse_mode, entities }: Given,
  limit: number,
  tooLong: string,
): FormattedText => {
  if (parse_mode !== undefined && entities !== undefined)
    badRequest('parse_mode and entities exclude each other');
  const parsed =
    parse_mode === undefined || parse_mode === ''
      ? { text, entities: (entities ?? []).map((entity) => checked(entity, text)) }
      : parse_mode.toLowerCase() === 'html'
        ? parseHtml(text)
        : badRequest('unsupported parse_mode');
  const trimmed = trim(parsed);
  if (codePoints(trimmed.text).length > limit) badRequest(tooLong);
  return { text: trimmed.text, entities: withFound(trimmed) };
};

/** A person's text as Telegram marks it up by itself. */
export const plainText = (text: string): FormattedText => ({ text, entities: foundEntities(text) });

const checked = (entity: z.infer<typeof entitySchema>, text: string): TelegramEntity => {
  const { type, offset, length, url, language } = entity;
  if (offset + length > text.length) badRequest(`entity ${type} at ${offset} ends beyond the text`);
  if (splitsPair(text, offset) || splitsPair(text, offset + length))
    badRequest(`entity ${type} begins or ends in the middle of a UTF-16 surrogate pair`);
  if ((type === 'text_link') !== (url !== undefined)) badRequest('url belongs to text_link, and only there');
  return { type, offset, length, ...(url ? { url } : {}), ...(language ? { language } : {}) };
};

const splitsPair = (text: string, at: number): boolean =>
  /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));

const trim = ({ text, entities }: FormattedText): FormattedText => {
  const start = text.length - text.trimStart().length;
  const kept = text.trim();
  return {
    text: kept,
    entities: entities
      .map((entity) => {
        const from = Math.max(entity.offset - start, 0);
        const to = Math.min(entity.offset + entity.length - start, kept.length);
        return { ...entity, offset: from, length: to - from };
      })
      .filter((entity) => entity.length > 0),
  };
};

const withFound = ({ text, entities }: FormattedText): TelegramEntity[] => {
  const closed = entities.filter(({ type }) => ['code', 'pre', 'text_link'].includes(type));
  const free = foundEntities(text).filter(
    (found) =>
      !closed.some(
        (taken) => found.offset < taken.offset + taken.length && taken.offset < found.offset + found.length,
      ) && !entities.some((given) => given.type === found.type && given.offset === found.offset),
  );
  return [...entities, ...free].toSorted((a, b) => a.offset - b.offset || b.length - a.length);
};
