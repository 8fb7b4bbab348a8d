import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import type { Outgoing } from '../../../src/core/words/messages.ts';
import { paragraph } from '../../../src/core/words/rich-text.ts';
import { botApiStub, json, ok } from '../../support/bot-api-stub.ts';
import { channelOn, telegramStreet, type TelegramStreet } from '../../support/telegram-channel-bench.ts';

const message = (text: string, buttons: Outgoing['buttons'] = []): Outgoing => ({
  text: paragraph(text),
  buttons,
  language: 'en',
});

describe('to the emulated Telegram', () => {
  let street: TelegramStreet;
  let part: ReturnType<typeof channelOn>;
  let user = 500;
  beforeAll(async () => {
    street = await telegramStreet();
    part = channelOn(street);
  });
  afterAll(async () => {
    await part.channel.stop();
    await street.close();
  });
  beforeEach(async () => {
    await street.clearFaults();
    user += 1;
    await street.says(user, '/start');
  });
  const send = (text: string, to = String(user)) => part.channel.send(to, message(text));
  const seen = async () =>
    (await street.chat(user)).bubbles.filter(({ from }) => from === 'bot').map(({ text }) => text);

  test('a message arrives as written, with marks and buttons, without previews', async () => {
    const sent = await part.channel.send(String(user), {
      text: [
        {
          kind: 'paragraph',
          children: [{ text: '<b>not bold</b> *nor this* ' }, { text: 'बोल्ड', bold: true }],
        },
        { kind: 'quote', children: [{ text: '🙏 quoted' }] },
      ],
      buttons: [[{ id: 'menu:help', label: 'मदद' }]],
      language: 'hi',
    });
    expect(sent).toEqual({ outcome: 'sent', platformId: expect.stringMatching(/^\d+$/) });
    expect(await seen()).toEqual(['<b>not bold</b> *nor this* बोल्ड\n\n🙏 quoted']);
    const call = (await street.calls('sendMessage')).at(-1);
    expect(call?.arguments).toMatchObject({
      chat_id: user,
      link_preview_options: { is_disabled: true },
      reply_markup: { inline_keyboard: [[{ text: 'मदद', callback_data: 'menu:help' }]] },
    });
    expect(call?.arguments).not.toHaveProperty('parse_mode');
  });

  test('a long one arrives in parts, whole and in order', async () => {
    const text = Array.from({ length: 900 }, (_, i) => `Sentence ${i}.`).join(' ');
    expect(await send(text)).toMatchObject({ outcome: 'sent' });
    const parts = await seen();
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.join(' ')).toBe(text);
  });

  test('somebody who has blocked the bot', async () => {
    await street.blocks(user, true);
    expect(await send('x')).toEqual({ outcome: 'never', why: 'blocked' });
  });

  test('a chat that does not exist', async () => {
    expect(await send('x', '999999')).toEqual({ outcome: 'never', why: 'gone' });
  });

  test('a rate limit says how long to wait', async () => {
    await street.fault('rate-limit', { retry_after: 7 });
    expect(await send('x')).toEqual({ outcome: 'wait', ms: 7_000, why: 'rate-limited' });
  });

  test('an error that Telegram owns up to can be tried again', async () => {
    await street.fault('server-error');
    expect(await send('x')).toEqual({ outcome: 'wait', ms: null, why: 'http-500' });
  });

  test('a message that was taken, with the answer lost, is sent once and is unknown', async () => {
    await street.fault('apply-then-drop');
    expect(await send('once')).toMatchObject({ outcome: 'unknown' });
    expect(await seen()).toEqual(['once']);
  });

  test('a connection cut after the request is unknown', async () => {
    await street.fault('down');
    expect(await send('x')).toMatchObject({ outcome: 'unknown' });
  });

  test.each(['-1001234', '@somebody', '0', '', '12x', '1e9', ' 7', '99999999999999999999'])(
    'an address that is no private chat is never written to: %j',
    async (address) => {
      const before = (await street.calls('sendMessage')).length;
      expect(await send('x', address)).toEqual({ outcome: 'never', why: 'refused' });
      expect(await street.calls('sendMessage')).toHaveLength(before);
    },
  );

  test('a button that cannot be sent is refused and logged, not thrown', async () => {
    const wrong = message('x', [[{ id: 'अ'.repeat(22), label: 'x' }]]);
    expect(await part.channel.send(String(user), wrong)).toEqual({ outcome: 'never', why: 'refused' });
    expect(part.lines.at(-1)).toMatchObject({ event: 'http-failed', fields: { why: 'not-to-be-rendered' } });
  });
});

