import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { botApiStub, json, ok } from '../../support/bot-api-stub.ts';
import { memoryInbox } from '../../support/memory-inbox.ts';
import { channelOn, telegramStreet, type TelegramStreet } from '../../support/telegram-channel-bench.ts';
import { until } from '../../support/until.ts';

const textsIn = (inbox: ReturnType<typeof memoryInbox>) =>
  inbox.entries().map(({ body }) => /"text":"([^"]*)"/.exec(body)?.[1]);

describe('polling the emulated Telegram', () => {
  let street: TelegramStreet;
  let stops: (() => Promise<void>)[];
  beforeEach(async () => {
    street = await telegramStreet();
    stops = [];
  });
  afterEach(async () => {
    for (const stop of stops) await stop();
    await street.close();
  });
  const started = async (options: Parameters<typeof channelOn>[1] = {}) => {
    const part = channelOn(street, options);
    stops.push(() => part.channel.stop());
    await part.channel.start();
    return part;
  };
  const waitingFor = (part: Awaited<ReturnType<typeof started>>, texts: string[]) =>
    until(() => expect(textsIn(part.inbox)).toEqual(texts));

  test('what people write reaches the inbox, in the lane of their chat', async () => {
    const part = await started();
    await street.says(71, 'one');
    await street.says(72, 'two');
    await waitingFor(part, ['one', 'two']);
    expect(part.inbox.entries().map(({ lane }) => lane)).toEqual(['71', '72']);
    await until(() => expect(part.channel.health()).toMatchObject({ problem: null }));
    expect(part.channel.health().lastPollAt).toBeGreaterThan(Date.now() - 10_000);
  });

  test('Telegram is told to forget only what is on disk', async () => {
    const inbox = memoryInbox();
    const gate = Promise.withResolvers<void>();
    let putBegan = false;
    inbox.beforePut(() => {
      putBegan = true;
      return gate.promise;
    });
    await street.says(71, 'help');
    await started({ inbox });
    await until(() => expect(putBegan).toBe(true));
    // What the channel had asked before this is with the server when these are answered.
    for (let i = 0; i < 3; i++) await street.call('getMe');
    const offsets = async () => (await street.calls('getUpdates')).map((call) => call.arguments['offset']);
    expect(await offsets()).toEqual([undefined]);
    const { pending } = await pendingUpdates();
    expect(pending).toBe(1);

    gate.resolve();
    const [position] = await until(() => {
      expect(inbox.positions).toHaveLength(1);
      return inbox.positions;
    });
    await until(async () => expect((await pendingUpdates()).pending).toBe(0));
    expect(position).toBeGreaterThan(0);
  });

  const pendingUpdates = async (): Promise<{ pending: unknown }> => {
    const { result } = await street.call('getWebhookInfo');
    return { pending: Object.entries(result ?? {}).find(([key]) => key === 'pending_update_count')?.[1] };
  };

  test('while the store fails nothing is forgotten, and all of it comes again', async () => {
    const inbox = memoryInbox();
    let failures = 3;
    inbox.beforePut(async () => {
      if (failures-- > 0) throw new Error('disk full');
    });
    await street.says(71, 'one');
    const part = await started({ inbox });
    await waitingFor(part, ['one']);
    expect(part.waits.slice(0, 3)).toEqual([1_000, 1_500, 3_000]);
    await until(() => expect(part.events()).toContain('poll-recovered'));
    expect(part.events().filter((event) => event === 'store-failed')).toHaveLength(1);
  });

  test('a process that dies while storing leaves everything to the next one', async () => {
    const dying = memoryInbox();
    dying.beforePut(() => Promise.reject(new Error('killed')));
    await street.says(71, 'one');
    const first = await started({ inbox: dying });
    await until(() => expect(first.channel.health().problem).toBe('store-failed'));
    await first.channel.stop();
    await street.says(71, 'two');
    const second = await started();
    await waitingFor(second, ['one', 'two']);
  });

  test('an offset does not outlive the poll that carried it', async () => {
    const part = await started();
    await street.says(71, 'one');
    await waitingFor(part, ['one']);
    await part.channel.stop();
    const again = await started({ inbox: part.inbox });
    await until(() => expect(again.channel.health().lastPollAt).not.toBeNull());
    const last = (await street.calls('getUpdates')).at(-1);
    expect(last?.arguments['offset']).toBeUndefined();
    expect(textsIn(part.inbox)).toEqual(['one']);
  });

  test('a webhook of before is taken away, and what waited for it is heard', async () => {
    await street.call('setWebhook', { url: 'http://127.0.0.1:9/nobody' });
    await street.says(71, 'waited');
    const part = await started();
    await waitingFor(part, ['waited']);
    expect(await street.calls('deleteWebhook')).toHaveLength(1);
  });

  test('a webhook that somebody sets meanwhile is taken away again', async () => {
    const part = await started();
    await until(() => expect(part.channel.health().lastPollAt).not.toBeNull());
    await street.call('setWebhook', { url: 'http://127.0.0.1:9/nobody' });
    await street.says(71, 'heard');
    await waitingFor(part, ['heard']);
    expect(part.events()).toContain('poll-conflict');
  });

  test('a second poller is reported, and polling goes on', async () => {
    const part = await started();
    await until(async () => {
      await street.call('getUpdates', { timeout: 0 });
      expect(part.events()).toContain('poll-conflict');
    });
    await street.says(71, 'still here');
    await waitingFor(part, ['still here']);
    await until(() => expect(part.channel.health().problem).toBeNull());
  });

  test('an outage is told once, waited out longer each time, and its end told once', async () => {
    await street.fault('server-error');
    const part = await started();
    await until(() => expect(part.waits.length).toBeGreaterThan(8));
    expect(part.channel.health().problem).toBe('unreachable');
    await street.clearFaults();
    await street.says(71, 'after');
    await waitingFor(part, ['after']);
    await until(() => expect(part.channel.health().problem).toBeNull());
    expect(part.waits.slice(0, 7)).toEqual([1_000, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500]);
    expect(part.events().filter((event) => event.startsWith('poll'))).toEqual([
      'poll-failed',
      'poll-recovered',
    ]);
  });

  test('a cut connection is an outage like any other', async () => {
    await street.fault('down');
    const part = await started();
    await until(() => expect(part.channel.health().problem).toBe('unreachable'));
    await street.clearFaults();
    await street.says(71, 'after');
    await waitingFor(part, ['after']);
  });

  test('updates whose answer was lost on the way come again', async () => {
    await street.says(71, 'one');
    await street.fault('apply-then-drop');
    const part = await started();
    await until(() => expect(part.waits.length).toBeGreaterThan(2));
    await street.clearFaults();
    await waitingFor(part, ['one']);
  });

  test('a rate limit is waited out as told', async () => {
    await street.fault('rate-limit', { retry_after: 17 });
    const part = await started();
    await until(() => expect(part.waits.length).toBeGreaterThan(1));
    expect(Math.min(...part.waits)).toBe(17_000);
    expect(part.channel.health().problem).toBe('rate-limited');
  });

  test('a refused token is reported and tried again slowly', async () => {
    const part = channelOn({ ...street, token: '1000000001:WRONGWRONGWRONGWRONGWRONGWRONGWRONG' });
    stops.push(() => part.channel.stop());
    await part.channel.start();
    await until(() => expect(part.waits.length).toBeGreaterThan(1));
    expect(part.channel.health().problem).toBe('token-refused');
    expect(Math.min(...part.waits)).toBe(60_000);
  });

  test('stopping ends a waiting poll at once', async () => {
    const part = await started();
    await until(() => expect(part.channel.health().lastPollAt).not.toBeNull());
    const before = Date.now();
    await part.channel.stop();
    expect(Date.now() - before).toBeLessThan(1_000);
  });
});

