import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { slackSandbox } from '../../../test/support/slack-sandbox.ts';
import type { SlackSandbox } from '../../../test/support/slack-sandbox.ts';
import { checkSlackCall, slackErrorKnown } from '../../../test/support/slack-spec.ts';

// The clock stands still but for what a test adds, however busy the machine is.
const start = Date.now();
let skew = 0;
let slack: SlackSandbox;
let client: webApi.WebClient;
const channel = 'C0TRIAGE';

beforeEach(async () => {
  skew = 0;
  slack = await slackSandbox({ now: () => start + skew });
  client = slack.client();
});
afterEach(() => slack.close());

/** The error code of a call that Slack refuses. */
const errorOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'none';
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError) return error.data.error;
    throw error;
  }
};
const refused = (method: string, args: Record<string, unknown>) => errorOf(client.apiCall(method, args));
const post = async (text: string, more: { thread_ts?: string } = {}) =>
  z.string().parse((await client.chat.postMessage({ channel, text, ...more })).ts);

test('the token says who the app is, and a wrong one is refused', async () => {
  expect(await client.auth.test()).toMatchObject({
    user_id: 'UHELPLINE',
    bot_id: 'B0HELPLINE',
    team_id: 'T0SANDBOX',
  });
  expect(await errorOf(slack.client('xoxb-wrong').auth.test())).toBe('invalid_auth');
  expect(await errorOf(slack.client('').auth.test())).toBe('not_authed');
  expect(await errorOf(client.apps.connections.open({}))).toBe('not_allowed_token_type');
  expect(await errorOf(slack.client(slack.env('SLACK_APP_TOKEN')).auth.test())).toBe(
    'not_allowed_token_type',
  );
});

test('an unknown method and an unknown argument are refused', async () => {
  expect(await refused('chat.postMassage', {})).toBe('unknown_method');
  expect(await refused('chat.postMessage', { channel, text: 'x', threadts: '1.0' })).toBe(
    'invalid_arguments',
  );
  expect(await refused('chat.postMessage', { text: 'x' })).toBe('invalid_arguments');
});

test.each([
  ['chat.postMessage', { channel: 'C0NONE', text: 'x' }, 'channel_not_found'],
  ['chat.postMessage', { channel }, 'no_text'],
  ['chat.postMessage', { channel, text: 'x'.repeat(40_001) }, 'msg_too_long'],
  ['chat.postMessage', { channel, blocks: [{ type: 'headline' }] }, 'invalid_blocks'],
  ['chat.postMessage', { channel, text: 'x', thread_ts: '1.000001' }, 'thread_not_found'],
  ['chat.postMessage', { channel, text: 'x', metadata: { event_type: 'x' } }, 'invalid_metadata_schema'],
  ['chat.update', { channel, ts: '1.000001', text: 'x' }, 'message_not_found'],
  ['chat.postEphemeral', { channel, user: 'UGUEST', text: 'x' }, 'user_not_in_channel'],
  [
    'views.open',
    { trigger_id: '1.2.3', view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] } },
    'invalid_trigger_id',
  ],
  ['users.info', { user: 'UNOBODY' }, 'user_not_found'],
] as const)('%s %j is refused with %s', async (method, args, code) => {
  expect(await refused(method, args)).toBe(code);
  expect(slackErrorKnown(method, code)).toBe(true);
  expect(checkSlackCall(method, args).length > 0).toBe(code === 'msg_too_long');
});

test('a channel that the app is not in: refused when public, unseen when private, closed when archived', async () => {
  await slack.act('channels', { name: 'open-talk', members: ['UMEERA'] });
  await slack.act('channels', { name: 'closed-talk', private: true, members: ['UMEERA'] });
  await slack.act('channels', { name: 'old-talk', archived: true, members: ['UHELPLINE'] });
  expect(await refused('chat.postMessage', { channel: 'C0OPENTALK', text: 'x' })).toBe('not_in_channel');
  expect(await refused('chat.postMessage', { channel: 'C0CLOSEDTALK', text: 'x' })).toBe('channel_not_found');
  expect(await refused('chat.postMessage', { channel: 'C0OLDTALK', text: 'x' })).toBe('is_archived');
  expect(await refused('conversations.members', { channel: 'C0CLOSEDTALK' })).toBe('channel_not_found');
});