const sending = async (answer: (response: ServerResponse, number: number) => void, text = 'x') => {
  const api = await botApiStub((_, response, number) => answer(response, number));
  const part = channelOn(api);
  const sent = await part.channel.send('77', message(text));
  await part.channel.stop();
  await api.close();
  return { sent, calls: api.calls, lines: part.lines };
};
const refusal = (error_code: number, description: string) => (response: ServerResponse) =>
  json(response, error_code, { ok: false, error_code, description });

describe('to something else', () => {
  test.each<[number, string, object]>([
    [403, 'Forbidden: bot was blocked by the user', { outcome: 'never', why: 'blocked' }],
    [403, 'Forbidden: user is deactivated', { outcome: 'never', why: 'gone' }],
    [403, "Forbidden: bot can't initiate conversation with a user", { outcome: 'never', why: 'blocked' }],
    [400, 'Bad Request: chat not found', { outcome: 'never', why: 'gone' }],
    [400, 'Bad Request: PEER_ID_INVALID', { outcome: 'never', why: 'gone' }],
    [400, 'Bad Request: message is too long', { outcome: 'never', why: 'refused' }],
    [401, 'Unauthorized', { outcome: 'wait', ms: null, why: 'token-refused' }],
    [404, 'Not Found', { outcome: 'wait', ms: null, why: 'token-refused' }],
    [429, 'Too Many Requests', { outcome: 'wait', ms: null, why: 'rate-limited' }],
    [502, 'Bad Gateway', { outcome: 'wait', ms: null, why: 'http-502' }],
  ])('%i %s', async (status, description, fate) => {
    const { sent, calls } = await sending(refusal(status, description));
    expect(sent).toEqual(fate);
    expect(calls).toHaveLength(1);
  });

  test('a refusal is logged by its number, without the text and without the address', async () => {
    const { lines } = await sending(refusal(400, 'Bad Request: SECRET'), 'my brother');
    expect(lines).toEqual([
      {
        event: 'http-failed',
        fields: {
          source: 'telegram',
          kind: 'sendMessage',
          outcome: 'refused',
          why: 'answered',
          error: { class: 'GrammyError', http: 400, method: 'sendMessage' },
        },
      },
    ]);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    [
      'a page of HTML from something in between',
      (r) => void r.writeHead(502).end('<html>Bad Gateway</html>'),
    ],
    ['half an answer', (r) => void r.write('{"ok":', () => r.destroy())],
    ['null', (r) => json(r, 200, null)],
    ['JSON of somebody else', (r) => json(r, 200, { hello: 1 })],
    ['a message without an id', (r) => ok(r, null)],
  ])('%s leaves it unknown, and nothing is sent twice', async (_, answer) => {
    const { sent, calls } = await sending(answer);
    expect(sent).toMatchObject({ outcome: 'unknown' });
    expect(calls).toHaveLength(1);
  });

  test('a long message that fails midway is unknown, and the rest is not sent', async () => {
    const { sent, calls } = await sending((response, number) => {
      if (number === 0) ok(response, { message_id: 1 });
      else refusal(429, 'Too Many Requests')(response);
    }, 'word '.repeat(3_000));
    expect(sent).toEqual({ outcome: 'unknown', why: 'half-sent' });
    expect(calls).toHaveLength(2);
  });

  test('a long message whose first part fails can wait as a whole', async () => {
    const { sent } = await sending(refusal(500, 'Internal Server Error'), 'word '.repeat(3_000));
    expect(sent).toEqual({ outcome: 'wait', ms: null, why: 'http-500' });
  });

  test.each([
    ['nobody listens', 'http://127.0.0.1:1', 'never-connected.ECONNREFUSED'],
    ['the name is unknown', 'http://telegram.invalid', 'never-connected.E'],
  ])('when %s, it has not been sent and can wait', async (_, apiRoot, why) => {
    const { channel } = channelOn({ token: '1:x', apiRoot });
    const sent = await channel.send('77', message('x'));
    expect(sent).toMatchObject({ outcome: 'wait', ms: null, why: expect.stringContaining(why) });
    await channel.stop();
  });

  test('when no TLS connection comes about, it has not been sent and can wait', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { channel } = channelOn({ token: '1:x', apiRoot: `https://127.0.0.1:${port}` });
    expect(await channel.send('77', message('x'))).toMatchObject({
      outcome: 'wait',
      why: 'never-connected.ECONNRESET',
    });
    await channel.stop();
    server.close();
  });

  test('what is being sent when the channel stops is sent', async () => {
    const arrived = Promise.withResolvers<ServerResponse>();
    const api = await botApiStub((_, response) => arrived.resolve(response));
    const { channel } = channelOn(api);
    const sent = channel.send('77', message('x'));
    const response = await arrived.promise;
    await channel.stop();
    ok(response, { message_id: 3 });
    expect(await sent).toEqual({ outcome: 'sent', platformId: '3' });
    await api.close();
  });
});
