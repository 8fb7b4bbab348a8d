import { GrammyError } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { telegramSandbox, type TelegramSandbox } from '../../../test/support/telegram-sandbox.ts';
import { checkTelegramCall, checkTelegramResult } from '../../../test/support/telegram-spec.ts';

let box: TelegramSandbox;
let clock = Date.now();
beforeEach(async () => {
  clock = Date.now();
  box = await telegramSandbox({ now: () => clock });
  await box.control('telegram/messages', { user: 42, name: 'Asha Devi', text: '/start' });
});
afterEach(() => box.close());

const refusal = async (method: string, args: Record<string, unknown>) => {
  const { error_code, description } = await box.call(method, args);
  return `${error_code} ${description}`;
};
const keyboard = (button: Record<string, unknown>) => ({ inline_keyboard: [[button]] });

describe('sendMessage', () => {
  test('answers with the message as the specification has it, and the person sees it', async () => {
    const args = {
      chat_id: 42,
      text: 'Read <b>this</b>',
      parse_mode: 'HTML' as const,
      reply_parameters: { message_id: 1 },
      reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'हाँ', style: 'success' as const }]] },
    };
    expect(checkTelegramCall('sendMessage', args)).toEqual([]);
    const { result } = await box.call('sendMessage', args);
    expect(checkTelegramResult('sendMessage', result)).toEqual([]);
    expect(await box.look('telegram/chats/42')).toMatchObject({
      started: true,
      bubbles: [
        { from: 'person', text: '/start', entities: [{ type: 'bot_command', offset: 0, length: 6 }] },
        {
          from: 'bot',
          text: 'Read this',
          entities: [{ type: 'bold', offset: 5, length: 4 }],
          buttons: [[{ text: 'Yes', callback_data: 'हाँ', style: 'success' }]],
          reply_to_message_id: 1,
        },
      ],
    });
  });

  test.each<[string, Record<string, unknown>]>([
    ['400 Bad Request: chat_id is empty', { text: 'x' }],
    ['400 Bad Request: message text is empty', { chat_id: 42 }],
    ['400 Bad Request: message text is empty', { chat_id: 42, text: ' \n ' }],
    ['400 Bad Request: chat not found', { chat_id: 43, text: 'x' }],
    ['400 Bad Request: chat not found', { chat_id: '@asha', text: 'x' }],
    ['400 Bad Request: message is too long', { chat_id: 42, text: 'a'.repeat(4097) }],
    ['400 Bad Request: unsupported parse_mode', { chat_id: 42, text: 'x', parse_mode: 'XML' }],
    ['400 Bad Request: unknown field "txt"', { chat_id: 42, text: 'x', txt: 'y' }],
    [
      '400 Bad Request: message to be replied not found',
      { chat_id: 42, text: 'x', reply_parameters: { message_id: 99 } },
    ],
    [
      '400 Bad Request: BUTTON_DATA_INVALID',
      { chat_id: 42, text: 'x', reply_markup: keyboard({ text: 'a', callback_data: 'क'.repeat(22) }) },
    ],
    [
      '400 Bad Request: BUTTON_DATA_INVALID',
      { chat_id: 42, text: 'x', reply_markup: keyboard({ text: 'a', callback_data: '' }) },
    ],
    [
      "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
      { chat_id: 42, text: 'x', reply_markup: keyboard({ text: 'a' }) },
    ],
    [
      "400 Bad Request: inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
      { chat_id: 42, text: 'x', reply_markup: keyboard({ text: 'a', url: 'nowhere' }) },
    ],
    [
      `400 Bad Request: can't parse entities: Unsupported start tag "x" at byte offset 4`,
      { chat_id: 42, text: 'क <x>', parse_mode: 'HTML' },
    ],
  ])('refuses with "%s"', async (expected, args) => {
    expect(await refusal('sendMessage', args)).toBe(expected);
  });

  test('refuses an argument of the wrong type', async () => {
    expect(await refusal('sendMessage', { chat_id: 42, text: 5 })).toMatch(
      /^400 Bad Request: can't parse "text"/,
    );
  });

  test('takes 4096 code points after parsing, of whatever width', async () => {
    const { ok } = await box.call('sendMessage', {
      chat_id: 42,
      text: `<b>${'😀'.repeat(4096)}</b>`,
      parse_mode: 'HTML',
    });
    expect(ok).toBe(true);
  });

  test('takes an urlencoded body', async () => {
    const response = await fetch(`${box.apiRoot}/bot${box.token}/sendMessage`, {
      method: 'POST',
      body: new URLSearchParams({ chat_id: '42', text: '12', reply_markup: '{"force_reply":true}' }),
    });
    expect(await response.json()).toMatchObject({ ok: true, result: { text: '12' } });
  });

  test('a blocked bot is told so', async () => {
    await box.control('telegram/blocks', { user: 42, blocked: true });
    await expect(box.api.sendMessage(42, 'x')).rejects.toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
  });

  test('a burst of more than 20 to one chat meets 429, which passes with time', async () => {
    for (let n = 0; n < 20; n++) await box.api.sendMessage(42, `n ${n}`);
    await expect(box.api.sendMessage(42, 'x')).rejects.toMatchObject({
      error_code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
    clock += 1000;
    await box.api.sendMessage(42, 'x');
  });

  test('more than 30 in a second over all chats meets 429', async () => {
    await box.control('telegram/messages', { user: 43, text: '/start' });
    const sends = Array.from({ length: 31 }, (_, n) =>
      box.call('sendMessage', { chat_id: 42 + (n % 2), text: 'x' }),
    );
    const codes = (await Promise.all(sends)).map(({ error_code }) => error_code);
    expect(codes.filter((code) => code === 429)).toHaveLength(1);
  });

  test('the limits can be put off and on again', async () => {
    const refused = async (): Promise<number> => {
      const sends = Array.from({ length: 40 }, () => box.call('sendMessage', { chat_id: 42, text: 'x' }));
      return (await Promise.all(sends)).filter(({ error_code }) => error_code === 429).length;
    };
    await box.control('telegram/settings', { rate_limits: false });
    expect(await refused()).toBe(0);
    await box.control('telegram/settings', { rate_limits: true });
    expect(await refused()).toBe(20);
  });
});

