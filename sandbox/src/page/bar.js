import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { attempt, control } from './api.js';
import { CallsDrawer } from './calls-drawer.js';
import { useMenu } from './dialog.js';
import { Icon } from './icons.js';

const faults = /** @type {const} */ ([
  { label: 'Telegram is down', target: 'telegram', mode: 'down' },
  { label: 'Telegram takes calls and never answers', target: 'telegram', mode: 'hang' },
  { label: 'Telegram limits the rate', target: 'telegram', mode: 'rate-limit' },
  { label: 'Telegram applies, then drops', target: 'telegram', mode: 'apply-then-drop' },
  { label: 'Slack is down', target: 'slack', mode: 'down' },
  { label: 'Slack takes calls and never answers', target: 'slack', mode: 'hang' },
  { label: 'Slack limits the rate', target: 'slack', mode: 'rate-limit' },
  { label: 'Slack applies, then drops', target: 'slack', mode: 'apply-then-drop' },
]);

const seconds = 60;

/**
 * The slim bar: what this page is, which side is shown on a small screen, faults, calls, health, theme.
 * @param {{ side: 'phone' | 'desk', setSide: (side: 'phone' | 'desk') => void }} props
 */
export function Bar({ side, setSide }) {
  const [drawer, setDrawer] = useState(false);
  return html`<header class="bar">
      <p class="brand"><img src="/page/icon.svg" alt="" width="24" height="24" /><b>Helpline</b> sandbox</p>
      <div class="tabs" role="group" aria-label="Which side to show">
        <button aria-pressed=${side === 'phone'} onClick=${() => setSide('phone')}>
          <${Icon} name="phone" size=${17} />Phone
        </button>
        <button aria-pressed=${side === 'desk'} onClick=${() => setSide('desk')}>
          <${Icon} name="desk" size=${17} />Desk
        </button>
      </div>
      <nav class="bar-tools" aria-label="Tools">
        <${Faults} />
        <button class="bar-button" aria-expanded=${drawer} onClick=${() => setDrawer(!drawer)}>
          <${Icon} name="list" size=${17} /><span>API calls</span>
        </button>
        <a class="bar-button" href="/healthz" target="_blank" rel="noopener"
          ><${Icon} name="heart" size=${17} /><span>Health</span></a
        >
        <${Theme} />
      </nav>
    </header>
    ${drawer && html`<${CallsDrawer} onClose=${() => setDrawer(false)} />`}`;
}

function Faults() {
  const [open, setOpen] = useState(false);
  const [until, setUntil] = useState(/** @type {Record<string, { mode: string, at: number }>} */ ({}));
  const box = useMenu(open, () => setOpen(false));
  const running = Object.values(until).filter(({ at }) => at > Date.now()).length;
  const toggle = (/** @type {typeof faults[number]} */ { target, mode }, /** @type {boolean} */ on) =>
    attempt(async () => {
      if (!on) {
        await control('DELETE', 'faults');
        setUntil({});
        return;
      }
      await control('POST', 'faults', {
        target,
        mode,
        seconds,
        ...(mode === 'rate-limit' ? { retry_after: 3 } : {}),
      });
      setUntil((now) => ({ ...now, [target]: { mode, at: Date.now() + seconds * 1000 } }));
      setTimeout(() => setUntil((now) => ({ ...now })), seconds * 1000 + 50);
    });
  return html`<div class="menu-place" ref=${box}>
    <button
      class=${`bar-button ${running ? 'alarm' : ''}`}
      aria-expanded=${open}
      onClick=${() => setOpen(!open)}
    >
      <${Icon} name="fault" size=${17} /><span>${running ? `Faults: ${running}` : 'Faults'}</span>
    </button>
    ${
      open &&
      html`<div class="menu right wide">
        <p class="menu-note">Break a platform for ${seconds} seconds and see whether anything is lost.</p>
        ${faults.map((fault) => {
          const now = until[fault.target];
          const on = now?.mode === fault.mode && now.at > Date.now();
          return html`<button role="switch" aria-checked=${on} onClick=${() => toggle(fault, !on)}>
            <span>${fault.label}</span><i class="switch" aria-hidden="true"></i>
          </button>`;
        })}
      </div>`
    }
  </div>`;
}

function Theme() {
  const [theme, setTheme] = useState(() => document.documentElement.dataset['theme'] ?? '');
  const dark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const flip = () => {
    const next = dark ? 'light' : 'dark';
    const followsSystem = (next === 'dark') === matchMedia('(prefers-color-scheme: dark)').matches;
    if (followsSystem) {
      localStorage.removeItem('theme');
      delete document.documentElement.dataset['theme'];
    } else {
      localStorage.setItem('theme', next);
      document.documentElement.dataset['theme'] = next;
    }
    setTheme(next);
  };
  return html`<button class="bar-button" aria-label=${dark ? 'Light theme' : 'Dark theme'} onClick=${flip}>
    <${Icon} name=${dark ? 'sun' : 'moon'} size=${17} />
  </button>`;
}
