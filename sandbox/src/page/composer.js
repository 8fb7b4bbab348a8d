import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { attempt, control, post } from './api.js';
import { summary } from './bubble.js';
import { Dialog, useMenu } from './dialog.js';
import { scriptClass } from './entities.js';
import { Icon } from './icons.js';
import { samplesFor } from './people.js';

/** @import { TelegramBubble, TelegramChatView } from '../views.ts' */
/** @import { Person } from './people.js' */
/** @import { IconName } from './icons.js' */

/** What the paper clip offers: a label, an icon, and the part of a control message it becomes. */
const attachments =
  /** @type {{ label: string, icon: IconName, part: (caption: object, person: Person) => object }[]} */ ([
    { label: 'Photo', icon: 'camera', part: (caption) => ({ photo: { ...caption } }) },
    { label: 'Voice note', icon: 'mic', part: (caption) => ({ voice: { ...caption, duration: 14 } }) },
    {
      label: 'Document',
      icon: 'file',
      part: (caption) => ({
        document: { ...caption, file_name: 'contract-page-1.pdf', mime_type: 'application/pdf' },
      }),
    },
    {
      label: 'My phone number',
      icon: 'phone',
      part: (_, person) => ({
        contact: { phone_number: '+919800000000', first_name: person.name, own: true },
      }),
    },
    {
      label: 'Somebody’s contact',
      icon: 'contact',
      part: () => ({ contact: { phone_number: '+79000000000', first_name: 'Agent' } }),
    },
    { label: 'Location', icon: 'pin', part: () => ({ location: { latitude: 55.75, longitude: 37.62 } }) },
  ]);

/**
 * Everything below the chat: what is edited or answered, the field, the menus, the reply keyboard, START and the blocked state.
 * @param {{
 *   view: TelegramChatView | undefined, person: Person, draft: string, setDraft: (text: string) => void,
 *   editing: TelegramBubble | undefined, replying: TelegramBubble | undefined, onDone: () => void, onEditLast: () => void
 * }} props
 */
