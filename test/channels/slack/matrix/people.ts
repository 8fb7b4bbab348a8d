import type { Desks, Role } from '../../../../src/core/case/desks.ts';
import { INDIA } from '../../../../src/core/case/desk-hours.ts';
import { DEFAULT_LIMITS } from '../../../../src/core/case/wakes.ts';
import type { Staff } from '../../../../src/core/desk/staff.ts';
import type { SlackSandbox } from '../../../support/slack-sandbox.ts';
import type { Sender } from '../../../support/slack-payloads.ts';

const OURS = 'T0SANDBOX';

/** Those whom the gate lets in, in the order of the table's columns. `owner` has the case, if anybody has it. */
export const INSIDERS = {
  officer: 'UARJUN',
  owner: 'UMEERA',
  duty: 'UDEVI',
  head: 'UHEMA',
  auditor: 'UAUDRA',
  /** The head of the other desk. */
  moscow: 'UELSA',
} as const;
export type Column = keyof typeof INSIDERS;

/** Whoever did something in the meantime: an officer as well. */
export const COLLEAGUE = { id: 'UKAVITA', name: 'Kavita Menon' };
/** Once an officer, and removed from the channel since. */
export const GONE = { id: 'UFATIMA', name: 'Fatima Shaikh' };
export const OWNER = { id: INSIDERS.owner, name: 'Meera Nair' };

/** Those whom it does not. All but the last two sit in the desk's channel, so that it is not the channel that keeps them out. */
export const OUTSIDERS: (Sender & { who: string; unsigned?: true })[] = [
  { who: 'anonymous: a head’s name, not signed by Slack', user: 'UHEMA', team: OURS, unsigned: true },
  { who: 'of another workspace: a head’s id, their team', user: 'UHEMA', team: 'TOTHER' },
  { who: 'a stranger of Slack Connect', user: 'USTRANGER', team: 'TOTHER' },
  { who: 'a stranger of Slack Connect who names our team', user: 'USTRANGER', team: OURS },
  { who: 'a guest', user: 'UGUEST', team: OURS },
  { who: 'a guest of a single channel', user: 'UULTRA', team: OURS },
  { who: 'deactivated', user: 'ULEFT', team: OURS },
  { who: 'a bot', user: 'UHELPLINE', team: OURS },
  { who: 'removed from the channel', user: 'UFATIMA', team: OURS },
  { who: 'nobody that Slack knows', user: 'UNOBODY', team: OURS },
];

const desk = (id: string, channel: string, people: Record<string, Role>): Desks[0] => ({
  id,
  formerly: [],
  name: id,
  channel,
  hours: INDIA,
  people: Object.entries(people).map(([person, role]) => ({ id: person, roles: [role] })),
  limits: DEFAULT_LIMITS,
  countries: [],
});

/** An outsider may stand in the file: the file lets nobody in. */
export const DESKS: Desks = [
  desk('delhi', 'C0TRIAGE', {
    [INSIDERS.duty]: 'duty',
    [INSIDERS.head]: 'head',
    [INSIDERS.auditor]: 'auditor',
    UGUEST: 'head',
    ULEFT: 'head',
    UFATIMA: 'head',
  }),
  desk('moscow', 'C0MOSCOW', { [INSIDERS.moscow]: 'head' }),
];

/** Somebody as they might once have been: an officer of both desks. Only what they began then is left of it. */
export const onceOfficer = (id: string): Staff => ({
  id,
  name: 'x',
  roles: { delhi: ['officer'], moscow: ['officer'] },
});

/** Makes Slack's side of all that: who they are and whose channel they are in. */
export async function settle(slack: SlackSandbox): Promise<void> {
  await slack.act('settings', { rate_limits: false });
  await slack.act('channels', { name: 'moscow', private: true, members: ['UHELPLINE'] });
  for (const [id, name] of [
    [INSIDERS.duty, 'Devi Das'],
    [INSIDERS.head, 'Hema Iyer'],
    [INSIDERS.auditor, 'Audra Lobo'],
    [INSIDERS.moscow, 'Elsa Petrova'],
  ])
    await slack.act('users', { id, name });
  await slack.act('users', { id: 'UULTRA', name: 'Ultra Uma', ultra_restricted: true });
  await slack.act('users', { id: 'ULEFT', name: 'Left Lata', deleted: true });
  const { moscow, ...ours } = INSIDERS;
  await slack.act('members', { channel: 'moscow', user: moscow, member: true });
  for (const user of [...Object.values(ours), 'UGUEST', 'UULTRA', 'USTRANGER', 'ULEFT'])
    await slack.act('members', { channel: 'triage', user, member: true });
  await slack.act('members', { channel: 'triage', user: 'UFATIMA', member: false });
}
