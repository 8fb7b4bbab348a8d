import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryInbox } from '../../support/memory-inbox.ts';
import { channelOn, telegramStreet, type TelegramStreet } from '../../support/telegram-channel-bench.ts';
import { until } from '../../support/until.ts';

const secret = 'a-secret_of-43-characters-0123456789-ABCDEF';
const header = 'X-Telegram-Bot-Api-Secret-Token';
const nowhere = { token: '1:x', apiRoot: 'http://127.0.0.1:1' };
const update = { update_id: 7, message: { message_id: 1, chat: { id: 77, type: 'private' }, text: 'help' } };

const post = (body: BodyInit, headers: HeadersInit = { [header]: secret }) =>
  new Request('http://helpline.example/telegram', { method: 'POST', body, headers });

describe('a post', () => {
  let part: ReturnType<typeof channelOn>;
  beforeEach(() => {
    part = channelOn(nowhere, { webhook: { secret } });
  });
  afterEach(() => part.channel.stop());
  const status = async (request: Request) => (await part.channel.webhook(request)).status;

  test('with the secret is kept, then taken', async () => {
    expect(await status(post(JSON.stringify(update)))).toBe(200);
    expect(part.inbox.entries()).toMatchObject([
      { source: { name: 'telegram', key: '7' }, lane: '77', body: JSON.stringify(update) },
    ]);
    expect(part.channel.health().problem).toBeNull();
  });

  test.each<[string, HeadersInit]>([
    ['without a secret', {}],
    ['with an empty one', { [header]: '' }],
    ['with half of it', { [header]: secret.slice(0, 20) }],
    ['with more than it', { [header]: `${secret}x` }],
    ['with another one', { [header]: secret.toUpperCase() }],
    [
      'with it twice',
      [
        [header, secret],
        [header, secret],
      ],
    ],
    ['with one that is not ASCII', { [header]: 'é'.repeat(43) }],
  ])('%s is refused and kept nowhere', async (_, headers) => {
    expect(await status(post(JSON.stringify(update), headers))).toBe(401);
    expect(part.inbox.entries()).toEqual([]);
  });

  test('is not taken while the store fails, and taken when it comes again', async () => {
    let failures = 2;
    part.inbox.beforePut(async () => {
      if (failures-- > 0) throw new Error('disk full');
    });
    expect(await status(post(JSON.stringify(update)))).toBe(503);
    expect(part.channel.health().problem).toBe('store-failed');
    expect(await status(post(JSON.stringify(update)))).toBe(503);
    expect(await status(post(JSON.stringify(update)))).toBe(200);
    expect(part.events()).toEqual(['store-failed', 'poll-recovered']);
  });

  test('is answered only after the commit', async () => {
    const gate = Promise.withResolvers<void>();
    let began = false;
    part.inbox.beforePut(() => {
      began = true;
      return gate.promise;
    });
    let answered = false;
    const answer = status(post(JSON.stringify(update))).finally(() => (answered = true));
    await until(() => expect(began).toBe(true));
    // A later post is answered meanwhile, so that an early answer to the first would have come.
    expect(await status(post('{"update_id":'))).toBe(400);
    expect(answered).toBe(false);
    gate.resolve();
    expect(await answer).toBe(200);
  });

  test.each<[string, BodyInit, number]>([
    ['half an update', '{"update_id":', 400],
    ['over a megabyte', `"${'x'.repeat(1024 * 1024)}"`, 413],
  ])('%s is not taken', async (_, body, expected) => {
    expect(await status(post(body))).toBe(expected);
    expect(part.inbox.entries()).toEqual([]);
  });

  test('of a strange shape is kept too', async () => {
    expect(await status(post('{"hello":1}'))).toBe(200);
    expect(part.inbox.entries()).toMatchObject([{ lane: 'odd', body: '{"hello":1}' }]);
  });

  test('must be a post', async () => {
    const get = new Request('http://helpline.example/telegram', { headers: { [header]: secret } });
    expect(await status(get)).toBe(405);
  });
});

test.each(['', 'short', 'x'.repeat(31), `${'x'.repeat(40)} `])(
  'a weak secret stops the start: %j',
  (weak) => {
    expect(() => channelOn(nowhere, { webhook: { secret: weak } })).toThrow('webhook secret');
  },
);

test('while polling there is no webhook', async () => {
  const { channel } = channelOn(nowhere);
  expect((await channel.webhook(post(JSON.stringify(update)))).status).toBe(404);
  await channel.stop();
});

describe('with the emulated Telegram', () => {
  let street: TelegramStreet;
  beforeEach(async () => {
    street = await telegramStreet();
  });
  afterEach(() => street.close());

  test('it asks for posts, and gets again what it could not keep', async () => {
    const inbox = memoryInbox();
    let failures = 1;
    inbox.beforePut(async () => {
      if (failures-- > 0) throw new Error('disk full');
    });
    const part = channelOn(street, { inbox, webhook: { secret, url: `${street.url}/telegram-webhook` } });
    const app = new Hono();
    app.post('/telegram-webhook', (c) => part.channel.webhook(c.req.raw));
    street.mount(app);
    await street.fault('server-error');
    await part.channel.start();
    await until(() => expect(part.waits.length).toBeGreaterThan(1));
    await street.clearFaults();
    await until(async () => {
      const calls = await street.calls('setWebhook');
      expect(calls.at(-1)).toMatchObject({ status: 200, arguments: { secret_token: secret } });
    });
    await street.says(71, 'help');
    await until(() => expect(inbox.entries()).toHaveLength(1));
    expect(await street.calls('getUpdates')).toEqual([]);
    await part.channel.stop();
  });

  test('a webhook that was taken away is noticed and set again', async () => {
    const url = 'http://127.0.0.1:9/telegram';
    const part = channelOn(street, { webhook: { secret, url } });
    await part.channel.start();
    await until(() => expect(part.channel.health()).toMatchObject({ lastPollAt: expect.any(Number) }));
    await street.call('deleteWebhook');
    await until(async () => expect(await street.calls('setWebhook')).toHaveLength(2));
    await until(() => expect(part.channel.health().problem).toBeNull());
    expect(part.lines).toMatchObject([
      { event: 'poll-failed', fields: { why: 'webhook-taken-away' } },
      { event: 'poll-recovered' },
    ]);
    await part.channel.stop();
  });

  test('a webhook that Telegram cannot reach is noticed', async () => {
    const part = channelOn(street, { webhook: { secret, url: 'http://127.0.0.1:9/telegram' } });
    await part.channel.start();
    await street.says(71, 'help');
    await until(() => expect(part.channel.health().problem).toBe('webhook-not-reached'));
    await part.channel.stop();
  });

  test("somebody else's webhook is looked at and left alone", async () => {
    const part = channelOn(street, { webhook: { secret } });
    await part.channel.start();
    await until(() => expect(part.channel.health().problem).toBe('webhook-taken-away'));
    expect(await street.calls('setWebhook')).toEqual([]);
    await part.channel.stop();
  });
});
