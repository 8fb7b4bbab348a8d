import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { slackSandbox, soon } from '../../../test/support/slack-sandbox.ts';
import type { SlackSandbox } from '../../../test/support/slack-sandbox.ts';

let skew = 0;
let slack: SlackSandbox;
let apps: App[] = [];

type Heard = {
  type: string;
  id: string;
  text: string;
  retryNum: number | undefined;
  retryReason: string | undefined;
};

const eventBody = z.object({
  event_id: z.string(),
  event: z.looseObject({ type: z.string(), text: z.string().default(''), tab: z.string().optional() }),
});

/** A Bolt app that writes down each event it hears. */
const listening = async (from: SlackSandbox, heard: Heard[], app = from.socketApp()) => {
  app.use(async ({ body, context, next }) => {
    const read = eventBody.safeParse(body);
    if (read.success)
      heard.push({
        type: read.data.event.type,
        id: read.data.event_id,
        text: read.data.event.text,
        retryNum: context.retryNum,
        retryReason: context.retryReason,
      });
    await next();
  });
  apps.push(app);
  await app.start();
  return app;
};

const counts = z.object({ sockets: z.number(), events: z.object({ pending: z.number(), lost: z.number() }) });
const connections = () => slack.look('slack/connections', counts);
const settled = () => soon(async () => ((await connections()).events.pending === 0 ? true : undefined));
const say = (text: string, channel = 'triage', user = 'UMEERA') =>
  slack.act('messages', { user, channel, text });

beforeEach(async () => {
  skew = 0;
  apps = [];
  slack = await slackSandbox({ now: () => Date.now() + skew });
});
afterEach(async () => {
  for (const app of apps) await app.stop();
  await slack.close();
});

test('a mention is heard as a message and as an app_mention, once each', async () => {
  const heard: Heard[] = [];
  await listening(slack, heard);
  await say('@helpline are you there?');
  await settled();
  expect(heard.map(({ type, text }) => [type, text])).toEqual([
    ['message', '<@UHELPLINE> are you there?'],
    ['app_mention', '<@UHELPLINE> are you there?'],
  ]);
  expect(heard[0]?.retryNum ?? 0).toBe(0);
});

test('a direct message, the Home tab, joining, leaving and a changed user are heard', async () => {
  const heard: Heard[] = [];
  await listening(slack, heard);
  await say('hello @helpline', 'dm');
  await slack.act('home/UMEERA/open');
  await slack.act('members', { channel: 'triage', user: 'UGUEST', member: true });
  await slack.act('members', { channel: 'triage', user: 'UGUEST', member: false });
  await slack.act('users', { id: 'UGUEST', name: 'Guest Gita', ultra_restricted: true });
  await settled();
  expect(heard.map(({ type }) => type)).toEqual([
    'message',
    'app_home_opened',
    'member_joined_channel',
    'member_left_channel',
    'user_change',
  ]);
});

test('people only speak where they are, and only while they have an account', async () => {
  expect((await say('let me in', 'triage', 'UGUEST')).status).toBe(403);
  await slack.act('users', { id: 'UMEERA', name: 'Meera Nair', deleted: true });
  expect((await say('still here?', 'dm')).status).toBe(403);
  expect((await connections()).events.pending).toBe(1);
});

test('what is said while nobody is connected is heard later, as a retry', async () => {
  await say('is anybody there?');
  await soon(async () => ((await connections()).events.pending === 1 ? true : undefined));
  const heard: Heard[] = [];
  await listening(slack, heard);
  await settled();
  expect(heard).toMatchObject([{ text: 'is anybody there?', retryNum: 1, retryReason: 'connection_failed' }]);
});

test('with strict retries Slack gives up after the third', async () => {
  await slack.act('settings', { strict_retries: true });
  await say('is anybody there?');
  await soon(async () => {
    skew += 60_000;
    return (await connections()).events.lost === 1 ? true : undefined;
  });
  expect((await connections()).events).toEqual({ pending: 0, lost: 1 });
});

