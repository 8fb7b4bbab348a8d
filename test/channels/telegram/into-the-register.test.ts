import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InboundMessage } from '../../../src/core/words/messages.ts';
import { registerBench, type RegisterBench } from '../../support/register-bench.ts';
import { channelOn, telegramStreet, type TelegramStreet } from '../../support/telegram-channel-bench.ts';
import { until } from '../../support/until.ts';

let street: TelegramStreet;
let bench: RegisterBench;
beforeEach(async () => {
  street = await telegramStreet();
  bench = registerBench(null);
});
afterEach(async () => {
  await bench.clean();
  await street.close();
});

/** A life of the process: a register, a channel on it, and what the helpline was told. */
async function life() {
  const register = await bench.open({ now: Date.now });
  const heard: InboundMessage[] = [];
  const finish = (source: InboundMessage['source']) => register.work((unit) => unit.inbox.finish(source));
  const part = channelOn(street, {
    register,
    helpline: {
      receive: async (message) => {
        if (await finish(message.source)) heard.push(message);
      },
      ignore: async (source) => void (await finish(source)),
    },
  });
  await part.channel.start();
  const handleAll = async (): Promise<void> => {
    for (;;) {
      const entries = await register.inbox.claim(8, 30_000);
      if (entries.length === 0) return;
      for (const entry of entries) await part.channel.handle(entry);
    }
  };
  return { register, heard, handleAll, ...part };
}

test('over lives that end at any moment every message is heard once and in the order of its chat', async () => {
  const said: string[] = [];
  const heard: InboundMessage[] = [];
  for (let round = 0; round < 4; round++) {
    const one = await life();
    for (let i = 0; i < 6; i++) {
      const user = 601 + (i % 3);
      said.push(`${user}: round ${round}, message ${i}`);
      await street.says(user, `${user}: round ${round}, message ${i}`);
    }
    // Only the last life waits for all; the others end with updates handled, stored, on their way, or not fetched.
    const enough = round === 3 ? said.length : 0;
    await until(async () => {
      await one.handleAll();
      expect(heard.length + one.heard.length).toBeGreaterThanOrEqual(enough);
    });
    await one.channel.stop();
    await one.register.close();
    heard.push(...one.heard);
  }
  const textsOf = (address: string) =>
    heard.flatMap((message) =>
      message.address === address && message.content.kind === 'text' ? [message.content.text] : [],
    );
  for (const address of ['601', '602', '603'])
    expect(textsOf(address)).toEqual(said.filter((text) => text.startsWith(address)));
});

test('updates that come again, in any order, are heard once', async () => {
  const one = await life();
  for (let i = 0; i < 5; i++) await street.says(601, `message ${i}`);
  await until(async () => expect((await one.register.load()).inbox).toBe(5));
  await street.replays(5, 'reversed');
  await one.handleAll();
  await street.replays(5, 'same');
  await street.says(601, 'the last');
  await until(async () => {
    await one.handleAll();
    expect(one.heard).toHaveLength(6);
  });
  await one.channel.stop();
});

test('a store that goes away under the poller leaves all with Telegram', async () => {
  const first = await life();
  await first.register.close();
  await street.says(601, 'said to a closed store');
  await until(() => expect(first.channel.health().problem).toBe('store-failed'));
  await first.channel.stop();
  const second = await life();
  await until(async () => {
    await second.handleAll();
    expect(second.heard).toMatchObject([{ content: { text: 'said to a closed store' } }]);
  });
  await second.channel.stop();
});

test('no coordinates reach the disk, sealed or not', async () => {
  const one = await life();
  await street.sends(601, { location: { latitude: 47.123_456, longitude: 37.654_321 } });
  await until(async () => expect((await one.register.load()).inbox).toBe(1));
  const [entry] = await one.register.inbox.claim(1, 30_000);
  expect(entry?.body).toContain('"location":{}');
  expect(entry?.body).not.toMatch(/47\.|37\./);
  await one.channel.stop();
});