test('a card in a thread is found again by its metadata', async () => {
  const parent = await post('a case');
  const metadata = { event_type: 'card', event_payload: { errand: 7 } };
  await client.chat.postMessage({ channel, text: 'sent once', thread_ts: parent, metadata });
  const thread = await client.conversations.replies({ channel, ts: parent, include_all_metadata: true });
  expect(thread.messages?.map(({ text }) => text)).toEqual(['a case', 'sent once']);
  expect(thread.messages?.[1]?.metadata).toEqual(metadata);
  const plain = await client.conversations.replies({ channel, ts: parent });
  expect(plain.messages?.[1]?.metadata).toBeUndefined();
  const history = await client.conversations.history({ channel });
  expect(history.messages).toMatchObject([{ text: 'a case', reply_count: 1 }]);
});

test('history comes in pages, newest first', async () => {
  for (const text of ['one', 'two', 'three']) await post(text);
  const first = await client.conversations.history({ channel, limit: 2 });
  expect(first.messages?.map(({ text }) => text)).toEqual(['three', 'two']);
  const cursor = first.response_metadata?.next_cursor ?? '';
  const second = await client.conversations.history({ channel, limit: 2, cursor });
  expect(second.messages?.map(({ text }) => text)).toEqual(['one']);
  expect(await refused('conversations.history', { channel, cursor: 'bm9uc2Vuc2U=' })).toBe('invalid_cursor');
});

test("an app changes its own messages, not a person's", async () => {
  const mine = await post('first');
  await client.chat.update({ channel, ts: mine, text: 'second' });
  expect((await client.conversations.history({ channel })).messages).toMatchObject([{ text: 'second' }]);
  const said = await slack.act('messages', { user: 'UMEERA', channel: 'triage', text: 'hello' });
  const { ts } = z.object({ ts: z.string() }).parse(said.body);
  expect(await refused('chat.update', { channel, ts, text: 'x' })).toBe('cant_update_message');
});

test('words alone take the blocks away and mark the message as edited; blocks do not mark it', async () => {
  const divider = { type: 'divider' as const };
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'card', blocks: [divider] });
  const now = async () => (await client.conversations.history({ channel })).messages?.[0];
  await client.chat.update({ channel, ts, text: 'card', blocks: [divider, divider] });
  expect(await now()).toMatchObject({ blocks: [divider, divider] });
  expect((await now())?.edited).toBeUndefined();
  await client.chat.update({ channel, ts, text: 'words' });
  expect((await now())?.blocks).toBeUndefined();
  expect((await now())?.edited).toMatchObject({ user: 'UHELPLINE' });
});

test('a view over 250 kB is too large, and an old hash of the Home tab is a conflict', async () => {
  const section = { type: 'section' as const, text: { type: 'plain_text' as const, text: 'x'.repeat(3000) } };
  const home = (count: number) => ({ type: 'home', blocks: Array.from({ length: count }, () => section) });
  expect(await refused('views.publish', { user_id: 'UMEERA', view: home(90) })).toBe('view_too_large');
  await client.apiCall('views.publish', { user_id: 'UMEERA', view: home(1) });
  expect(await refused('views.publish', { user_id: 'UMEERA', view: home(1), hash: '1.x' })).toBe(
    'hash_conflict',
  );
});

