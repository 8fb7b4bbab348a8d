import { html } from 'htm/preact';

/** @import { TelegramEntity } from '../views.ts' */
/** @import { ComponentChildren } from 'preact' */

/**
 * Telegram's text with its entities as elements. Offsets and lengths are UTF-16 units, as JavaScript strings count.
 * @param {string} text
 * @param {TelegramEntity[]} entities
 * @param {(command: string) => void} onCommand
 * @returns {ComponentChildren}
 */
export function formatted(text, entities, onCommand) {
  const sorted = entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  return stretch(0, text.length, sorted);

  /**
   * @param {number} from
   * @param {number} to
   * @param {TelegramEntity[]} inside sorted; each starts within from..to
   * @returns {ComponentChildren[]}
   */
  function stretch(from, to, inside) {
    /** @type {ComponentChildren[]} */
    const parts = [];
    let at = from;
    for (let i = 0; i < inside.length; i++) {
      const entity = inside[i];
      if (!entity || entity.offset < at || entity.offset >= to) continue;
      const end = Math.min(entity.offset + entity.length, to);
      const nested = inside.slice(i + 1).filter((other) => other.offset < end);
      if (entity.offset > at) parts.push(text.slice(at, entity.offset));
      parts.push(wrap(entity, text.slice(entity.offset, end), stretch(entity.offset, end, nested)));
      at = end;
    }
    if (at < to) parts.push(text.slice(at, to));
    return parts;
  }

  /**
   * @param {TelegramEntity} entity
   * @param {string} plain
   * @param {ComponentChildren[]} inner
   * @returns {ComponentChildren}
   */
  function wrap(entity, plain, inner) {
    switch (entity.type) {
      case 'bold':
        return html`<strong>${inner}</strong>`;
      case 'italic':
        return html`<em>${inner}</em>`;
      case 'underline':
        return html`<u>${inner}</u>`;
      case 'strikethrough':
        return html`<s>${inner}</s>`;
      case 'spoiler':
        return html`<details class="spoiler">
          <summary>•••</summary>
          ${inner}
        </details>`;
      case 'code':
        return html`<code>${inner}</code>`;
      case 'pre':
        return html`<pre>${inner}</pre>`;
      case 'blockquote':
      case 'expandable_blockquote':
        return html`<blockquote>${inner}</blockquote>`;
      case 'bot_command':
        // A button is of no direction to the text around it, nor the stroke in it: in Urdu both would change sides. Marks as
        // its Latin letters would be in a text say so.
        return html`‎<button class="as-link" dir="auto" onClick=${() => onCommand(plain)}>${inner}</button>‎`;
      case 'text_link':
        return link(entity.url ?? '', inner);
      case 'url':
        return link(/^[a-z]+:/i.test(plain) ? plain : `https://${plain}`, inner);
      case 'email':
        return link(`mailto:${plain}`, inner);
      case 'phone_number':
        return link(`tel:${plain.replace(/[^+\d]/g, '')}`, inner);
      case 'mention':
      case 'text_mention':
      case 'hashtag':
        return html`<span class="as-link">${inner}</span>`;
      default:
        return inner;
    }
  }
}

/**
 * A link that can only lead to the web, a mail or a call.
 * @param {string} target
 * @param {ComponentChildren} inner
 */
export function link(target, inner) {
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(target)) return html`<span class="as-link">${inner}</span>`;
  return html`<a href=${target} target="_blank" rel="noopener noreferrer">${inner}</a>`;
}

/** Nastaliq hangs far below and above the line: such texts get more room. @param {string} text */
export const scriptClass = (text) => (/\p{Script=Arabic}/u.test(text) ? 'nastaliq' : '');
