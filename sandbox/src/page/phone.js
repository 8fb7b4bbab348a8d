import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { announce, post, useView } from './api.js';
import { Bubble } from './bubble.js';
import { Composer } from './composer.js';
import { Dialog, useMenu } from './dialog.js';
import { scriptClass } from './entities.js';
import { Icon } from './icons.js';
import { samplesFor } from './people.js';

/** @import { TelegramBubble, TelegramChatView } from '../views.ts' */
/** @import { Person } from './people.js' */

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });

/** One family's phone, showing its chat with the bot. @param {{ person: Person }} props */
export function Phone({ person }) {
  const view = useView(
    `telegram/chats/${person.id}`,
    ({ target, user }) => target === 'telegram' && (user === undefined || Number(user) === person.id),
    /** @type {TelegramChatView | undefined} */ (undefined),
  );
  const [editing, setEditing] = useState(/** @type {TelegramBubble | undefined} */ (undefined));
  const [replying, setReplying] = useState(/** @type {TelegramBubble | undefined} */ (undefined));
  const [draft, setDraft] = useState('');
  const who = { user: person.id, name: person.name, language_code: person.phone };
  const say = (/** @type {string} */ text) => post('telegram/messages', { ...who, text });
  const bubbles = view?.bubbles ?? [];
  const botName = view?.bot.name ?? 'Citizen Helpline';

  useEffect(() => {
    if (!view?.typing) return undefined;
    // "typing…" ends by itself after five seconds, which nobody announces.
    const timer = setInterval(() => announce({ target: 'telegram', user: person.id }), 1000);
    return () => clearInterval(timer);
  }, [view?.typing]);

  const edit = (/** @type {TelegramBubble} */ bubble) => {
    setReplying(undefined);
    setEditing(bubble);
    setDraft(bubble.text ?? '');
  };
  const reply = (/** @type {TelegramBubble} */ bubble) => {
    setEditing(undefined);
    setReplying(bubble);
  };

  return html`<div class="phone">
    <${Header} view=${view} person=${person} botName=${botName} />
    <${Log} count=${bubbles.length} newest=${bubbles.at(-1)}>
      ${bubbles.length === 0 && html`<${EmptyChat} person=${person} onSay=${say} />`}
      ${byDay(bubbles).map(
        ({ label, inside }) =>
          html`<section class="day" key=${label} aria-label=${label}>
            <p class="pill"><span>${label}</span></p>
            <ol>
              ${inside.map(
                (bubble, i) =>
                  html`<${Bubble}
                    key=${bubble.message_id}
                    bubble=${bubble}
                    user=${person.id}
                    botName=${botName}
                    last=${inside[i + 1]?.from !== bubble.from}
                    repliedTo=${bubbles.find(({ message_id }) => message_id === bubble.reply_to_message_id)}
                    waiting=${(view?.waiting ?? []).filter((w) => w.message_id === bubble.message_id).map((w) => w.data)}
                    onCommand=${say}
                    onEdit=${() => edit(bubble)}
                    onReply=${() => reply(bubble)}
                  />`,
              )}
            </ol>
          </section>`,
      )}
    </${Log}>
    <${Composer}
      view=${view}
      person=${person}
      draft=${draft}
      setDraft=${setDraft}
      editing=${editing}
      replying=${replying}
      onDone=${() => {
        setEditing(undefined);
        setReplying(undefined);
      }}
      onEditLast=${() => {
        const own = bubbles.findLast((bubble) => bubble.from === 'person' && bubble.text);
        if (own) edit(own);
      }}
    />
    <${Answer} notice=${view?.notice} botName=${botName} />
  </div>`;
}

/** @param {{ view: TelegramChatView | undefined, person: Person, botName: string }} props */
function Header({ view, person, botName }) {
  const [open, setOpen] = useState(false);
  const menu = useMenu(open, () => setOpen(false));
  const block = (/** @type {boolean} */ blocked) => {
    setOpen(false);
    void post('telegram/blocks', { user: person.id, blocked });
  };
  return html`<header class="phone-header">
    <span class="face bot-face" aria-hidden="true"><${Icon} name="heart" size=${22} /></span>
    <div class="phone-title">
      <h1>${botName}</h1>
      <p aria-live="polite" class=${view?.typing ? 'typing' : ''}>
        ${view?.typing ? html`typing<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>` : 'bot'}
      </p>
    </div>
    <div class="menu-place" ref=${menu} hidden=${!view?.started}>
      <button
        class="icon-button"
        aria-label="Chat menu"
        aria-expanded=${open}
        onClick=${() => setOpen(!open)}
      >
        <${Icon} name="more" />
      </button>
      ${
        open &&
        html`<div class="menu right" role="menu">
          ${
            view?.blocked
              ? html`<button role="menuitem" onClick=${() => block(false)}>
                  <${Icon} name="check" />Unblock the bot
                </button>`
              : html`<button role="menuitem" class="danger" onClick=${() => block(true)}>
                  <${Icon} name="block" />Block the bot
                </button>`
          }
        </div>`
      }
    </div>
  </header>`;
}

