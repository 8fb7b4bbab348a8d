import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deskHandlers } from '../../../src/channels/slack/desk/desk.ts';
import type { DeskHandler } from '../../../src/channels/slack/desk/desk-handler.ts';
import { englishLabels } from '../../../src/channels/slack/blocks/labels.ts';
import type { StoredEvent } from '../../../src/channels/slack/wire/stored-event.ts';
import { webClients } from '../../../src/channels/slack/wire/web-clients.ts';
import type { InboxEntry } from '../../../src/core/register/register.ts';
import { memoryDesk } from '../../support/memory-desk.ts';
import { caseOf } from '../../support/memory-desk-cards.ts';
import type { SlackDesk } from '../../support/slack-desk.ts';
import { slackDesk } from '../../support/slack-desk.ts';

/** Everybody but the last sits in the triage channel, so that it is not the channel alone that keeps them out. */
const OUTSIDERS = [
  { who: 'a guest', user: 'UGUEST', team: 'T0SANDBOX' },
  { who: 'a single-channel guest', user: 'UULTRA', team: 'T0SANDBOX' },
  { who: 'a stranger', user: 'USTRANGER', team: 'TOTHER' },
  { who: 'a stranger whose payload names our team', user: 'USTRANGER', team: 'T0SANDBOX' },
  { who: 'somebody known to us whose payload names another team', user: 'UMEERA', team: 'TOTHER' },
  { who: 'a deactivated member', user: 'ULEFT', team: 'T0SANDBOX' },
  { who: 'a bot', user: 'UHELPLINE', team: 'T0SANDBOX' },
  { who: 'nobody Slack knows', user: 'UNOBODY', team: 'T0SANDBOX' },
  { who: 'a member who is not in the channel any more', user: 'UFATIMA', team: 'T0SANDBOX' },
];

let slack: SlackDesk;
let serial = 0;
beforeAll(async () => {
  slack = await slackDesk({ cards: [caseOf({ owner: { id: 'UMEERA', name: 'Meera Nair' } })], mode: 'http' });
  await slack.begin();
  await slack.act('users', { id: 'UULTRA', name: 'Ultra Uma', ultra_restricted: true });
  await slack.act('users', { id: 'ULEFT', name: 'Left Lata', deleted: true });
  for (const user of ['UGUEST', 'UULTRA', 'USTRANGER', 'ULEFT'])
    await slack.act('members', { channel: 'triage', user, member: true });
  await slack.act('members', { channel: 'triage', user: 'UFATIMA', member: false });
});
afterAll(() => slack.end());
beforeEach(() => {
  slack.desk.calls.length = 0;
});

/** Only listed here; neither its desk nor its client is ever called. */
const handlers = deskHandlers({
  desk: memoryDesk().desk,
  client: webClients('xoxb-none', 'http://127.0.0.1:1/').background,
  home: { refresh: () => Promise.resolve(), close: () => Promise.resolve() },
  hasLeft: () => Promise.resolve(false),
  labels: englishLabels(),
  now: Date.now,
  today: () => '2026-01-01',
});

const input = (name: string, state: object) => ({ [name]: { [name]: state } });

const form = (payload: object) => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

/** Of buttons that carry more than the case. */
const VALUES: Record<string, string> = { more: 'take|case-1', refuse_second: 'case-1|r1' };