test('an ephemeral message is seen by its person alone, and cannot be changed', async () => {
  const { message_ts = '' } = await client.chat.postEphemeral({ channel, user: 'UMEERA', text: 'for you' });
  expect((await client.conversations.history({ channel })).messages).toEqual([]);
  expect(await refused('chat.update', { channel, ts: message_ts, text: 'x' })).toBe('message_not_found');
  const view = await slack.look('slack/channels/triage', z.object({ messages: z.array(z.looseObject({})) }));
  expect(view.messages).toMatchObject([{ text: 'for you', ephemeral_for: 'UMEERA' }]);
});

test('a permalink names channel, message and thread', async () => {
  const parent = await post('a case');
  const reply = await post('a note', { thread_ts: parent });
  const { permalink } = await client.chat.getPermalink({ channel, message_ts: reply });
  expect(permalink).toContain(`/archives/C0TRIAGE/p${reply.replace('.', '')}?thread_ts=${parent}`);
});

test('who is a guest, a stranger or gone shows in users.info', async () => {
  await slack.act('users', { id: 'UARJUN', name: 'Arjun Rao', deleted: true });
  const flags = async (user: string) => (await client.users.info({ user })).user;
  expect(await flags('UGUEST')).toMatchObject({ is_restricted: true, is_stranger: false });
  expect(await flags('USTRANGER')).toMatchObject({ is_stranger: true, team_id: 'TOTHER' });
  expect(await flags('UARJUN')).toMatchObject({ deleted: true });
  expect((await client.conversations.members({ channel })).members).not.toContain('UARJUN');
});

test('a sixth message at once in one channel waits; a second later it goes', async () => {
  for (const text of ['1', '2', '3', '4', '5']) await post(text);
  await expect(post('6')).rejects.toBeInstanceOf(webApi.WebAPIRateLimitedError);
  await client.chat.postMessage({ channel: 'UMEERA', text: 'another channel is free' });
  skew = 1100;
  await post('6');
});

test('the tiers count calls of a method in a minute', async () => {
  for (let call = 0; call < 50; call += 1) await client.conversations.info({ channel });
  await expect(client.conversations.info({ channel })).rejects.toMatchObject({ retryAfter: 2 });
  await client.users.info({ user: 'UMEERA' });
  skew = 60_000;
  await client.conversations.info({ channel });
});

describe('faults', () => {
  test('rate-limit and server-error are told in Slack’s way', async () => {
    await slack.fault({ target: 'slack', mode: 'rate-limit', retry_after: 7, seconds: 60 });
    await expect(post('x')).rejects.toMatchObject({ retryAfter: 7 });
    await slack.fault({ target: 'slack', mode: 'server-error', seconds: 60 });
    await expect(post('x')).rejects.toBeInstanceOf(webApi.WebAPIHTTPError);
    expect(
      (await slack.look('slack/channels/triage', z.looseObject({ messages: z.array(z.unknown()) }))).messages,
    ).toEqual([]);
  });
  test('refuse answers the word, and nothing is posted; without a word, or for Telegram, it is none', async () => {
    const refuse = { target: 'slack', mode: 'refuse', seconds: 60 };
    expect((await slack.fault(refuse)).status).toBe(400);
    expect((await slack.fault({ ...refuse, target: 'telegram', error: 'accesslimited' })).status).toBe(400);
    await slack.fault({ ...refuse, error: 'accesslimited' });
    await expect(post('x')).rejects.toMatchObject({ data: { error: 'accesslimited' } });
    expect(
      (await slack.look('slack/channels/triage', z.looseObject({ messages: z.array(z.unknown()) }))).messages,
    ).toEqual([]);
  });
  test('apply-then-drop posts the message and never says so', async () => {
    await slack.fault({ target: 'slack', mode: 'apply-then-drop', seconds: 60 });
    await expect(post('once')).rejects.toBeInstanceOf(webApi.WebAPIRequestError);
    const { messages } = await slack.look(
      'slack/channels/triage',
      z.object({ messages: z.array(z.looseObject({})) }),
    );
    expect(messages).toMatchObject([{ text: 'once' }]);
  });
});
