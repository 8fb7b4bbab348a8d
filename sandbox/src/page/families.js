import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { useView } from './api.js';
import { Dialog } from './dialog.js';
import { scriptClass } from './entities.js';
import { Icon } from './icons.js';
import { colourOf, initials, keepOwnPeople, languages, ownPeople, seeded } from './people.js';
import { Phone } from './phone.js';

/** @import { TelegramChatEntry } from '../views.ts' */

const seenKey = 'seen';

/** The families on the left and the phone of the one that is chosen. */
export function Families() {
  const chats = useView(
    'telegram/chats',
    (change) => change.target === 'telegram',
    /** @type {TelegramChatEntry[]} */ ([]),
  );
  const [own, setOwn] = useState(ownPeople);
  const [chosen, setChosen] = useState(() => Number(localStorage.getItem('person')) || seeded[0]?.id || 0);
  const [seen, setSeen] = useState(readSeen);
  const [adding, setAdding] = useState(false);

  const known = [...seeded, ...own];
  const others = chats
    .filter((chat) => !known.some((person) => person.id === chat.user))
    .map((chat) => ({
      id: chat.user,
      name: chat.name,
      language: chat.language_code ?? 'en',
      phone: chat.language_code ?? 'en',
    }));
  const people = [...known, ...others];
  const person = people.find(({ id }) => id === chosen) ?? people[0];
  const lastOf = (/** @type {number} */ id) => chats.find((chat) => chat.user === id)?.last;
  const unread = (/** @type {number} */ id) => {
    const last = lastOf(id);
    return id !== person?.id && last?.from === 'bot' && last.message_id > (seen[id] ?? 0);
  };
  const latest = person && lastOf(person.id)?.message_id;

  useEffect(() => {
    if (!person || !latest || seen[person.id] === latest) return;
    const next = { ...seen, [person.id]: latest };
    localStorage.setItem(seenKey, JSON.stringify(next));
    setSeen(next);
  }, [person?.id, latest]);

  const choose = (/** @type {number} */ id) => {
    localStorage.setItem('person', String(id));
    setChosen(id);
  };
  const add = (/** @type {string} */ name, /** @type {string} */ language) => {
    const id = Math.max(820000, ...people.map((person) => person.id)) + 1;
    const next = [...own, { id, name, language, phone: language.split('-')[0] ?? 'en' }];
    keepOwnPeople(next);
    setOwn(next);
    setAdding(false);
    choose(id);
  };

  return html`<section class="families" aria-label="Families on Telegram">
    <nav class="rail" aria-label="Families">
      ${people.map(
        (each) =>
          html`<button
            key=${each.id}
            class="rail-person"
            aria-current=${each.id === person?.id}
            title=${each.name}
            onClick=${() => choose(each.id)}
          >
            <${Face} person=${each} />
            <span class=${`rail-name ${scriptClass(each.name)}`} dir="auto">${each.name}</span>
            <span class="rail-language" dir="auto">${languages[each.language] ?? each.language}</span>
            ${unread(each.id) && html`<span class="unread" role="img" aria-label="New message"></span>`}
          </button>`,
      )}
      <button class="rail-person add" onClick=${() => setAdding(true)}>
        <span class="face"><${Icon} name="plus" /></span>
        <span class="rail-name">New family…</span>
      </button>
    </nav>
    ${person && html`<${Phone} key=${person.id} person=${person} />`}
    ${adding && html`<${NewFamily} onAdd=${add} onClose=${() => setAdding(false)} />`}
  </section>`;
}

/** @param {{ person: { id: number, name: string } }} props */
function Face({ person }) {
  return html`<span class=${`face tint${colourOf(person.id)}`} aria-hidden="true"
    >${initials(person.name)}</span
  >`;
}

/** @param {{ onAdd: (name: string, language: string) => void, onClose: () => void }} props */
function NewFamily({ onAdd, onClose }) {
  const [name, setName] = useState('');
  const [language, setLanguage] = useState('hi');
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (name.trim()) onAdd(name.trim(), language);
  };
  return html`<${Dialog} title="New family" onClose=${onClose}>
    <form class="plain-form" onSubmit=${submit}>
      <label>
        Name on Telegram
        <input
          value=${name}
          maxlength="64"
          dir="auto"
          required
          onInput=${(/** @type {{ currentTarget: HTMLInputElement }} */ event) => setName(event.currentTarget.value)}
        />
      </label>
      <label>
        Writes in
        <select
          value=${language}
          onChange=${(/** @type {{ currentTarget: HTMLSelectElement }} */ event) => setLanguage(event.currentTarget.value)}
        >
          ${Object.entries(languages).map(([code, label]) => html`<option value=${code}>${label}</option>`)}
        </select>
      </label>
      <p class="hint">Nobody real: the sandbox only pretends to be Telegram.</p>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick=${onClose}>Cancel</button>
        <button type="submit" class="button primary" disabled=${!name.trim()}>Add</button>
      </div>
    </form>
  </${Dialog}>`;
}

/** @returns {Record<number, number>} the newest message seen in each chat */
function readSeen() {
  try {
    /** @type {unknown} */
    const kept = JSON.parse(localStorage.getItem(seenKey) ?? '{}');
    return kept && typeof kept === 'object' ? { ...kept } : {};
  } catch {
    return {};
  }
}
