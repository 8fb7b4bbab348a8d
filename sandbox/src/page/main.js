import { html, render } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { followEvents, onNotice, useOnline } from './api.js';
import { Bar } from './bar.js';
import { Desk } from './desk.js';
import { Families } from './families.js';
import { Icon } from './icons.js';

function App() {
  const [side, setSide] = useState(/** @type {'phone' | 'desk'} */ ('phone'));
  return html`
    <${Bar} side=${side} setSide=${setSide} />
    <${Offline} />
    <main class="stage" data-side=${side}>
      <${Families} />
      <${Desk} />
    </main>
    <${Notices} />
  `;
}

function Offline() {
  const online = useOnline();
  if (online) return null;
  return html`<p class="offline" role="status">
    <span class="spinner" aria-hidden="true"></span>The sandbox has stopped answering. Trying to reach it
    again…
  </p>`;
}

function Notices() {
  const [notices, setNotices] = useState(/** @type {{ id: number, text: string }[]} */ ([]));
  useEffect(() => {
    let last = 0;
    return onNotice((text) => {
      const id = ++last;
      setNotices((shown) => [...shown.slice(-3), { id, text }]);
      setTimeout(() => setNotices((shown) => shown.filter((notice) => notice.id !== id)), 8000);
    });
  }, []);
  const drop = (/** @type {number} */ id) =>
    setNotices((shown) => shown.filter((notice) => notice.id !== id));
  return html`<div class="notices" role="alert">
    ${notices.map(
      ({ id, text }) =>
        html`<p class="notice" key=${id}>
          <${Icon} name="warning" /><span>${text}</span>
          <button class="icon-button" aria-label="Dismiss" onClick=${() => drop(id)}>
            <${Icon} name="close" />
          </button>
        </p>`,
    )}
  </div>`;
}

const place = document.getElementById('app');
if (place) {
  place.replaceChildren();
  render(html`<${App} />`, place);
  followEvents();
}
