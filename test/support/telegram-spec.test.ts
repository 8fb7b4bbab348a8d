import { describe, expect, test } from 'vitest';
import { checkTelegramCall, checkTelegramUpdate } from './telegram-spec.ts';

const button = (callback_data: string) => ({ inline_keyboard: [[{ text: 'Yes', callback_data }]] });
const say = (more: Record<string, unknown>) =>
  checkTelegramCall('sendMessage', { chat_id: 1, text: 'hello', ...more });

describe('our table of the Bot API', () => {
  test('passes a plain call', () => {
    expect(say({ reply_markup: button('yes') })).toEqual([]);
  });

  test.each([
    ['an unknown method', () => checkTelegramCall('sendMesage', {})],
    ['a missing field', () => checkTelegramCall('sendMessage', { chat_id: 1 })],
    ['an invented field', () => say({ txt: 'x' })],
    ['a wrong type', () => say({ disable_notification: 'yes' })],
    ['4097 characters', () => say({ text: 'a'.repeat(4097) })],
    ['66 bytes of callback_data in 22 letters', () => say({ reply_markup: button('क'.repeat(22)) })],
    [
      'an unknown style',
      () => say({ reply_markup: { inline_keyboard: [[{ text: 'a', style: 'pink', url: 'https://a.in' }]] } }),
    ],
    ['an invented update', () => checkTelegramUpdate({ update_id: 1, botToken: 'x' })],
    [
      'a callback query without chat_instance',
      () =>
        checkTelegramUpdate({
          update_id: 1,
          callback_query: { id: '1', from: { id: 1, is_bot: false, first_name: 'A' } },
        }),
    ],
  ])('finds %s', (_what, problems) => {
    expect(problems()).toHaveLength(1);
  });

  test('counts 4096 characters after parsing', () => {
    expect(say({ text: `<b>${'a'.repeat(4096)}</b>`, parse_mode: 'HTML' })).toEqual([]);
  });
});
