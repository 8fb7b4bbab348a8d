import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { control } from './api.js';
import { Icon } from './icons.js';

/** @import { CallView } from '../views.ts' */

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const most = 200;

/** The API calls that the helpline made, newest first. @param {{ onClose: () => void }} props */
export function CallsDrawer({ onClose }) {
  const [calls, setCalls] = useState(/** @type {CallView[]} */ ([]));
  const [target, setTarget] = useState(/** @type {'' | 'telegram' | 'slack'} */ (''));
  const [polls, setPolls] = useState(false);

  useEffect(() => {
    const load = async () => {
      const query = target ? `?target=${target}` : '';
      const list = await control('GET', `calls${query}`).catch(() => undefined);
      if (Array.isArray(list)) setCalls(list);
    };
    void load();
    const timer = setInterval(() => void load(), 1500);
    return () => clearInterval(timer);
  }, [target]);
  useEffect(() => {
    const onKey = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Escape') onClose();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  const shown = calls
    .filter(({ method }) => polls || method !== 'getUpdates')
    .slice(-most)
    .toReversed();
  return html`<aside class="drawer" aria-label="API calls">
    <header>
      <h2>API calls</h2>
      <div class="tabs always" role="group" aria-label="Platform">
        ${
          /** @type {const} */ (['', 'telegram', 'slack']).map(
            (each) =>
              html`<button aria-pressed=${target === each} onClick=${() => setTarget(each)}>
                ${each === '' ? 'All' : each === 'slack' ? 'Slack' : 'Telegram'}
              </button>`,
          )
        }
      </div>
      <label class="check"
        ><input type="checkbox" checked=${polls} onChange=${() => setPolls(!polls)} /> polls</label
      >
      <a href="/control/calls" target="_blank" rel="noopener">JSON</a>
      <button class="icon-button" aria-label="Close" onClick=${onClose}><${Icon} name="close" /></button>
    </header>
    <div class="calls" tabindex="0">
      ${shown.length === 0 && html`<p class="hint">None yet. Is the helpline running?</p>`}
      ${shown.map(
        (call) =>
          html`<details
            key=${`${call.at} ${call.method}`}
            class=${call.fault || call.status >= 400 ? 'bad' : ''}
          >
            <summary>
              <time>${clock.format(call.at)}</time><b class=${`of-${call.target}`}>${call.method}</b>
              <span>${call.fault ?? call.status}</span><span class="took">${Math.round(call.took)} ms</span>
            </summary>
            <pre>${JSON.stringify(call.arguments, undefined, 2)}</pre>
            <pre>${JSON.stringify(call.answer, undefined, 2)}</pre>
          </details>`,
      )}
    </div>
  </aside>`;
}
