import { html } from 'htm/preact';
import { pressing } from './api.js';
import { Blocks } from './blocks.js';
import { counted } from './counted.js';
import { Icon } from './icons.js';
import { Text } from './mrkdwn.js';
import { SquareFace } from './square-face.js';

/** @import { SlackMessageView } from '../views.ts' */
/** @import { BlockPlace } from './block-kit.ts' */
/** @import { Names } from './mrkdwn.js' */

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const shortClock = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit' });
const longDay = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

/** Slack makes links of the addresses that a person types. @param {string} text */
const linked = (text) => text.replace(/(?<![<|])https?:\/\/[^\s<>|]+/g, '<$&>');

const when = (/** @type {SlackMessageView} */ { ts }) => new Date(Number(ts) * 1000);

/** @param {SlackMessageView} message */
export function dayOf(message) {
  const date = when(message);
  return date.toDateString() === new Date().toDateString() ? 'Today' : longDay.format(date);
}

/**
 * Messages of one person within five minutes share one name and picture.
 * @param {SlackMessageView} message
 * @param {SlackMessageView | undefined} before
 */
export const isFollowUp = (message, before) =>
  Boolean(
    before &&
    before.user.id === message.user.id &&
    !before.ephemeral_for === !message.ephemeral_for &&
    Number(message.ts) - Number(before.ts) < 300,
  );

/**
 * @param {{
 *   message: SlackMessageView, channel: string, me: string, names: Names, compact: boolean, replies: SlackMessageView[],
 *   broadcast: boolean,
 *   onThread?: (() => void) | undefined, onDismiss: () => void
 * }} props
 */
export function Message({ message, channel, me, names, compact, broadcast, replies, onThread, onDismiss }) {
  const { user, ts, text, blocks, edited } = message;
  /** @type {BlockPlace} */
  const place = {
    names,
    folds: true,
    press: pressing({ user: me, channel, ts }),
  };
  const time = when(message);
  const mark = edited && html`<span class="edited"> (edited)</span>`;
  return html`<article
    class=${`message ${compact ? 'compact' : ''} ${message.ephemeral_for ? 'ephemeral' : ''}`}
    data-ts=${ts}
  >
    <div class="message-side">
      ${
        compact
          ? html`<time class="side-time">${shortClock.format(time)}</time>`
          : html`<${SquareFace} id=${user.id} name=${user.name} app=${user.bot} />`
      }
    </div>
    <div class="message-body">
      ${
        message.ephemeral_for &&
        html`<p class="only-you">
          <${Icon} name="eye" size=${14} />Only visible to you ·
          <button class="as-link" onClick=${onDismiss}>Dismiss message</button>
        </p>`
      }
      ${
        !compact &&
        html`<p class="message-head">
          <b>${user.name}</b>${user.bot && html`<small class="app-tag">APP</small>`}
          <time datetime=${time.toISOString()}>${clock.format(time)}</time>
        </p>`
      }
      ${broadcast && html`<p class="from-thread">replied to <button class="as-link" onClick=${onThread}>a thread</button></p>`}
      ${
        user.bot && blocks?.length
          ? html`<${Blocks} blocks=${blocks} place=${place} />${mark}`
          : html`<div class="message-text">
              <${Text} text=${user.bot ? text : linked(text)} names=${names} />${mark}
            </div>`
      }
      ${
        onThread &&
        replies.length > 0 &&
        html`<button class="reply-link" onClick=${onThread}>
          ${[...new Map(replies.map((reply) => [reply.user.id, reply.user])).values()]
            .slice(0, 4)
            .map((each) => html`<${SquareFace} id=${each.id} name=${each.name} app=${each.bot} />`)}
          <b>${counted(replies.length)}</b><span>View thread</span>
        </button>`
      }
    </div>
    ${
      onThread &&
      !message.ephemeral_for &&
      html`<button
        class="message-action"
        aria-label="Reply in thread"
        title="Reply in thread"
        onClick=${onThread}
      >
        <${Icon} name="thread" size=${18} />
      </button>`
    }
  </article>`;
}