/** @param {{ person: Person, onSay: (text: string) => void }} props */
function EmptyChat({ person, onSay }) {
  return html`<div class="empty-chat">
    <div class="about try">
      <b>Try it as a family would</b>
      <p>
        Press START, or write the way a worried person writes. Every button and form works; nothing leaves
        this computer.
      </p>
      <div class="samples">
        ${samplesFor(person.language)
          .slice(0, 2)
          .map(
            ({ text, meaning }) =>
              html`<button onClick=${() => onSay(text)}>
                <span dir="auto" class=${scriptClass(text)}>${text}</span
                >${meaning && html`<small>${meaning}</small>`}
              </button>`,
          )}
      </div>
      <p class="hint">Then look at <b>#triage</b> on the desk, where the case arrives.</p>
    </div>
  </div>`;
}

/**
 * The scrolling log: stays at the newest message unless one has scrolled up to read.
 * @param {{ count: number, newest: TelegramBubble | undefined, children: unknown }} props
 */
function Log({ count, newest, children }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const [away, setAway] = useState(false);
  const [moving, setMoving] = useState(false);
  const rest = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  const onScroll = () => {
    setAway(count > 0 && !near());
    setMoving(true);
    clearTimeout(rest.current);
    rest.current = setTimeout(() => setMoving(false), 900);
  };
  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });
  const near = () => {
    const element = box.current;
    return !element || element.scrollHeight - element.scrollTop - element.clientHeight < 140;
  };
  useEffect(() => {
    if (count > 0 && (!away || newest?.from === 'person')) toEnd();
  }, [count, newest?.message_id, newest?.edit_date]);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => {
      if (!away && count > 0) toEnd();
    });
    watch.observe(element);
    if (element.firstElementChild) watch.observe(element.firstElementChild);
    return () => watch.disconnect();
  }, [away, count > 0]);
  return html`<div class="phone-log-place">
    <div
      class=${`phone-log ${moving ? 'moving' : ''}`}
      role="log"
      aria-label="Chat"
      tabindex="0"
      ref=${box}
      onScroll=${onScroll}
    >
      <div class="phone-log-inside">${children}</div>
    </div>
    ${
      away &&
      html`<button class="to-end icon-button" aria-label="Go to the newest message" onClick=${toEnd}>
        <${Icon} name="chevron" />
      </button>`
    }
  </div>`;
}

/** A toast or a dialog: what the bot answered to a pressed button. @param {{ notice: TelegramChatView['notice'], botName: string }} props */
function Answer({ notice, botName }) {
  const [shown, setShown] = useState(false);
  const at = notice?.at ?? 0;
  useEffect(() => {
    // An old answer is not shown again when the chat is opened later.
    const fresh = notice && Date.now() - (at < 1e11 ? at * 1000 : at) < 6000;
    setShown(Boolean(fresh));
    if (!fresh || notice.alert) return undefined;
    const timer = setTimeout(() => setShown(false), 4000);
    return () => clearTimeout(timer);
  }, [at]);
  if (!shown || !notice?.text) return null;
  if (!notice.alert) return html`<p class="toast" role="status"><span dir="auto">${notice.text}</span></p>`;
  return html`<${Dialog} title=${botName} onClose=${() => setShown(false)}>
    <p dir="auto" class=${scriptClass(notice.text)}>${notice.text}</p>
    <div class="dialog-buttons">
      <button class="button primary" onClick=${() => setShown(false)}>OK</button>
    </div>
  </${Dialog}>`;
}

/** @param {TelegramBubble[]} bubbles */
function byDay(bubbles) {
  /** @type {{ label: string, inside: TelegramBubble[] }[]} */
  const days = [];
  for (const bubble of bubbles) {
    const date = new Date(bubble.date * 1000);
    const label = date.toDateString() === new Date().toDateString() ? 'Today' : day.format(date);
    if (days.at(-1)?.label !== label) days.push({ label, inside: [] });
    days.at(-1)?.inside.push(bubble);
  }
  return days;
}