/** What Slack would post for a use of this handler. */
function payloadOf({ kind, id }: DeskHandler, user: string, team: string): string {
  serial += 1;
  const person = { id: user, name: 'x', username: 'x', team_id: team };
  const view = {
    id: `V${serial}`,
    hash: `${serial}.x`,
    type: 'modal',
    callback_id: id,
    private_metadata: JSON.stringify({ caseId: 'case-1', version: 1, draft: 'draft-1', request: 'r1' }),
    state: {
      values: {
        ...input('text', { value: 'some words' }),
        ...input('language', { selected_option: { value: 'pa' } }),
        ...input('to', { selected_option: { value: 'need_info' } }),
        ...input('evidence', { value: 'a letter' }),
        ...input('priority_choice', { selected_option: { value: 'P0' } }),
      },
    },
  };
  const common = {
    user: person,
    team: { id: team },
    trigger_id: `${serial}.1`,
    api_app_id: 'A0HELPLINE',
    token: 'x',
  };
  switch (kind) {
    case 'press':
      return form({
        ...common,
        type: 'block_actions',
        actions: [
          {
            type: 'button',
            action_id: id,
            block_id: 'b',
            value: VALUES[id] ?? 'case-1',
            action_ts: `${serial}.2`,
          },
        ],
        channel: { id: 'C0TRIAGE', name: 'triage' },
        ...(id === 'to' || id === 'refuse_second' ? { view } : {}),
        response_url: `${slack.sandbox.url}/nowhere`,
      });
    case 'form':
      return form({ ...common, type: 'view_submission', view });
    case 'command':
      return new URLSearchParams({
        command: id,
        text: '',
        user_id: user,
        team_id: team,
        channel_id: 'C0TRIAGE',
        trigger_id: `${serial}.1`,
        response_url: `${slack.sandbox.url}/nowhere`,
      }).toString();
  }
}

async function use(handler: DeskHandler, user: string, team: string): Promise<Response> {
  const body = payloadOf(handler, user, team);
  const stamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', slack.env('SLACK_SIGNING_SECRET'))
    .update(`v0:${stamp}:${body}`)
    .digest('hex');
  const request = new Request('http://helpline.invalid/slack/events', {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': stamp,
      'x-slack-signature': `v0=${signature}`,
    },
  });
  if (!slack.channel.http) throw new Error('no HTTP receiver');
  return slack.channel.http(request);
}

describe.each(handlers.map((handler) => ({ name: `${handler.kind} ${handler.id}`, handler })))(
  '$name',
  ({ handler }) => {
    test('reaches the case for a member of the desk', async () => {
      await use(handler, 'UMEERA', 'T0SANDBOX');
      expect(slack.desk.calls.length).toBeGreaterThan(0);
    });

    test.each(OUTSIDERS)('does nothing for $who', async ({ user, team }) => {
      const response = await use(handler, user, team);
      expect(slack.desk.calls).toEqual([]);
      expect(response.status).toBe(200);
      expect(await response.text()).not.toMatch(/7K3MQ2X4|Balwinder/);
    });
  },
);

const EVENTS: { name: string; event: (user: string, team: string) => StoredEvent }[] = [
  {
    name: 'a direct message',
    event: (user, team) => ({
      kind: 'message',
      user,
      team,
      channel: 'D1',
      thread: null,
      ts: '1.1',
      text: 'hi',
      files: false,
      shared: false,
    }),
  },
  { name: 'an opened Home tab', event: (user, team) => ({ kind: 'home', user, team }) },
  {
    name: 'a press under an answer',
    event: (user, team) => ({
      kind: 'press',
      user,
      team,
      channel: 'D1',
      thread: null,
      button: 'i:x',
      ts: '1.1',
    }),
  },
];

describe.each(EVENTS)('$name', ({ event }) => {
  const handle = async (user: string, team: string): Promise<number> => {
    serial += 1;
    const entry: InboxEntry = {
      source: { name: 'slack', key: `Ev${serial}` },
      lane: user,
      body: JSON.stringify(event(user, team)),
      attempts: 1,
      receivedAt: 0,
    };
    const before = slack.received.length;
    await slack.channel.handle(entry);
    return slack.received.length - before + slack.desk.calls.length;
  };
  test('is heard from a member of the desk', async () => {
    expect(await handle('UMEERA', 'T0SANDBOX')).toBeGreaterThan(0);
  });
  test.each(OUTSIDERS)('is not heard from $who', async ({ user, team }) => {
    expect(await handle(user, team)).toBe(0);
  });
});

test('no handler is joined to Bolt but through the gate', () => {
  const folder = join(import.meta.dirname, '../../../src/channels/slack');
  const joins = /\bapp\.(action|view|command|event|message|shortcut|options|function|use)\b/;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => joins.test(readFileSync(join(folder, file), 'utf8')));
  expect(files).toEqual(['gate.ts']);
});
