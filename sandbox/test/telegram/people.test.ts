import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { telegramSandbox, type TelegramSandbox } from '../../../test/support/telegram-sandbox.ts';

let box: TelegramSandbox;
let clock = Date.now();
beforeEach(async () => {
  clock = Date.now();
  box = await telegramSandbox({ now: () => clock });
  await box.control('telegram/messages', { user: 42, name: 'Asha Devi', text: '/start' });
});
afterEach(() => box.close());

const ask = () =>
  box.api.sendMessage(42, 'Which?', {
    reply_markup: {
      inline_keyboard: [
        [
          { text: 'A', callback_data: 'a' },
          { text: 'Map', url: 'https://mea.gov.in' },
        ],
      ],
    },
  });
const pressed = async () => {
  const updates = await box.api.getUpdates({});
  return updates.at(-1)?.callback_query;
};

describe('a pressed button', () => {
  test('spins until the bot answers, which then shows as a notice', async () => {
    const { message_id } = await ask();
    expect(await box.control('telegram/presses', { user: 42, label: 'A' })).toEqual({
      status: 200,
      body: { ok: true },
    });
    const query = await pressed();
    expect(query).toMatchObject({ data: 'a', from: { id: 42 }, message: { message_id, text: 'Which?' } });
    expect(await box.look('telegram/chats/42')).toMatchObject({ waiting: [{ message_id, data: 'a' }] });
    await box.api.answerCallbackQuery(query?.id ?? '', { text: 'Noted', show_alert: true });
    const view = await box.look('telegram/chats/42');
    expect(view).toMatchObject({ notice: { text: 'Noted', alert: true } });
    expect(view).not.toHaveProperty('waiting');
  });

  test('is answered once, and soon', async () => {
    await ask();
    await box.control('telegram/presses', { user: 42, label: 'A' });
    const query = await pressed();
    await box.api.answerCallbackQuery(query?.id ?? '');
    const old = {
      error_code: 400,
      description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
    };
    await expect(box.api.answerCallbackQuery(query?.id ?? '')).rejects.toMatchObject(old);
    await box.control('telegram/presses', { user: 42, data: 'a' });
    const late = await pressed();
    clock += 16_000;
    await expect(box.api.answerCallbackQuery(late?.id ?? '')).rejects.toMatchObject(old);
  });

  test('comes with the same chat_instance for one chat, another for another', async () => {
    await ask();
    await box.control('telegram/presses', { user: 42, label: 'A' });
    const first = await pressed();
    await box.control('telegram/presses', { user: 42, label: 'A' });
    const second = await pressed();
    expect(second?.id).not.toBe(first?.id);
    expect(second?.chat_instance).toBe(first?.chat_instance);
  });

  test('of a link tells the bot nothing; one that is not there is refused', async () => {
    await ask();
    await box.control('telegram/presses', { user: 42, label: 'Map' });
    expect(await box.api.getUpdates({})).toHaveLength(1);
    expect(await box.control('telegram/presses', { user: 42, label: 'Nope' })).toEqual({
      status: 404,
      body: { error: 'There is no such button to press.' },
    });
  });
});

describe('people', () => {
  test('edit their own messages', async () => {
    await box.control('telegram/messages', { user: 42, text: 'he is in Rostov', edit_message_id: 1 });
    const updates = await box.api.getUpdates({});
    expect(updates.at(-1)?.edited_message).toMatchObject({ message_id: 1, text: 'he is in Rostov' });
    expect(updates.at(-1)?.edited_message?.edit_date).toBeTypeOf('number');
    const { message_id } = await ask();
    expect(
      await box.control('telegram/messages', { user: 42, text: 'x', edit_message_id: message_id }),
    ).toMatchObject({ status: 404 });
  });

  test('block and unblock', async () => {
    await box.control('telegram/blocks', { user: 42, blocked: true });
    expect(await box.control('telegram/messages', { user: 42, text: 'x' })).toMatchObject({ status: 409 });
    await box.control('telegram/blocks', { user: 42, blocked: false });
    const updates = await box.api.getUpdates({});
    expect(
      updates.slice(1).map(({ my_chat_member: m }) => [m?.old_chat_member.status, m?.new_chat_member.status]),
    ).toEqual([
      ['member', 'kicked'],
      ['kicked', 'member'],
    ]);
  });

  test('send albums as messages of one group, and long texts in pieces', async () => {
    for (const caption of ['one', 'two'])
      await box.control('telegram/messages', { user: 42, photo: { caption }, media_group_id: 'g' });
    await box.control('telegram/messages', { user: 42, text: 'क'.repeat(5000) });
    const updates = (await box.api.getUpdates({})).slice(1);
    expect(updates.map(({ message }) => message?.media_group_id ?? message?.text?.length)).toEqual([
      'g',
      'g',
      4096,
      904,
    ]);
  });

  test('are known by name and language until they change them', async () => {
    await box.control('telegram/messages', { user: 42, text: 'x', language_code: 'hi' });
    await box.control('telegram/messages', { user: 42, text: 'y' });
    const updates = await box.api.getUpdates({});
    expect(updates.at(-1)?.message?.from).toEqual({
      id: 42,
      is_bot: false,
      first_name: 'Asha',
      last_name: 'Devi',
      language_code: 'hi',
    });
    expect(await box.look('telegram/chats')).toMatchObject([
      { user: 42, name: 'Asha Devi', last: { text: 'y' } },
    ]);
  });

  test('who never wrote have an empty chat', async () => {
    expect(await box.look('telegram/chats/7')).toMatchObject({
      started: false,
      bubbles: [],
      user: { id: 7 },
    });
  });

  test.each([
    ['an unknown field', { user: 42, text: 'x', txt: 'y' }],
    ['nothing to say', { user: 42 }],
    ['two things at once', { user: 42, text: 'x', voice: true }],
    ['an answer to no message', { user: 42, text: 'x', reply_to_message_id: 99 }],
  ])('are refused %s', async (_what, body) => {
    const { status, body: answer } = await box.control('telegram/messages', body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(answer).toEqual({ error: expect.any(String) });
  });
});
