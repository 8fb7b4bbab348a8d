import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { attempt, control, useView } from './api.js';
import { counted } from './counted.js';
import { Icon } from './icons.js';
import { Message, dayOf, isFollowUp } from './message.js';
import { SlackComposer } from './slack-composer.js';

/** @import { SlackChannelView, SlackMessageView } from '../views.ts' */
/** @import { Names } from './mrkdwn.js' */

/**
 * A channel or the direct message with the app, and beside it the thread that is open.
 * @param {{
 *   id: string | undefined, target: string, kind: SlackChannelView['kind'], name: string, members: number | undefined,
 *   me: string, names: Names
 * }} props
 */
export function Channel({ id, target, kind, name, members, me, names }) {
  const view = useView(
    id && `slack/channels/${id}`,
    ({ target, channel }) => target === 'slack' && (channel === undefined || channel === id),
    /** @type {SlackChannelView | undefined} */ (undefined),
  );
  const [thread, setThread] = useState(/** @type {string | undefined} */ (undefined));
  const [dismissed, setDismissed] = useState(/** @type {string[]} */ ([]));

  const visible = (/** @type {SlackMessageView} */ message) =>
    (!message.ephemeral_for || message.ephemeral_for === me) && !dismissed.includes(message.ts);
  const messages = (view?.messages ?? []).filter(visible).toSorted((a, b) => Number(a.ts) - Number(b.ts));
  const parent = thread ? messages.find((message) => message.ts === thread) : undefined;
  const inThread = parent ? [parent, ...threadOf(parent, messages).filter(visible)] : [];
  const title = html`<${Icon}
      name=${kind === 'dm' ? 'heart' : kind === 'private' ? 'lock' : 'hash'}
      size=${17}
    />${name}`;

  const send = (/** @type {string} */ text, /** @type {string | undefined} */ thread_ts) =>
    attempt(async () => {
      const slash = /^\/([a-z0-9_-]+)\s*([\s\S]*)$/.exec(text);
      if (!slash)
        return control('POST', 'slack/messages', {
          user: me,
          channel: target,
          text,
          ...(thread_ts ? { thread_ts } : {}),
        });
      if (thread_ts) throw new Error(`/${slash[1]} is not supported in threads. Sorry!`);
      return control('POST', 'slack/commands', {
        user: me,
        channel: target,
        command: `/${slash[1]}`,
        text: slash[2] ?? '',
      });
    });
  const dismiss = (/** @type {string} */ ts) => setDismissed((already) => [...already, ts]);
  const one = (
    /** @type {SlackMessageView} */ message,
    /** @type {SlackMessageView | undefined} */ before,
    inPane = false,
  ) =>
    html`<${Message}
      key=${message.ts}
      message=${message}
      channel=${id ?? target}
      me=${me}
      names=${names}
      compact=${isFollowUp(message, before) && !(isReply(message) && !inPane)}
      broadcast=${isReply(message) && !inPane}
      onThread=${inPane ? undefined : () => setThread(isReply(message) ? message.thread_ts : message.ts)}
      onDismiss=${() => dismiss(message.ts)}
      replies=${inPane ? [] : threadOf(message, messages)}
    />`;

  return html`<div class="slack-main">
      <header class="slack-header">
        <h2>${title}</h2>
        ${members ? html`<span class="member-count"><${Icon} name="contact" size=${15} />${members}</span>` : null}
      </header>
      <${ScrollLog} label=${name} newest=${messages.at(-1)?.ts}>
        ${messages.length === 0 && html`<${EmptyChannel} kind=${kind} name=${name} />`}
        ${messages.map((message, i) => {
          const before = messages[i - 1];
          const newDay = !before || dayOf(before) !== dayOf(message);
          return [
            newDay && html`<hr class="slack-day-line" key=${`line ${message.ts}`} />`,
            newDay && html`<p class="slack-day" key=${`day ${message.ts}`}>${dayOf(message)}</p>`,
            one(message, newDay ? undefined : before),
          ];
        })}
      </${ScrollLog}>
      <${SlackComposer}
        placeholder=${kind === 'dm' ? `Message ${name}` : `Message #${name}`}
        onSend=${(/** @type {string} */ text) => send(text, undefined)}
      />
    </div>
    ${
      parent &&
      html`<aside class="thread" aria-label="Thread">
        <header class="slack-header">
          <h2>Thread</h2>
          <span class="member-count">${kind === 'dm' ? name : `#${name}`}</span>
          <button class="icon-button" aria-label="Close the thread" onClick=${() => setThread(undefined)}>
            <${Icon} name="close" />
          </button>
        </header>
        <${ScrollLog} label="Thread" newest=${inThread.at(-1)?.ts}>
          ${inThread.map((message, i) => [
            i === 1 &&
              html`<div class="reply-count" key="count"><span>${counted(inThread.length - 1)}</span></div>`,
            one(message, i > 1 ? inThread[i - 1] : undefined, true),
          ])}
        </${ScrollLog}>
        <${SlackComposer}
          key=${parent.ts}
          placeholder="Reply…"
          onSend=${(/** @type {string} */ text) => send(text, parent.ts)}
        />
      </aside>`
    }`;
}

/** Said in a thread, and shown in the channel all the same. @param {SlackMessageView} message */
const isReply = ({ ts, thread_ts }) => Boolean(thread_ts && thread_ts !== ts);

/**
 * A thread's replies, wherever the view keeps them.
 * @param {SlackMessageView} parent
 * @param {SlackMessageView[]} all
 */
function threadOf(parent, all) {
  const loose = all.filter((message) => message.thread_ts === parent.ts && message.ts !== parent.ts);
  const kept = parent.replies ?? [];
  return [...kept, ...loose.filter((message) => !kept.some(({ ts }) => ts === message.ts))];
}

/** @param {{ label: string, newest: string | undefined, children: unknown }} props */
function ScrollLog({ label, newest, children }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const follow = useRef(true);
  useEffect(() => {
    const element = box.current;
    const inside = element?.firstElementChild;
    if (!element || !inside) return undefined;
    const toEnd = () => {
      if (follow.current) element.scrollTop = element.scrollHeight;
    };
    toEnd();
    const watch = new ResizeObserver(toEnd);
    watch.observe(inside);
    watch.observe(element);
    return () => watch.disconnect();
  }, [newest]);
  const onScroll = (/** @type {{ currentTarget: HTMLElement }} */ { currentTarget: log }) => {
    follow.current = log.scrollHeight - log.scrollTop - log.clientHeight < 120;
  };
  return html`<div
    class="slack-log"
    role="log"
    aria-label=${label}
    tabindex="0"
    ref=${box}
    onScroll=${onScroll}
  >
    <div class="slack-log-inside">${children}</div>
  </div>`;
}

/** @param {{ kind: string, name: string }} props */
function EmptyChannel({ kind, name }) {
  return html`<div class="slack-empty">
    <span class="locked-mark"><${Icon} name=${kind === 'dm' ? 'heart' : 'thread'} size=${30} /></span>
    ${
      kind === 'dm'
        ? html`<h3>This is between you and ${name}</h3>
            <p>Write to the app here, or open its home in the sidebar.</p>`
        : html`<h3>No cases yet</h3>
            <p>
              Write to the bot from a family’s phone. When a case opens, its card appears here: take it, read
              it, answer it. What is said in a card’s thread stays inside the desk.
            </p>`
    }
  </div>`;
}
