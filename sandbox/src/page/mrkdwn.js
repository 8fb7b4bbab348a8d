import { html } from 'htm/preact';
import { emojiOf, withEmoji } from './emoji.js';
import { link } from './entities.js';
import { slackDate } from './slack-date.js';

/** @import { ComponentChildren } from 'preact' */
/** @import { TextObject } from './block-kit.ts' */

/** @typedef {ReadonlyMap<string, string>} Names people and channels by id */

const token =
  /```(?<pre>[\s\S]+?)```|`(?<code>[^`\n]+)`|<(?<angle>[^<>\n]+)>|:(?<emoji>[a-z0-9_+-]+):|(?<![\p{L}\p{N}*_~])(?<mark>[*_~])(?<inner>(?=\S)[^\n]*?\S)\k<mark>(?![\p{L}\p{N}])/u;

/**
 * Slack's mrkdwn as elements.
 * @param {string} text
 * @param {Names} names
 * @returns {ComponentChildren}
 */
export function mrkdwn(text, names) {
  /** @type {ComponentChildren[]} */
  const parts = [];
  let quote = /** @type {string[]} */ ([]);
  let plain = /** @type {string[]} */ ([]);
  const flush = () => {
    if (quote.length) parts.push(html`<blockquote>${inline(quote.join('\n'), names)}</blockquote>`);
    if (plain.length) parts.push(inline(plain.join('\n'), names));
    quote = [];
    plain = [];
  };
  for (const line of text.split('\n')) {
    const quoted = /^(?:>|&gt;) ?(.*)$/.exec(line);
    if (Boolean(quoted) !== quote.length > 0) flush();
    if (quoted) quote.push(quoted[1] ?? '');
    else plain.push(line);
  }
  flush();
  return parts;
}

/**
 * @param {string} text
 * @param {Names} names
 * @returns {ComponentChildren[]}
 */
function inline(text, names) {
  /** @type {ComponentChildren[]} */
  const parts = [];
  let rest = text;
  for (let found = token.exec(rest); found; found = token.exec(rest)) {
    if (found.index > 0) parts.push(unescaped(rest.slice(0, found.index)));
    parts.push(piece(found[0], found.groups ?? {}, names));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) parts.push(unescaped(rest));
  return parts;
}

/**
 * @param {string} whole
 * @param {Record<string, string | undefined>} groups
 * @param {Names} names
 * @returns {ComponentChildren}
 */
function piece(whole, { pre, code, angle, emoji, mark, inner }, names) {
  if (pre !== undefined) return html`<pre>${unescaped(pre.replace(/^\n/, ''))}</pre>`;
  if (code !== undefined) return html`<code>${unescaped(code)}</code>`;
  if (angle !== undefined) return reference(angle, names);
  if (emoji !== undefined) return emojiOf(emoji) ?? whole;
  if (inner === undefined) return whole;
  const children = inline(inner, names);
  if (mark === '*') return html`<strong>${children}</strong>`;
  return mark === '_' ? html`<em>${children}</em>` : html`<s>${children}</s>`;
}

/**
 * What stands between angle brackets: a person, a channel, a date, a broadcast or a link.
 * @param {string} inside
 * @param {Names} names
 * @returns {ComponentChildren}
 */
function reference(inside, names) {
  const [target = '', label] = splitOnce(inside, '|');
  if (target.startsWith('@')) return mention(`@${label ?? names.get(target.slice(1)) ?? target.slice(1)}`);
  if (target.startsWith('#')) return mention(`#${label ?? names.get(target.slice(1)) ?? target.slice(1)}`);
  if (target.startsWith('!date^')) {
    const [, seconds, format = ''] = target.split('^');
    return html`<time>${slackDate(Number(seconds), unescaped(format))}</time>`;
  }
  if (target.startsWith('!')) return mention(label ?? `@${target.slice(1).split('^')[0]}`);
  return link(unescaped(target), unescaped(label ?? target.replace(/^mailto:/, '')));
}

/** @param {string} name */
export const mention = (name) => html`<span class="mention">${name}</span>`;

/**
 * A text object: mrkdwn is formatted, plain text is not.
 * @param {{ text: TextObject | string | undefined, names: Names }} props
 */
export function Text({ text, names }) {
  if (text === undefined) return null;
  if (typeof text === 'string') return html`<span dir="auto">${mrkdwn(text, names)}</span>`;
  const inner =
    text.type === 'mrkdwn'
      ? mrkdwn(text.text, names)
      : text.emoji === false
        ? text.text
        : withEmoji(text.text);
  return html`<span dir="auto">${inner}</span>`;
}

/** @param {string} text */
export const unescaped = (text) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/**
 * @param {string} text
 * @param {string} mark
 */
function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
