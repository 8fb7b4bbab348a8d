import { html } from 'htm/preact';
import { emojiOf } from './emoji.js';
import { link } from './entities.js';

/** @import { ComponentChildren } from 'preact' */

const token =
  /`(?<code>[^`\n]+)`|\[(?<label>[^\]]+)\]\((?<target>[^)\s]+)\)|\*\*(?<bold>(?=\S).+?\S?)\*\*|~~(?<strike>.+?)~~|(?<![\p{L}\p{N}])(?<mark>[*_])(?<inner>(?=\S)[^\n]*?\S)\k<mark>(?![\p{L}\p{N}])|:(?<emoji>[a-z0-9_+-]+):|\\(?<escaped>[!-/:-@[-`{-~])/u;

/**
 * Slack's `markdown` block: the everyday part of Markdown.
 * @param {{ text: string }} props
 */
export function Markdown({ text }) {
  /** @type {ComponentChildren[]} */
  const parts = [];
  for (const chunk of text.split(/\n{2,}|(?<=^#{1,6} .*)\n|\n(?=#{1,6} )/m)) parts.push(chunkOf(chunk));
  return html`<div class="rich markdown">${parts}</div>`;
}

/**
 * @param {string} chunk
 * @returns {ComponentChildren}
 */
function chunkOf(chunk) {
  const lines = chunk.split('\n');
  const heading = /^(#{1,6}) (.*)$/.exec(chunk);
  if (heading)
    return html`<h4 class=${`level${heading[1]?.length}`} dir="auto">${inline(heading[2] ?? '')}</h4>`;
  if (chunk.startsWith('```'))
    return html`<pre>${chunk.replace(/^```.*\n?/, '').replace(/\n?```$/, '')}</pre>`;
  if (/^(-{3,}|\*{3,})$/.test(chunk.trim())) return html`<hr />`;
  if (lines.every((line) => /^\s*[-*+] /.test(line)))
    return html`<ul>
      ${lines.map((line) => html`<li dir="auto">${inline(line.replace(/^\s*[-*+] /, ''))}</li>`)}
    </ul>`;
  if (lines.every((line) => /^\s*\d+[.)] /.test(line)))
    return html`<ol>
      ${lines.map((line) => html`<li dir="auto">${inline(line.replace(/^\s*\d+[.)] /, ''))}</li>`)}
    </ol>`;
  if (lines.every((line) => line.startsWith('>')))
    return html`<blockquote dir="auto">
      ${inline(lines.map((line) => line.replace(/^> ?/, '')).join('\n'))}
    </blockquote>`;
  return html`<p dir="auto">${inline(chunk)}</p>`;
}

/**
 * @param {string} text
 * @returns {ComponentChildren[]}
 */
function inline(text) {
  /** @type {ComponentChildren[]} */
  const parts = [];
  let rest = text;
  for (let found = token.exec(rest); found; found = token.exec(rest)) {
    if (found.index > 0) parts.push(rest.slice(0, found.index));
    const { code, label, target, bold, strike, mark, inner, emoji, escaped } = found.groups ?? {};
    if (code !== undefined) parts.push(html`<code>${code}</code>`);
    else if (label !== undefined) parts.push(link(target ?? '', inline(label)));
    else if (bold !== undefined) parts.push(html`<strong>${inline(bold)}</strong>`);
    else if (strike !== undefined) parts.push(html`<s>${inline(strike)}</s>`);
    else if (inner !== undefined && mark) parts.push(html`<em>${inline(inner)}</em>`);
    else if (emoji !== undefined) parts.push(emojiOf(emoji) ?? found[0]);
    else parts.push(escaped ?? '');
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) parts.push(rest);
  return parts;
}