export function Composer({ view, person, draft, setDraft, editing, replying, onDone, onEditLast }) {
  const [menu, setMenu] = useState(/** @type {'attach' | 'commands' | 'samples' | undefined} */ (undefined));
  const [keyboardHidden, setKeyboardHidden] = useState(false);
  const [asking, setAsking] = useState(false);
  const box = useMenu(menu !== undefined, () => setMenu(undefined));
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const who = { user: person.id, name: person.name, language_code: person.phone };
  const send = (/** @type {object} */ part) => {
    setMenu(undefined);
    return attempt(async () => {
      await control('POST', 'telegram/messages', { ...who, ...part });
      return true;
    });
  };

  useEffect(() => {
    if (editing || replying) field.current?.focus();
  }, [editing, replying]);
  useEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 140)}px`;
  }, [draft, view?.blocked]);

  const submit = async () => {
    const text = draft.trim();
    if (!text) return;
    setDraft('');
    const sent = editing
      ? await send({ edit_message_id: editing.message_id, text })
      : await send({ text, ...(replying ? { reply_to_message_id: replying.message_id } : {}) });
    if (sent) onDone();
    // Nobody should have to type a message twice because the sandbox refused it.
    else setDraft(draft);
  };
  const cancel = () => {
    if (editing) setDraft('');
    onDone();
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    } else if (event.key === 'Escape' && (editing || replying)) cancel();
    else if (event.key === 'ArrowUp' && draft === '') {
      event.preventDefault();
      onEditLast();
    }
  };
  const toggle = (/** @type {typeof menu} */ name) => setMenu(menu === name ? undefined : name);
  const caption = draft.trim() ? { caption: draft.trim() } : {};

  if (view?.blocked)
    return html`<div class="phone-foot">
      <button
        class="foot-button danger"
        onClick=${() => post('telegram/blocks', { user: person.id, blocked: false })}
      >
        UNBLOCK
      </button>
    </div>`;

  const keyboard = view?.keyboard;
  return html`<div class="phone-foot" ref=${box}>
    ${
      !view?.started &&
      html`<button class="foot-button" onClick=${() => send({ text: '/start' })}>START</button>`
    }
    ${
      (editing || replying) &&
      html`<div class="foot-strip">
        <${Icon} name=${editing ? 'edit' : 'back'} />
        <div>
          <b>${editing ? 'Edit message' : 'Reply'}</b
          ><span dir="auto">${summary(editing ?? replying ?? emptyBubble)}</span>
        </div>
        <button class="icon-button" aria-label="Cancel" onClick=${cancel}><${Icon} name="close" /></button>
      </div>`
    }
    <form
      class="foot-line"
      onSubmit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        void submit();
      }}
    >
      ${
        view?.commands.length
          ? html`<button
              type="button"
              class="command-button"
              aria-label="Commands"
              aria-expanded=${menu === 'commands'}
              onClick=${() => toggle('commands')}
            >
              <${Icon} name="list" size=${18} />
            </button>`
          : null
      }
      <div class="foot-field">
        <button
          type="button"
          class="icon-button"
          aria-label="Sample messages"
          title="Sample messages"
          aria-expanded=${menu === 'samples'}
          onClick=${() => toggle('samples')}
        >
          <${Icon} name="spark" />
        </button>
        <textarea
          ref=${field}
          rows="1"
          dir="auto"
          class=${scriptClass(draft)}
          aria-label="Message"
          placeholder=${keyboard?.placeholder ?? 'Message'}
          value=${draft}
          onInput=${(/** @type {{ currentTarget: HTMLTextAreaElement }} */ event) => setDraft(event.currentTarget.value)}
          onKeyDown=${onKey}
        ></textarea>
        ${
          keyboard &&
          html`<button
            type="button"
            class="icon-button"
            aria-label=${keyboardHidden ? 'Show the keyboard' : 'Hide the keyboard'}
            onClick=${() => setKeyboardHidden(!keyboardHidden)}
          >
            <${Icon} name="keyboard" />
          </button>`
        }
        <button
          type="button"
          class="icon-button"
          aria-label="Attach"
          aria-expanded=${menu === 'attach'}
          onClick=${() => toggle('attach')}
        >
          <${Icon} name="attach" />
        </button>
      </div>
      <button type="submit" class="send" aria-label=${editing ? 'Save' : 'Send'} disabled=${!draft.trim()}>
        <${Icon} name=${editing ? 'check' : 'send'} size=${22} />
      </button>
    </form>
    ${
      keyboard &&
      !keyboardHidden &&
      html`<div class="reply-keyboard">
        ${keyboard.rows.map(
          (row) =>
            html`<div>
              ${row.map(
                ({ text, request_contact }) =>
                  html`<button
                    dir="auto"
                    class=${scriptClass(text)}
                    onClick=${() => (request_contact ? setAsking(true) : void post('telegram/presses', { user: person.id, label: text }))}
                  >
                    ${text}
                  </button>`,
              )}
            </div>`,
        )}
      </div>`
    }
    ${
      menu === 'attach' &&
      html`<div class="menu up right" role="menu">
        ${attachments.map(
          ({ label, icon, part }) =>
            html`<button
              role="menuitem"
              onClick=${async () => {
                if (await send(part(caption, person))) setDraft('');
              }}
            >
              <${Icon} name=${icon} />${label}
            </button>`,
        )}
      </div>`
    }
    ${
      menu === 'commands' &&
      html`<div class="menu up left wide" role="menu">
        ${view?.commands.map(
          ({ command, description }) =>
            html`<button role="menuitem" onClick=${() => send({ text: `/${command}` })}>
              <b>/${command}</b><span dir="auto">${description}</span>
            </button>`,
        )}
      </div>`
    }
    ${
      menu === 'samples' &&
      html`<div class="menu up left wide samples" role="menu" aria-label="Sample messages">
        ${samplesFor(person.language).map(
          ({ text, meaning }) =>
            html`<button
              role="menuitem"
              onClick=${() => {
                setDraft(text);
                setMenu(undefined);
                field.current?.focus();
              }}
            >
              <span dir="auto" class=${scriptClass(text)}>${text}</span
              >${meaning && html`<small>${meaning}</small>`}
            </button>`,
        )}
      </div>`
    }
    ${
      asking &&
      html`<${Dialog} title="Share your phone number?" onClose=${() => setAsking(false)}>
        <p>The bot will know the number of this phone.</p>
        <div class="dialog-buttons">
          <button class="button" onClick=${() => setAsking(false)}>Cancel</button>
          <button
            class="button primary"
            onClick=${() => {
              setAsking(false);
              void send({ contact: { phone_number: '+919800000000', first_name: person.name, own: true } });
            }}
          >
            Share
          </button>
        </div>
      </${Dialog}>`
    }
  </div>`;
}

/** @type {TelegramBubble} */
const emptyBubble = { message_id: 0, from: 'person', date: 0 };
