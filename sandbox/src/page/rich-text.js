import { html } from 'htm/preact';
import { emojiOf } from './emoji.js';
import { link } from './entities.js';
import { mention } from './mrkdwn.js';
import { slackDate } from './slack-date.js';

/** @import { ComponentChildren } from 'preact' */
/** @import { RichPart } from './block-kit.ts' */
/** @import { Names } from './mrkdwn.js' */

/**
 * The parts of a rich_text block.
 * @param {{ parts: RichPart[], names: Names }} props
 */
export function RichText({ parts, names }) {
  return html`<div class="rich">${parts.map((part) => branch(part, names))}</div>`;
}

/**
 * @param {RichPart} part
 * @param {Names} names
 * @returns {ComponentChildren}
 */
function branch(part, names) {
  const inner = (part.elements ?? []).map((each) =>
    each.elements ? branch(each, names) : leaf(each, names),
  );
  switch (part.type) {
    case 'rich_text_list': {
      const items = inner.map((item) => html`<li dir="auto">${item}</li>`);
      const look = `indent${part.indent ?? 0}`;
      return part.style === 'ordered'
        ? html`<ol class=${look} start=${(part.offset ?? 0) + 1}>
            ${items}
          </ol>`
        : html`<ul class=${look}>
            ${items}
          </ul>`;
    }
    case 'rich_text_preformatted':
      return html`<pre>${inner}</pre>`;
    case 'rich_text_quote':
      return html`<blockquote dir="auto">${inner}</blockquote>`;
    default:
      return html`<div class="rich-section" dir="auto">${inner}</div>`;
  }
}

/**
 * @param {RichPart} part
 * @param {Names} names
 * @returns {ComponentChildren}
 */
function leaf(part, names) {
  /** @type {ComponentChildren} */
  let shown = part.text ?? part.fallback ?? '';
  if (part.type === 'emoji') shown = emojiOf(part.name ?? '') ?? fromCodes(part.unicode) ?? `:${part.name}:`;
  if (part.type === 'user') shown = mention(`@${names.get(part.user_id ?? '') ?? part.user_id}`);
  if (part.type === 'channel') shown = mention(`#${names.get(part.channel_id ?? '') ?? part.channel_id}`);
  if (part.type === 'usergroup') shown = mention(`@${part.usergroup_id}`);
  if (part.type === 'broadcast') shown = mention(`@${part.range}`);
  if (part.type === 'date') shown = slackDate(part.timestamp ?? 0, part.format ?? '{date_short}');
  if (part.type === 'link') shown = link(part.url ?? '', part.text ?? part.url ?? '');
  const style = typeof part.style === 'object' ? part.style : {};
  if (style.code) shown = html`<code>${shown}</code>`;
  if (style.strike) shown = html`<s>${shown}</s>`;
  if (style.italic) shown = html`<em>${shown}</em>`;
  if (style.bold) shown = html`<strong>${shown}</strong>`;
  return shown;
}

/** @param {string | undefined} codes "1f44d-1f3fb" */
const fromCodes = (codes) =>
  codes && String.fromCodePoint(...codes.split('-').map((code) => Number.parseInt(code, 16)));
