import type { TelegramEntity } from '../views.ts';
import { badRequest } from './bot-api-error.ts';

const entityOfTag: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
};

type OpenTag = { tag: string; offset: number; attributes: Map<string, string> };

/**
 * Reads parse_mode=HTML the way tdlib's MessageEntity.cpp does: a closed list of tags, four named character
 * references, and errors that name a byte offset. Custom emoji and tg-time are not emulated and count as unknown.
 */
export const parseHtml = (html: string): { text: string; entities: TelegramEntity[] } => {
  const entities: TelegramEntity[] = [];
  const open: OpenTag[] = [];
  let text = '';
  let at = 0;
  const bytesBefore = (place: number) => Buffer.byteLength(html.slice(0, place));

  while (at < html.length) {
    const char = html.charAt(at);
    if (char === '&') {
      const [decoded, length] = decodeReference(html.slice(at, at + 12));
      text += decoded;
      at += length;
    } else if (char !== '<') {
      text += char;
      at += 1;
    } else if (html[at + 1] === '/') {
      const closed = /^<\/([^\s>]*)\s*>/.exec(html.slice(at));
      const top = open.at(-1);
      if (!top) return refuse(`Unexpected end tag at byte offset ${bytesBefore(at)}`);
      if (!closed) return refuse(`Unclosed end tag at byte offset ${bytesBefore(at)}`);
      const name = (closed[1] ?? '').toLowerCase();
      if (name !== '' && name !== top.tag)
        return refuse(
          `Unmatched end tag at byte offset ${bytesBefore(at)}, expected "</${top.tag}>", found "</${name}>"`,
        );
      open.pop();
      const entity = entityOf(top, text, open.at(-1));
      if (entity) entities.push(entity);
      at += closed[0].length;
    } else {
      const place = bytesBefore(at);
      const named = /^<([^\s>]*)[\s>]/.exec(html.slice(at));
      if (!named) return refuse(`Unclosed start tag at byte offset ${place}`);
      const tag = (named[1] ?? '').toLowerCase();
      if (!Object.hasOwn(entityOfTag, tag))
        return refuse(`Unsupported start tag "${tag}" at byte offset ${place}`);
      const started = /^<[^\s>]*((?:"[^"]*"|'[^']*'|[^>"'])*)>/.exec(html.slice(at));
      if (!started) return refuse(`Unclosed start tag at byte offset ${place}`);
      const attributes = readAttributes(started[1] ?? '');
      if (tag === 'span' && attributes.get('class') !== 'tg-spoiler')
        return refuse(`Tag "span" must have class "tg-spoiler" at byte offset ${place}`);
      open.push({ tag, offset: text.length, attributes });
      at += started[0].length;
    }
  }
  const left = open.at(-1);
  if (left) return refuse(`Can't find end tag corresponding to start tag "${left.tag}"`);
  return { text, entities: entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length) };
};

const entityOf = (
  { tag, offset, attributes }: OpenTag,
  text: string,
  parent: OpenTag | undefined,
): TelegramEntity | undefined => {
  const length = text.length - offset;
  const type = entityOfTag[tag];
  if (length === 0 || type === undefined) return undefined;
  if (tag === 'a') {
    const url = attributes.get('href') ?? text.slice(offset);
    // Telegram keeps the words and drops a link that is none.
    return /^(https?|tg|mailto|tel):/i.test(url) ? { type, offset, length, url } : undefined;
  }
  const language = /^language-(.+)$/.exec(attributes.get('class') ?? '')?.[1];
  if (tag === 'code' && parent?.tag === 'pre' && parent.offset === offset && language) {
    parent.attributes.set('class', `language-${language}`);
    return undefined;
  }
  if (tag === 'pre' && language) return { type, offset, length, language };
  if (tag === 'blockquote' && attributes.has('expandable'))
    return { type: 'expandable_blockquote', offset, length };
  return { type, offset, length };
};

const readAttributes = (source: string): Map<string, string> => {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of source.matchAll(
    /([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+)))?/g,
  )) {
    const value = double ?? single ?? bare ?? '';
    attributes.set(
      name.toLowerCase(),
      value.replaceAll(/&[#\w]+;?/g, (reference) => decodeReference(reference)[0]),
    );
  }
  return attributes;
};

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

const decodeReference = (source: string): [string, number] => {
  const found = /^&(?:#x([\da-f]+)|#(\d+)|(lt|gt|amp|quot));?/i.exec(source);
  if (!found) return ['&', 1];
  const [whole, hex, decimal, name] = found;
  if (name !== undefined) return [named[name.toLowerCase()] ?? '', whole.length];
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code > 0 && code <= 0x10ffff ? [String.fromCodePoint(code), whole.length] : ['&', 1];
};

const refuse = (problem: string) => badRequest(`can't parse entities: ${problem}`);
