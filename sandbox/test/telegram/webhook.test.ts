import { Bot, webhookCallback } from 'grammy';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { telegramSandbox, type TelegramSandbox } from '../../../test/support/telegram-sandbox.ts';

let box: TelegramSandbox;
let server: Server | undefined;
beforeEach(async () => {
  box = await telegramSandbox();
});
afterEach(async () => {
  await box.close();
  server?.closeAllConnections();
  server?.close();
});

const write = (text: string, user = 42) => box.control('telegram/messages', { user, text });

const listen = async (handle: Parameters<typeof createServer>[1]): Promise<string> => {
  const listening = createServer(handle);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`;
};

const until = async (ready: () => boolean) => {
  for (let n = 0; n < 200 && !ready(); n++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(ready()).toBe(true);
};

/** A bot that fails while `failing` says so, and notes what it took. */
const failingBot = async (failing: (text: string) => boolean) => {
  const tried: string[] = [];
  const taken: string[] = [];
  const url = await listen((request, response) => {
    let body = '';
    request
      .on('data', (chunk) => (body += chunk))
      .on('end', () => {
        const { text } = JSON.parse(body).message;
        tried.push(text);
        if (!failing(text)) taken.push(text);
        response.writeHead(failing(text) ? 500 : 200).end();
      });
  });
  return { url, tried, taken };
};

describe('a webhook', () => {
  test('brings updates to a real grammY bot, with the secret', async () => {
    const bot = new Bot(box.token, { client: { apiRoot: box.apiRoot }, botInfo: await box.api.getMe() });
    const heard: string[] = [];
    bot.on('message:text', (ctx) => void heard.push(ctx.msg.text));
    const handle = webhookCallback(bot, 'http', { secretToken: 'quiet' });
    const url = await listen((request, response) => void handle(request, response));
    await write('before');
    await box.api.setWebhook(url, { secret_token: 'quiet' });
    await write('after');
    await until(() => heard.length === 2);
    expect(heard).toEqual(['before', 'after']);
    await expect.poll(() => box.api.getWebhookInfo()).toMatchObject({ url, pending_update_count: 0 });
  });

  test('excludes getUpdates until it is deleted', async () => {
    const { url } = await failingBot(() => true);
    await box.api.setWebhook(url);
    await expect(box.api.getUpdates({})).rejects.toMatchObject({
      error_code: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    });
    await box.api.deleteWebhook();
    expect(await box.api.getUpdates({})).toEqual([]);
  });

  test('tries again a second after a failure, keeps the order within a chat and lets other chats pass', async () => {
    let fails = true;
    const bot = await failingBot((text) => fails && text.startsWith('asha'));
    await box.api.setWebhook(bot.url);
    await write('asha 1');
    await write('asha 2');
    await write('bina 1', 43);
    await until(() => bot.taken.includes('bina 1'));
    expect(bot.tried).toEqual(['asha 1', 'bina 1']);
    expect(await box.api.getWebhookInfo()).toMatchObject({
      pending_update_count: 2,
      last_error_message: expect.stringContaining('500'),
    });
    fails = false;
    await until(() => bot.taken.length === 3);
    expect(bot.taken).toEqual(['bina 1', 'asha 1', 'asha 2']);
  });

  test('whose answer is lost hears the update again', async () => {
    const bot = await failingBot(() => false);
    await box.api.setWebhook(bot.url);
    await box.control('faults', { target: 'telegram', mode: 'apply-then-drop', seconds: 0.5 });
    await write('asha 1');
    await until(() => bot.taken.length === 2);
    expect(bot.taken).toEqual(['asha 1', 'asha 1']);
    await expect.poll(() => box.api.getWebhookInfo()).toMatchObject({ pending_update_count: 0 });
  });

  test('without TLS is taken only on this machine, and a bad secret is refused', async () => {
    expect(await box.call('setWebhook', { url: 'http://helpline.example/hook' })).toMatchObject({
      description: 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    });
    expect(await box.call('setWebhook', { url: 'http://127.0.0.1:1/', secret_token: 'a b' })).toMatchObject({
      description: 'Bad Request: secret token contains unallowed characters',
    });
  });
});
