import { Bot, GrammyError } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { telegramSandbox, type TelegramSandbox } from '../../../test/support/telegram-sandbox.ts';
import { checkTelegramUpdate } from '../../../test/support/telegram-spec.ts';

let box: TelegramSandbox;
let clock = Date.now();
beforeEach(async () => {
  clock = Date.now();
  box = await telegramSandbox({ now: () => clock });
});
afterEach(() => box.close());

const write = (text: string, user = 42) =>
  box.control('telegram/messages', { user, name: 'Asha Devi', text });
/** What was asked before is with the server when this one's answer is here: it hears one after the other. */
const heardByThen = () => box.api.getMe();
const texts = async (offset = 0) =>
  (await box.api.getUpdates({ offset })).map((update) => update.message?.text ?? Object.keys(update)[1]);

describe('getUpdates', () => {
  test('a long poll is held, and released by a new update', async () => {
    let done = false;
    const poll = box.api.getUpdates({ timeout: 30 }).finally(() => (done = true));
    await heardByThen();
    expect(done).toBe(false);
    await write('hello');
    expect((await poll).map(({ message }) => message?.text)).toEqual(['hello']);
  });

  test('a long poll ends empty at its timeout', async () => {
    const began = performance.now();
    expect(await box.api.getUpdates({ timeout: 1 })).toEqual([]);
    expect(performance.now() - began).toBeGreaterThan(950);
  });

  test('unconfirmed updates come again; an offset forgets what is below it', async () => {
    await write('one');
    await write('two');
    const [first, second] = await box.api.getUpdates({});
    expect(await texts()).toEqual(['one', 'two']);
    expect(second?.update_id).toBe((first?.update_id ?? 0) + 1);
    expect(await texts(second?.update_id)).toEqual(['two']);
    expect(await texts()).toEqual(['two']);
  });

  test('a negative offset keeps only the newest', async () => {
    for (const text of ['one', 'two', 'three']) await write(text);
    expect(await texts(-1)).toEqual(['three']);
    expect(await texts()).toEqual(['three']);
  });

  test('limit takes the oldest first', async () => {
    for (const text of ['one', 'two', 'three']) await write(text);
    expect((await box.api.getUpdates({ limit: 2 })).map(({ message }) => message?.text)).toEqual([
      'one',
      'two',
    ]);
  });

  test('a second poll ends the waiting one with 409', async () => {
    const older = box.api.getUpdates({ timeout: 30 }).catch((error: unknown) => error);
    await heardByThen();
    const newer = box.api.getUpdates({ timeout: 30 });
    expect(await older).toMatchObject({
      error_code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    expect(await older).toBeInstanceOf(GrammyError);
    await write('for the newer');
    expect(await newer).toHaveLength(1);
  });

  test('a client that hung up does not count as waiting', async () => {
    const gone = new AbortController();
    const url = `${box.apiRoot}/bot${box.token}/getUpdates?timeout=30`;
    const poll = fetch(url, { signal: gone.signal }).catch(() => 'gone');
    await heardByThen();
    gone.abort();
    expect(await poll).toBe('gone');
    await expect
      .poll(() => box.look('calls?target=telegram'))
      .toMatchObject([{ method: 'getMe' }, { method: 'getUpdates', status: 200 }]);
  });

  test('allowed_updates is remembered until it is set again', async () => {
    await write('start');
    await box.api.getUpdates({ allowed_updates: ['message'] });
    await box.control('telegram/blocks', { user: 42, blocked: true });
    await box.control('telegram/blocks', { user: 42, blocked: false });
    expect(await texts()).toEqual(['start']);
    await box.api.getUpdates({ allowed_updates: [] });
    await box.control('telegram/blocks', { user: 42, blocked: true });
    expect(await texts()).toEqual(['start', 'my_chat_member']);
  });

  test('messages wait a day, pressed buttons 150 seconds', async () => {
    await write('start');
    await box.api.sendMessage(42, 'Which?', {
      reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
    });
    await box.control('telegram/presses', { user: 42, label: 'A' });
    clock += 149_000;
    expect(await texts()).toEqual(['start', 'callback_query']);
    clock += 2000;
    expect(await texts()).toEqual(['start']);
    clock += 24 * 60 * 60 * 1000;
    expect(await texts()).toEqual([]);
  });

  test('a replay brings the last updates again under their old ids, in either order', async () => {
    await write('one');
    await write('two');
    const seen = await box.api.getUpdates({});
    const next = (seen.at(-1)?.update_id ?? 0) + 1;
    expect(await texts(next)).toEqual([]);
    await box.control('telegram/replay', { last: 2, order: 'reversed' });
    expect(await box.api.getUpdates({ offset: next })).toEqual(seen.toReversed());
    expect(await texts(next)).toEqual([]);
  });

  test('every kind of update is as the specification has it', async () => {
    await write('/start at https://mea.gov.in');
    for (const more of [
      { photo: { caption: 'papers' }, media_group_id: 'a' },
      { voice: { duration: 3 } },
      { document: true },
      { contact: { phone_number: '+91 1', first_name: 'Asha', own: true } },
      { location: { latitude: 28.6, longitude: 77.2 } },
      { text: 'a reply', reply_to_message_id: 1 },
      { text: 'other words', edit_message_id: 1 },
    ])
      expect(
        await box.control('telegram/messages', { user: 42, language_code: 'hi', ...more }),
      ).toMatchObject({ status: 200 });
    await box.api.sendMessage(42, 'x', {
      reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
    });
    await box.control('telegram/presses', { user: 42, data: 'a' });
    clock += 3 * 24 * 60 * 60 * 1000;
    await box.control('telegram/presses', { user: 42, data: 'a' });
    await box.control('telegram/blocks', { user: 42, blocked: true });
    const late = await box.api.getUpdates({});
    clock -= 3 * 24 * 60 * 60 * 1000;
    const updates = [...late, ...(await box.api.getUpdates({}))];
    expect(updates.flatMap((update) => checkTelegramUpdate(update))).toEqual([]);
    expect(late.map((update) => Object.keys(update)[1])).toEqual(['callback_query', 'my_chat_member']);
    expect(late[0]?.callback_query?.message?.date).toBe(0);
  });
});

test('a grammY bot that polls hears, answers, and confirms what it has heard', async () => {
  const bot = new Bot(box.token, { client: { apiRoot: box.apiRoot } });
  bot.on('message:text', (ctx) => ctx.reply(`You said: ${ctx.msg.text}`));
  const running = bot.start({ timeout: 30 });
  await write('help');
  await expect
    .poll(() => box.look('telegram/chats/42'))
    .toMatchObject({
      bubbles: [
        { from: 'person', text: 'help' },
        { from: 'bot', text: 'You said: help' },
      ],
    });
  await bot.stop();
  await running;
  expect(await texts()).toEqual([]);
});
