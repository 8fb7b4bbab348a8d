import { HttpError } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { telegramSandbox, type TelegramSandbox } from '../../test/support/telegram-sandbox.ts';

let box: TelegramSandbox;
let clock = Date.now();
beforeEach(async () => {
  clock = Date.now();
  box = await telegramSandbox({ now: () => clock });
  await box.control('telegram/messages', { user: 42, text: '/start' });
});
afterEach(() => box.close());

const fault = (mode: string, more: Record<string, unknown> = {}) =>
  box.control('faults', { target: 'telegram', mode, seconds: 60, ...more });
const seen = async () => {
  const view = await box.look('telegram/chats/42');
  return JSON.stringify(view).split('"from":"bot"').length - 1;
};

describe('a fault', () => {
  test('"down" cuts the connection and nothing happens', async () => {
    await fault('down');
    await expect(box.api.sendMessage(42, 'x')).rejects.toBeInstanceOf(HttpError);
    expect(await seen()).toBe(0);
    expect(await box.look('calls?target=telegram')).toMatchObject([
      { method: 'sendMessage', fault: 'down', status: 0 },
    ]);
  });

  test('"down" cuts a poll that is held', async () => {
    const poll = box.api.getUpdates({ offset: -1, timeout: 30 });
    expect(await poll).toHaveLength(1);
    const held = box.api.getUpdates({ offset: 2_000_000_000, timeout: 30 }).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await fault('down');
    expect(await held).toBeInstanceOf(HttpError);
  });

  test('"apply-then-drop" does it and says nothing', async () => {
    await fault('apply-then-drop');
    await expect(box.api.sendMessage(42, 'x')).rejects.toBeInstanceOf(HttpError);
    expect(await seen()).toBe(1);
  });

  test('"rate-limit" and "server-error" answer in the platform\'s words', async () => {
    await fault('rate-limit', { retry_after: 7 });
    await expect(box.api.sendMessage(42, 'x')).rejects.toMatchObject({
      error_code: 429,
      parameters: { retry_after: 7 },
    });
    await fault('server-error');
    await expect(box.api.sendMessage(42, 'x')).rejects.toMatchObject({ error_code: 500 });
    expect(await seen()).toBe(0);
  });

  test('ends with its time, and when it is cleared', async () => {
    await fault('down');
    clock += 60_000;
    await box.api.sendMessage(42, 'x');
    await fault('down');
    await box.clearFaults();
    await box.api.sendMessage(42, 'x');
    expect(await seen()).toBe(2);
  });

  test('of a kind unknown is refused', async () => {
    expect(await fault('tired')).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('mode') },
    });
  });
});

test('a browser on another site may not use the control API', async () => {
  const response = await fetch(`${box.sandbox.url}/control/telegram/chats`, {
    headers: { origin: 'https://evil.example' },
  });
  expect(response.status).toBe(403);
});

test('every change is told to whoever listens', async () => {
  const hangUp = new AbortController();
  const response = await fetch(`${box.sandbox.url}/control/events`, { signal: hangUp.signal });
  const told = (async () => {
    for await (const chunk of response.body ?? []) return Buffer.from(chunk).toString();
    return '';
  })();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await box.control('telegram/messages', { user: 42, text: 'x' });
  expect(await told).toBe('data: {"target":"telegram","user":42}\n\n');
  hangUp.abort();
});