describe('what the person sees', () => {
  test('typing shows for five seconds, or until the message', async () => {
    await box.api.sendChatAction(42, 'typing');
    expect(await box.look('telegram/chats/42')).toMatchObject({ typing: true });
    await box.api.sendMessage(42, 'x');
    expect(await box.look('telegram/chats/42')).toMatchObject({ typing: false });
    await box.api.sendChatAction(42, 'typing');
    clock += 5000;
    expect(await box.look('telegram/chats/42')).toMatchObject({ typing: false });
  });

  test('a picture that a person sent can be downloaded with the token', async () => {
    await box.control('telegram/messages', { user: 42, photo: true });
    const [, update] = await box.api.getUpdates({});
    const { file_path } = await box.api.getFile(update?.message?.photo?.at(-1)?.file_id ?? '');
    const response = await fetch(`${box.apiRoot}/file/bot${box.token}/${file_path}`);
    expect([response.status, (await response.bytes()).length > 0]).toEqual([200, true]);
    expect((await fetch(`${box.apiRoot}/file/bot1:wrong/${file_path}`)).status).toBe(404);
  });

  test('a reply keyboard is in force until it is removed', async () => {
    await box.api.sendMessage(42, 'x', {
      reply_markup: { keyboard: [[{ text: 'My number', request_contact: true }, 'Skip']] },
    });
    await box.control('telegram/presses', { user: 42, label: 'My number' });
    await box.control('telegram/presses', { user: 42, label: 'Skip' });
    const updates = await box.api.getUpdates({});
    expect(updates.slice(1).map(({ message }) => message?.contact?.user_id ?? message?.text)).toEqual([
      42,
      'Skip',
    ]);
    await box.api.sendMessage(42, 'x', { reply_markup: { remove_keyboard: true } });
    expect(await box.look('telegram/chats/42')).not.toHaveProperty('keyboard');
  });
});

describe('the bot itself', () => {
  test('a wrong token is unauthorized, an unknown method not found', async () => {
    expect(await box.call('getMe', {}, '1000000001:WRONG')).toMatchObject({
      error_code: 401,
      description: 'Unauthorized',
    });
    expect(await box.call('sendDice', { chat_id: 42 })).toMatchObject({
      error_code: 404,
      description: 'Not Found',
    });
    expect(checkTelegramResult('getMe', await box.api.getMe())).toEqual([]);
  });

  test('commands come in the language of the person', async () => {
    await box.api.setMyCommands([{ command: 'help', description: 'Help' }]);
    await box.api.setMyCommands([{ command: 'help', description: 'मदद' }], { language_code: 'hi' });
    await box.control('telegram/messages', { user: 42, text: 'x', language_code: 'hi' });
    expect(await box.look('telegram/chats/42')).toMatchObject({
      commands: [{ description: 'मदद' }],
    });
    await expect(box.api.setMyCommands([{ command: 'Help!', description: 'x' }])).rejects.toBeInstanceOf(
      GrammyError,
    );
  });

  test('files over 20 MB are not handed out', async () => {
    await box.control('telegram/messages', { user: 42, document: { file_size: 20 * 1024 * 1024 + 1 } });
    const updates = await box.api.getUpdates({});
    const id = updates.at(-1)?.message?.document?.file_id;
    expect(await refusal('getFile', { file_id: id })).toBe('400 Bad Request: file is too big');
  });
});