describe('polling something odd', () => {
  test('updates of the wrong shape are kept, and hold nobody up', async () => {
    const good = { update_id: 5, message: { message_id: 1, text: 'good' } };
    const api = await botApiStub(({ method, arguments: { offset } }, response) => {
      if (method !== 'getUpdates') return ok(response, true);
      return ok(response, offset === 6 ? [] : [{ no: 'id' }, 'nonsense', null, good]);
    });
    const part = channelOn(api);
    await part.channel.start();
    await until(() => expect(api.calls.some((call) => call.arguments['offset'] === 6)).toBe(true));
    await part.channel.stop();
    expect(part.inbox.entries().map(({ body }) => body)).toEqual([
      '{"no":"id"}',
      '"nonsense"',
      'null',
      JSON.stringify(good),
    ]);
    expect(part.events().filter((event) => event === 'update-malformed').length).toBeGreaterThanOrEqual(3);
    await api.close();
  });

  test('an empty poll asks without an offset: after a quiet week the numbers may begin anew', async () => {
    const good = { update_id: 5, message: { message_id: 1, text: 'good' } };
    const offsets: unknown[] = [];
    const api = await botApiStub(({ method, arguments: { offset } }, response) => {
      if (method !== 'getUpdates') return ok(response, true);
      offsets.push(offset);
      return ok(response, offsets.length === 1 ? [good] : []);
    });
    const part = channelOn(api);
    await part.channel.start();
    await until(() => expect(offsets.length).toBeGreaterThan(3));
    await part.channel.stop();
    expect(offsets.slice(0, 4)).toEqual([undefined, 6, undefined, undefined]);
    await api.close();
  });

  test.each<[string, (response: Parameters<typeof ok>[0]) => void]>([
    ['a page of HTML', (response) => void response.writeHead(502).end('<html>Bad Gateway</html>')],
    ['null', (response) => json(response, 200, null)],
    ['JSON of somebody else', (response) => json(response, 200, { hello: 1 })],
    ['a list that is none', (response) => ok(response, { update_id: 3 })],
    ['a list in which nothing can be confirmed', (response) => ok(response, [{}])],
  ])('%s is waited out', async (_, answer) => {
    const api = await botApiStub(({ method }, response) =>
      method === 'getUpdates' ? answer(response) : ok(response, true),
    );
    const part = channelOn(api);
    await part.channel.start();
    await until(() => expect(part.waits.length).toBeGreaterThan(2));
    await part.channel.stop();
    expect(part.waits.slice(0, 3)).toEqual([1_000, 1_500, 3_000]);
    await api.close();
  });

  test('an API that never holds a poll is not run in circles', async () => {
    const api = await botApiStub((_, response) => ok(response, []));
    const part = channelOn(api);
    await part.channel.start();
    await until(() => expect(part.waits.length).toBeGreaterThan(2));
    await part.channel.stop();
    expect(new Set(part.waits)).toEqual(new Set([1_000]));
    await api.close();
  });
});
