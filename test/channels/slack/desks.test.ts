import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Access, slackAccess } from '../../../src/channels/slack/access.ts';
import type { Desks } from '../../../src/core/case/desks.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { desksOf } from '../../support/slack-desk.ts';
import { type SlackSandbox, slackSandbox } from '../../support/slack-sandbox.ts';

const TRIAGE = 'C0TRIAGE';
const MOSCOW = 'C0MOSCOW';
/** Meera is in the triage channel, Ivan in Moscow's, Arjun in both. */
const TWO: Desks = desksOf(TRIAGE, { others: { moscow: MOSCOW }, roles: { UMEERA: ['head'] } });

const calls = z.array(z.looseObject({ method: z.string(), arguments: z.record(z.string(), z.unknown()) }));

let slack: SlackSandbox;
let access: Access;
let clock = 0;

beforeEach(async () => {
  slack = await slackSandbox();
  await slack.act('users', { id: 'UIVAN', name: 'Ivan Petrov' });
  await slack.act('channels', {
    name: 'moscow',
    private: true,
    members: ['UHELPLINE', 'UIVAN', 'UARJUN', 'UGUEST'],
  });
  clock = 0;
  access = slackAccess({
    client: slack.client(),
    ownTeam: () => 'T0SANDBOX',
    desks: () => TWO,
    now: () => clock,
    log: recordedLog().log,
  });
});
afterEach(() => slack.close());

/** The channels that Slack has been asked about so far. */
const askedAbout = async (): Promise<unknown[]> =>
  (await slack.look('calls?target=slack', calls))
    .filter(({ method }) => method === 'conversations.members')
    .map((call) => call.arguments['channel']);

const check = (user: string) => access.check({ user, team: 'T0SANDBOX' });
const rolesOf = async (user: string) => {
  const verdict = await check(user);
  return verdict.allowed ? verdict.staff.roles : verdict.why;
};
const member = (channel: string, user: string, is: boolean) =>
  slack.act('members', { channel, user, member: is });
const minuteLater = (): void => void (clock += 60_000);

const restricted = (is: boolean) =>
  slack.act('users', { id: 'UMEERA', name: 'Meera Nair', ...(is && { restricted: true }) });

describe('with two desks', () => {
  test('whoever is in a channel is of its desk, and of no other', async () => {
    expect(await rolesOf('UMEERA')).toEqual({ desk: ['head'] });
    expect(await rolesOf('UIVAN')).toEqual({ moscow: ['officer'] });
    expect(await rolesOf('UARJUN')).toEqual({ desk: ['officer'], moscow: ['officer'] });
    expect(await rolesOf('UGUEST')).toBe('guest');
  });

  test('who leaves one channel is of that desk no more, and stays of the other', async () => {
    await rolesOf('UARJUN');
    await member('moscow', 'UARJUN', false);
    access.notice({ type: 'member_left_channel', channel: MOSCOW, user: 'UARJUN' });
    expect(await rolesOf('UARJUN')).toEqual({ desk: ['officer'] });
    expect(await askedAbout()).toEqual([TRIAGE, MOSCOW, MOSCOW]);
    await member('triage', 'UARJUN', false);
    access.notice({ type: 'member_left_channel', channel: TRIAGE, user: 'UARJUN' });
    expect(await rolesOf('UARJUN')).toBe('not-in-channel');
  });

  test('news of one channel does not make the other forgotten', async () => {
    await rolesOf('UMEERA');
    await member('triage', 'UMEERA', false);
    access.notice({ type: 'member_left_channel', channel: MOSCOW, user: 'UMEERA' });
    expect(await rolesOf('UMEERA')).toEqual({ desk: ['head'] });
    minuteLater();
    expect(await rolesOf('UMEERA')).toBe('not-in-channel');
  });

  test('the desk whose channel has put the app out does not lock the other', async () => {
    await member('moscow', 'UHELPLINE', false);
    expect(await rolesOf('UMEERA')).toEqual({ desk: ['head'] });
    expect(await rolesOf('UARJUN')).toEqual({ desk: ['officer'] });
    expect(await rolesOf('UIVAN')).toBe('unchecked');
  });

  test('an officer has left a desk when they are out of its channel, or no full member any more', async () => {
    expect(await access.hasLeft('UARJUN', 'moscow')).toBe(false);
    expect(await access.hasLeft('UMEERA', 'moscow')).toBe(true);
    expect(await access.hasLeft('UMEERA', 'desk')).toBe(false);
    expect(await access.hasLeft('UGUEST', 'moscow')).toBe(true);
    await member('moscow', 'UHELPLINE', false);
    minuteLater();
    expect(await access.hasLeft('UMEERA', 'moscow')).toBe(false);
  });
});

describe('what is known of a person', () => {
  test('is asked of Slack anew after a minute', async () => {
    expect(await rolesOf('UMEERA')).toEqual({ desk: ['head'] });
    await restricted(true);
    clock += 59_999;
    expect(await rolesOf('UMEERA')).toEqual({ desk: ['head'] });
    clock += 1;
    expect(await rolesOf('UMEERA')).toBe('guest');
  });

  test('is asked anew at once when Slack tells that they have changed', async () => {
    await rolesOf('UMEERA');
    await restricted(true);
    access.notice({ type: 'user_change', user: { id: 'UMEERA' } });
    expect(await rolesOf('UMEERA')).toBe('guest');
  });

  test('serves for a minute while Slack is down, and no longer', async () => {
    await rolesOf('UMEERA');
    await slack.fault({ target: 'slack', mode: 'down', seconds: 60 });
    expect(await rolesOf('UMEERA')).toEqual({ desk: ['head'] });
    minuteLater();
    expect(await rolesOf('UMEERA')).toBe('unchecked');
  });
});
