import type { EmulatorDeps } from '../emulator.ts';
import { app, slackbot, team } from './identity.ts';

export type Person = {
  id: string;
  /** As shown: "Meera Nair". */
  name: string;
  team: string;
  bot: boolean;
  restricted: boolean;
  ultra_restricted: boolean;
  /** Of another workspace, met through a shared channel. */
  stranger: boolean;
  deleted: boolean;
  /** Unix seconds. */
  updated: number;
};

export type People = {
  get(id: string): Person | undefined;
  put(person: Omit<Person, 'updated'>): Person;
  list(): Person[];
};

const plain = {
  team: team.id,
  bot: false,
  restricted: false,
  ultra_restricted: false,
  stranger: false,
  deleted: false,
};

const seed: Omit<Person, 'updated'>[] = [
  { ...plain, id: slackbot, name: 'Slackbot' },
  { ...plain, id: app.user, name: app.name, bot: true },
  { ...plain, id: 'UMEERA', name: 'Meera Nair' },
  { ...plain, id: 'UARJUN', name: 'Arjun Rao' },
  { ...plain, id: 'UFATIMA', name: 'Fatima Shaikh' },
  { ...plain, id: 'UKAVITA', name: 'Kavita Menon' },
  { ...plain, id: 'UGUEST', name: 'Guest Gita', restricted: true },
  { ...plain, id: 'USTRANGER', name: 'Stranger', team: 'TOTHER', stranger: true },
];

/** The members of the workspace, and the strangers it can see. */
export const openPeople = ({ state, now }: EmulatorDeps): People => {
  const people = state.kind<Person>('slack.person');
  const put: People['put'] = (person) => {
    const kept = { ...person, updated: Math.floor(now() / 1000) };
    people.put(person.id, kept);
    return kept;
  };
  if (people.list().length === 0) state.atomically(() => seed.forEach(put));
  return { get: (id) => people.get(id), put, list: () => people.list().map(({ value }) => value) };
};

/** `meera.nair`, as payloads and @-names have it. */
export const usernameOf = (person: Person): string =>
  person.id === app.user ? app.username : person.name.toLowerCase().replaceAll(/\s+/g, '.');

/** The user object of users.info, users.list and user_change. */
export const userObject = (person: Person): Record<string, unknown> => {
  const [first = '', ...rest] = person.name.split(' ');
  const image = (size: number) => [`image_${size}`, `https://avatars.invalid/${person.id}_${size}.png`];
  return {
    id: person.id,
    team_id: person.team,
    name: usernameOf(person),
    deleted: person.deleted,
    color: '9f69e7',
    real_name: person.name,
    tz: 'Asia/Kolkata',
    tz_label: 'India Standard Time',
    tz_offset: 19_800,
    profile: {
      title: '',
      phone: '',
      skype: '',
      real_name: person.name,
      real_name_normalized: person.name,
      display_name: person.name,
      display_name_normalized: person.name,
      fields: null,
      status_text: '',
      status_text_canonical: '',
      status_emoji: '',
      status_emoji_display_info: [],
      status_expiration: 0,
      avatar_hash: 'g0000000000',
      first_name: first,
      last_name: rest.join(' '),
      ...Object.fromEntries([24, 32, 48, 72, 192, 512].map(image)),
      team: person.team,
      ...(person.id === app.user ? { api_app_id: app.id, bot_id: app.bot, always_active: true } : {}),
    },
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.restricted || person.ultra_restricted,
    is_ultra_restricted: person.ultra_restricted,
    is_stranger: person.stranger,
    is_bot: person.bot,
    is_app_user: false,
    is_email_confirmed: !person.bot,
    updated: person.updated,
    locale: 'en-IN',
    who_can_share_contact_card: 'EVERYONE',
  };
};
