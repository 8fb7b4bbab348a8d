import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InboxEntry } from '../../../src/core/register/register.ts';
import { botApiStub, ok } from '../../support/bot-api-stub.ts';
import { channelOn } from '../../support/telegram-channel-bench.ts';
import { until } from '../../support/until.ts';

const family = { id: 77, is_bot: false, first_name: 'Asha' };
const chat = { id: 77, type: 'private', first_name: 'Asha' };
const group = { id: -100_5, type: 'supergroup', title: 'G' };
const said = (text: string, more: object = {}) => ({
  message: { message_id: 1, date: 1_700_000_000, chat, from: family, text, ...more },
});
const pressed = (data: string) => ({
  callback_query: {
    id: 'cb1',
    from: family,
    chat_instance: 'x',
    data,
    message: { message_id: 1, chat, date: 0 },
  },
});

const membership = (status: string, where: object = chat) => ({
  my_chat_member: { chat: where, from: family, date: 1, new_chat_member: { status } },
});
/** Waits until a call has come that a later update leads to: what the earlier ones led to has come too. */
const laterLeaves = async (channel: ReturnType<typeof channelOn>['channel'], calls: BotCalls) => {
  await channel.handle(entry(membership('member', lastGroup)));
  await until(() =>
    expect(calls).toContainEqual({ method: 'leaveChat', arguments: { chat_id: lastGroup.id } }),
  );
};
const lastGroup = { id: -999, type: 'group', title: 'Last' };
const lastLeave = { method: 'leaveChat', arguments: { chat_id: lastGroup.id } };
type BotCalls = Awaited<ReturnType<typeof botApiStub>>['calls'];

let next = 1;
const entry = (update: object): InboxEntry => {
  const update_id = next++;
  return {
    source: { name: 'telegram', key: String(update_id) },
    lane: '77',
    body: JSON.stringify({ update_id, ...update }),
    attempts: 1,
    receivedAt: 1_700_000_500_000,
  };
};

describe('what is taken from the inbox', () => {
  let api: Awaited<ReturnType<typeof botApiStub>>;
  beforeEach(async () => {
    api = await botApiStub((_, response) => ok(response, true));
  });
  afterEach(() => api.close());
  const methods = () => api.calls.map(({ method }) => method);

  test('a message is told to the helpline, and the person sees that somebody is typing', async () => {
    const { channel, received } = channelOn(api);
    await channel.handle(entry(said('help')));
    expect(received).toMatchObject([{ address: '77', content: { kind: 'text', text: 'help' } }]);
    await until(() =>
      expect(api.calls).toEqual([{ method: 'sendChatAction', arguments: { chat_id: 77, action: 'typing' } }]),
    );
    await channel.stop();
  });

  test('typing is shown once in four seconds to each chat', async () => {
    let now = 1_000_000;
    const { channel } = channelOn(api, { now: () => now });
    for (const ms of [0, 1_000, 2_900, 100, 1_000]) {
      now += ms;
      await channel.handle(entry(said('help')));
    }
    await channel.handle(
      entry({
        message: {
          message_id: 1,
          date: 1,
          chat: { ...chat, id: 78 },
          from: { ...family, id: 78 },
          text: 'x',
        },
      }),
    );
    await laterLeaves(channel, api.calls);
    expect(api.calls.map(({ arguments: a }) => a['chat_id'])).toEqual([77, 77, 78, lastGroup.id]);
    await channel.stop();
  });

  test('a press is answered and told', async () => {
    const { channel, received } = channelOn(api);
    await channel.handle(entry(pressed('menu:help')));
    expect(received).toMatchObject([
      { address: '77', at: 1_700_000_500_000, content: { kind: 'press', button: 'menu:help' } },
    ]);
    await until(() => expect(methods()).toEqual(['answerCallbackQuery']));
    await channel.stop();
  });

  test('in a group it says nothing, opens nothing and leaves', async () => {
    const { channel, received, ignored } = channelOn(api);
    const spoken = entry(said('/start my brother', { chat: group }));
    const joined = entry(membership('member', group));
    await channel.handle(joined);
    await channel.handle(spoken);
    expect(received).toEqual([]);
    expect(ignored).toEqual([joined.source, spoken.source]);
    await laterLeaves(channel, api.calls);
    expect(api.calls).toEqual([{ method: 'leaveChat', arguments: { chat_id: group.id } }, lastLeave]);
    await channel.stop();
  });

  test('blocks and unblocks are told without a word to the person', async () => {
    const { channel, received } = channelOn(api);
    await channel.handle(entry(membership('kicked')));
    await channel.handle(entry(membership('member')));
    expect(received.map(({ content }) => content.kind)).toEqual(['blocked', 'unblocked']);
    await laterLeaves(channel, api.calls);
    expect(api.calls).toEqual([lastLeave]);
    await channel.stop();
  });

  test.each([
    '',
    'not json',
    '{}',
    '[]',
    'null',
    '{"update_id":"7"}',
    '{"update_id":7,"message":{"text":"x"}}',
  ])('what is no update is refused, so that a person looks at it: %s', async (body) => {
    const { channel, received, ignored, events } = channelOn(api);
    await expect(channel.handle({ ...entry({}), body })).rejects.toMatchObject({ code: 'malformed-update' });
    expect([received, ignored]).toEqual([[], []]);
    expect(events()).toEqual(['update-malformed']);
    await channel.stop();
  });

  test("the helpline's own error comes out as it was thrown", async () => {
    const failed = new Error('the store failed');
    const { channel } = channelOn(api, {
      helpline: { receive: () => Promise.reject(failed), ignore: () => Promise.reject(failed) },
    });
    await expect(channel.handle(entry(said('help')))).rejects.toBe(failed);
    await expect(channel.handle(entry(said('x', { chat: group })))).rejects.toBe(failed);
    await channel.stop();
  });
});

test('a Telegram that fails, hangs or lies costs no message and no press', async () => {
  const answers = [
    (response: Parameters<typeof ok>[0]) => void response.destroy(),
    (response: Parameters<typeof ok>[0]) => void response.writeHead(500).end('<html>'),
    () => {},
  ];
  for (const answer of answers) {
    const api = await botApiStub((_, response) => answer(response));
    const { channel, received } = channelOn(api);
    await channel.handle(entry(said('help')));
    await channel.handle(entry(pressed('x')));
    expect(received).toHaveLength(2);
    await channel.stop();
    await api.close();
  }
});

test('a message and a press in one update cannot reach two chats', async () => {
  const api = await botApiStub((_, response) => ok(response, true));
  const { channel, received } = channelOn(api);
  const other = { id: 78, is_bot: false, first_name: 'B' };
  await channel.handle(
    entry({ ...said('mine'), callback_query: { ...pressed('x').callback_query, from: other } }),
  );
  expect(received.map(({ address }) => address)).toEqual(['77']);
  await channel.stop();
  await api.close();
});
