import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { attempt, control } from './api.js';
import { formatted, scriptClass } from './entities.js';
import { Icon, Ticks } from './icons.js';

/** @import { TelegramBubble, TelegramButton } from '../views.ts' */

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/**
 * @param {{
 *   bubble: TelegramBubble, user: number, last: boolean, repliedTo?: TelegramBubble | undefined, botName: string,
 *   waiting: string[], onCommand: (command: string) => void, onEdit: () => void, onReply: () => void
 * }} props
 */
export function Bubble({ bubble, user, last, repliedTo, botName, waiting, onCommand, onEdit, onReply }) {
  const own = bubble.from === 'person';
  const { attachment } = bubble;
  const text = bubble.text ?? attachment?.caption ?? '';
  // A contact or a location has no words to change.
  const mayAct = !own || text !== '';
  const big = !attachment && isFewEmoji(text);
  const bare = (attachment?.kind === 'photo' || attachment?.kind === 'location') && !text;
  return html`<li
    class=${`row ${own ? 'own' : 'theirs'} ${last ? 'last' : ''}`}
    id=${`bubble-${bubble.message_id}`}
  >
    <div class="stack">
      <div class=${`bubble ${big ? 'big' : ''} ${bare ? 'bare' : ''}`}>
        ${
          repliedTo &&
          html`<div class="quote">
            <b>${repliedTo.from === 'bot' ? botName : 'You'}</b>
            <span>${summary(repliedTo)}</span>
          </div>`
        }
        ${attachment && html`<${Attachment} attachment=${attachment} seed=${bubble.message_id} />`}
        ${
          text &&
          html`<div class=${`words ${scriptClass(text)}`} dir="auto">
            ${formatted(text, bubble.entities ?? [], onCommand)}<span
              class="stamp-room"
              aria-hidden="true"
            ></span>
          </div>`
        }
        <span class="stamp">
          ${bubble.edit_date ? html`<span>edited</span>` : null}
          <time datetime=${new Date(bubble.date * 1000).toISOString()}
            >${clock.format(bubble.date * 1000)}</time
          >
          ${own && html`<${Ticks} />`}
        </span>
      </div>
      ${bubble.buttons && html`<${InlineKeyboard} rows=${bubble.buttons} id=${bubble.message_id} user=${user} waiting=${waiting} />`}
    </div>
    ${
      mayAct &&
      html`<button
        class="bubble-action"
        onClick=${own ? onEdit : onReply}
        aria-label=${own ? 'Edit this message' : 'Reply to this message'}
      >
        <${Icon} name=${own ? 'edit' : 'back'} size=${16} />
      </button>`
    }
  </li>`;
}

/** @param {{ rows: TelegramButton[][], id: number, user: number, waiting: string[] }} props */
function InlineKeyboard({ rows, id, user, waiting }) {
  const [pressed, setPressed] = useState('');
  const press = async (/** @type {TelegramButton} */ button) => {
    const data = button.callback_data ?? '';
    setPressed(data);
    await attempt(() => control('POST', 'telegram/presses', { user, message_id: id, data }));
    setPressed('');
  };
  return html`<div class="inline-keyboard">
    ${rows.map(
      (row) =>
        html`<div class="inline-row">
          ${row.map((button) => {
            const words = html`<span dir="auto" class=${scriptClass(button.text)}>${button.text}</span>`;
            const look = `inline-button ${button.style ?? ''}`;
            if (button.url)
              return html`<a class=${look} href=${button.url} target="_blank" rel="noopener noreferrer"
                >${words}<i class="corner"><${Icon} name="away" size=${12} /></i
              ></a>`;
            const busy = pressed === button.callback_data || waiting.includes(button.callback_data ?? '');
            return html`<button class=${look} aria-busy=${busy} onClick=${() => press(button)}>
              ${words}${busy && html`<i class="corner spinner"></i>`}
            </button>`;
          })}
        </div>`,
    )}
  </div>`;
}

/** @param {{ attachment: NonNullable<TelegramBubble['attachment']>, seed: number }} props */
function Attachment({ attachment: { kind, label, url }, seed }) {
  switch (kind) {
    case 'photo':
      return url
        ? html`<img class="photo" src=${url} alt="Photo" />`
        : html`<div class="photo drawn" role="img" aria-label="Photo">
            <${Icon} name="camera" size=${34} />
          </div>`;
    case 'voice':
      return html`<div class="media">
        <span class="media-round"><${Icon} name="play" size=${22} /></span>
        <div class="media-text">
          <div class="wave" aria-hidden="true">
            ${waveform(seed).map((height) => html`<i class=${`h${height}`}></i>`)}
          </div>
          <small>Voice message, ${seconds(label)}</small>
        </div>
      </div>`;
    case 'document':
      return html`<div class="media">
        <span class="media-round"><${Icon} name="file" size=${22} /></span>
        <div class="media-text"><b>${label ?? 'Document'}</b><small>Document</small></div>
      </div>`;
    case 'contact':
      return html`<div class="media">
        <span class="media-round person"><${Icon} name="contact" size=${22} /></span>
        <div class="media-text"><b dir="auto">${label ?? 'Contact'}</b><small>Contact</small></div>
      </div>`;
    default:
      return html`<div class="photo map" role="img" aria-label="Location">
        <span><${Icon} name="pin" size=${34} /></span>
      </div>`;
  }
}

/** What a quote or a list line says of a message. @param {TelegramBubble} bubble */
export function summary({ text, attachment }) {
  if (text) return text;
  const kinds = {
    photo: 'Photo',
    voice: 'Voice message',
    document: 'Document',
    contact: 'Contact',
    location: 'Location',
  };
  return attachment ? (attachment.caption ?? kinds[attachment.kind]) : '';
}

/** @param {string | undefined} label */
function seconds(label) {
  if (!label || !/^\d+$/.test(label)) return label ?? '0:05';
  return `${Math.floor(Number(label) / 60)}:${String(Number(label) % 60).padStart(2, '0')}`;
}

/** Bars that look like speech and stay the same for a message. @param {number} seed */
function waveform(seed) {
  let state = seed * 2654435761;
  return Array.from({ length: 34 }, (_, i) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    const envelope = 0.55 + 0.45 * Math.sin(i / 2.7 + seed);
    return Math.max(1, Math.round((Math.abs(state) / 4294967296) * envelope * 9));
  });
}

/** @param {string} text */
const isFewEmoji = (text) => /^\p{RGI_Emoji}{1,3}$/v.test(text.trim());