test('an event that is not acknowledged comes again after three seconds, a minute and five, then no more', async () => {
  const tries: { number: unknown; at: number }[] = [];
  const app = slack.socketApp();
  // As a store that is down: nothing is acknowledged.
  app.processEvent = async (event) => void tries.push({ number: event.retryNum ?? 0, at: skew });
  apps.push(app);
  await app.start();
  await say('hello');
  await soon(async () => {
    skew += 5000;
    return (await connections()).events.lost === 1 ? true : undefined;
  });
  expect(tries.map(({ number }) => number)).toEqual([0, 1, 2, 3]);
  const [first = 0, second = 0, third = 0, fourth = 0] = tries.map(({ at }) => at);
  expect(second - first).toBeLessThan(60_000);
  expect(third - second).toBeGreaterThanOrEqual(60_000);
  expect(fourth - third).toBeGreaterThanOrEqual(300_000);
});

test('each event goes to one of two connections', async () => {
  const heard: Heard[] = [];
  await listening(slack, heard);
  await listening(slack, heard);
  expect((await connections()).sockets).toBe(2);
  for (let at = 0; at < 10; at += 1) await say(`line ${at}`);
  await settled();
  expect(new Set(heard.map(({ id }) => id)).size).toBe(10);
  expect(heard).toHaveLength(10);
});

test('told to go, the app comes back, and hears what was said meanwhile', async () => {
  const heard: Heard[] = [];
  await listening(slack, heard);
  await slack.act('disconnect', { reason: 'refresh_requested' });
  await say('while you were away');
  await soon(() => (heard.length === 1 ? true : undefined));
  expect((await connections()).sockets).toBe(1);
});

test('an outage cuts the connections; afterwards everything is heard', async () => {
  const heard: Heard[] = [];
  await listening(slack, heard);
  await slack.fault({ target: 'slack', mode: 'down', seconds: 0.3 });
  await say('during the outage');
  await soon(() => (heard.length === 1 ? true : undefined));
  expect(heard).toMatchObject([{ text: 'during the outage' }]);
});

/** The first thing that Slack says on a socket; undefined when it is refused. */
const firstWord = (url: string, sockets: WebSocket[]) =>
  new Promise<string | undefined>((resolve) => {
    const socket = new WebSocket(url);
    sockets.push(socket);
    socket.addEventListener('message', ({ data }) => resolve(String(data)));
    socket.addEventListener('error', () => resolve(undefined));
  });

const addressOf = async () =>
  z.string().parse((await slack.client(slack.env('SLACK_APP_TOKEN')).apps.connections.open({})).url);

test('a ticket is good once, and an eleventh connection is too many', async () => {
  const sockets: WebSocket[] = [];
  const url = await addressOf();
  expect(await firstWord(url, sockets)).toContain('hello');
  expect(await firstWord(url, sockets)).toBeUndefined();
  for (let at = 2; at <= 10; at += 1) expect(await firstWord(await addressOf(), sockets)).toContain('hello');
  expect(await firstWord(await addressOf(), sockets)).toContain('too_many_websockets');
  for (const socket of sockets) socket.close();
});

test('a restart keeps channels, messages, time stamps and what was not acknowledged', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slack-sandbox-'));
  const stateFile = join(folder, 'sandbox.db');
  try {
    const before = await slackSandbox({ stateFile });
    await before.act('channels', { name: 'second', members: ['UHELPLINE'] });
    const { ts = '' } = await before.client().chat.postMessage({ channel: 'C0TRIAGE', text: 'kept' });
    await before.act('messages', { user: 'UMEERA', channel: 'triage', text: 'not heard yet' });
    await before.close();

    const after = await slackSandbox({ stateFile, now: () => Date.now() - 3_600_000 });
    const heard: Heard[] = [];
    const app = await listening(after, heard);
    await soon(() => heard.find(({ text }) => text === 'not heard yet'));
    const { messages = [] } = await after.client().conversations.history({ channel: 'C0TRIAGE' });
    expect(messages.map(({ text }) => text)).toEqual(['not heard yet', 'kept']);
    const next = await after.client().chat.postMessage({ channel: 'C0SECOND', text: 'new' });
    expect(Number(next.ts)).toBeGreaterThan(Number(ts));
    await app.stop();
    await after.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
