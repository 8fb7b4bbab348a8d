import { html } from 'htm/preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { post, useView } from './api.js';
import { Channel } from './channel.js';
import { useMenu } from './dialog.js';
import { Home } from './home.js';
import { Icon } from './icons.js';
import { Modals } from './modal.js';
import { SquareFace } from './square-face.js';

/** @import { SlackChannelEntry, SlackUserEntry } from '../views.ts' */
/** @import { IconName } from './icons.js' */

/**
 * Where one is: a channel's id, the direct message with the app, or the app's home.
 * @typedef {{ kind: 'channel', id: string } | { kind: 'dm' } | { kind: 'home' }} Place
 */

/** @type {SlackUserEntry[]} */
const nobodyYet = [{ id: 'UMEERA', name: 'Meera Nair', bot: false }];

const concerns = (/** @type {{ target: string }} */ { target }) => target === 'slack';

/** The desk's Slack: who one is, the sidebar, the channel or the home tab, and the modal on top. */
export function Desk() {
  const users = useView('slack/users', concerns, nobodyYet);
  const channels = useView('slack/channels', concerns, /** @type {SlackChannelEntry[]} */ ([]));
  const [chosen, setChosen] = useState(() => localStorage.getItem('me') ?? 'UMEERA');
  const [place, setPlace] = useState(/** @type {Place | undefined} */ (undefined));

  const people = users.filter((user) => !user.bot);
  const app = users.find((user) => user.bot && user.id !== 'USLACKBOT');
  const me = people.find((user) => user.id === chosen) ?? people[0];
  const names = useMemo(
    () => new Map([...users, ...channels].map(({ id, name }) => [id, name])),
    [JSON.stringify([users, channels.map(({ id, name }) => [id, name])])],
  );
  if (!me) return null;

  const rooms = channels.filter((channel) => channel.kind !== 'dm');
  const dm = channels.find(
    (channel) => channel.kind === 'dm' && channel.members.some(({ id }) => id === me.id),
  );
  const here = place ?? (rooms[0] ? { kind: 'channel', id: rooms[0].id } : { kind: 'dm' });
  const room = here.kind === 'channel' ? rooms.find((channel) => channel.id === here.id) : undefined;
  const appName = app?.name ?? 'Helpline';
  const choose = (/** @type {string} */ id) => {
    localStorage.setItem('me', id);
    setChosen(id);
  };

  return html`<section class="desk" aria-label="The desk in Slack">
    <div class="slack">
      <nav class="slack-side" aria-label="Slack">
        <div class="workspace"><b>Helpline desk</b><small>Slack, emulated</small></div>
        <ul>
          <${SideItem}
            icon="home"
            label=${`${appName} home`}
            current=${here.kind === 'home'}
            onOpen=${() => setPlace({ kind: 'home' })}
          />
        </ul>
        <h2>Channels</h2>
        <ul>
          ${rooms.map(
            (channel) =>
              html`<${SideItem}
                key=${channel.id}
                icon=${channel.kind === 'private' ? 'lock' : 'hash'}
                label=${channel.name}
                current=${here.kind === 'channel' && here.id === channel.id}
                onOpen=${() => setPlace({ kind: 'channel', id: channel.id })}
              />`,
          )}
        </ul>
        <h2>Direct messages</h2>
        <ul>
          <${SideItem}
            icon="heart"
            label=${appName}
            tag="APP"
            current=${here.kind === 'dm'}
            onOpen=${() => setPlace({ kind: 'dm' })}
          />
        </ul>
        <${WhoAmI} me=${me} people=${people} onChoose=${choose} />
      </nav>
      ${
        here.kind === 'home'
          ? html`<${Home} key=${me.id} user=${me.id} appName=${appName} names=${names} />`
          : room && room.kind === 'private' && !room.members.some(({ id }) => id === me.id)
            ? html`<${Locked} room=${room} me=${me} />`
            : html`<${Channel}
                key=${`${me.id} ${here.kind === 'dm' ? 'dm' : here.id}`}
                id=${here.kind === 'dm' ? dm?.id : here.id}
                target=${here.kind === 'dm' ? 'dm' : here.id}
                kind=${here.kind === 'dm' ? 'dm' : (room?.kind ?? 'channel')}
                name=${here.kind === 'dm' ? appName : (room?.name ?? '')}
                members=${room?.members.length}
                me=${me.id}
                names=${names}
              />`
      }
    </div>
    <${Modals} key=${`modals ${me.id}`} user=${me.id} names=${names} />
  </section>`;
}

/** @param {{ icon: IconName, label: string, tag?: string, current: boolean, onOpen: () => void }} props */
function SideItem({ icon, label, tag, current, onOpen }) {
  return html`<li>
    <button class="side-item" aria-current=${current ? 'page' : undefined} onClick=${onOpen}>
      <${Icon} name=${icon} size=${17} /><span>${label}</span
      >${tag && html`<small class="app-tag">${tag}</small>`}
    </button>
  </li>`;
}

/** @param {{ me: SlackUserEntry, people: SlackUserEntry[], onChoose: (id: string) => void }} props */
function WhoAmI({ me, people, onChoose }) {
  const [open, setOpen] = useState(false);
  const box = useMenu(open, () => setOpen(false));
  useEffect(() => setOpen(false), [me.id]);
  return html`<div class="who" ref=${box}>
    <button
      class="who-button"
      aria-expanded=${open}
      aria-label=${`You are ${me.name}. Change`}
      onClick=${() => setOpen(!open)}
    >
      <${SquareFace} id=${me.id} name=${me.name} />
      <span><small>You are</small><b>${me.name}</b></span>
      <${Icon} name="chevron" size=${16} />
    </button>
    ${
      open &&
      html`<div class="menu up left" role="menu" aria-label="Who are you?">
        ${people.map(
          (user) =>
            html`<button
              role="menuitemradio"
              aria-checked=${user.id === me.id}
              onClick=${() => onChoose(user.id)}
            >
              <${SquareFace} id=${user.id} name=${user.name} /><span
                >${user.name}<small>${roleOf(user)}</small></span
              >
            </button>`,
        )}
      </div>`
    }
  </div>`;
}

/** @param {SlackUserEntry} user */
function roleOf({ deleted, restricted, team }) {
  if (deleted) return 'deactivated';
  if (restricted) return 'guest';
  return team && team !== 'T0SANDBOX' ? 'from another workspace' : 'desk officer';
}

/** @param {{ room: SlackChannelEntry, me: SlackUserEntry }} props */
function Locked({ room, me }) {
  return html`<div class="slack-main locked">
    <span class="locked-mark"><${Icon} name="lock" size=${30} /></span>
    <h2>#${room.name} is private</h2>
    <p>${me.name} is not a member, so Slack shows nothing of it here. That is how it should be.</p>
    <button
      class="b-button"
      onClick=${() => post('slack/members', { channel: room.name, user: me.id, member: true })}
    >
      Add ${me.name} anyway
    </button>
    <p class="hint">To see that the helpline still refuses guests and strangers.</p>
  </div>`;
}
