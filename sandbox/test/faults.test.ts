import { HttpError } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { slackSandbox } from '../../test/support/slack-sandbox.ts';
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
/** What was begun before has reached the server when these are answered; faults do not touch them. */
const moment = async () => {
  for (let i = 0; i < 3; i++) await box.look('telegram/chats/42');
};

/** What came of a promise: null while nothing has. */
const settled = (promise: Promise<unknown>) => {
  const watched: { outcome: unknown; ended: Promise<unknown> } = {
    outcome: null,
    ended: promise.catch((error: unknown) => error),
  };
  void watched.ended.then((outcome) => void (watched.outcome = outcome));
  return watched;
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
    await box.api.getMe();
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

  test('"hang" takes the call and says nothing until the fault ends, then cuts it undone', async () => {
    await fault('hang');
    const call = settled(box.api.sendMessage(42, 'x'));
    await moment();
    expect(call.outcome).toBeNull();
    clock += 60_000;
    expect(await call.ended).toBeInstanceOf(HttpError);
    expect(await seen()).toBe(0);
    expect(await box.look('calls?target=telegram')).toMatchObject([
      { method: 'sendMessage', fault: 'hang', status: 0, took: 60_000 },
    ]);
    await box.api.sendMessage(42, 'x');
    expect(await seen()).toBe(1);
  });

  test('"hang" ends when it is cleared, and when another fault takes its place', async () => {
    await fault('hang');
    const cleared = settled(box.api.sendMessage(42, 'x'));
    await moment();
    expect(cleared.outcome).toBeNull();
    await box.clearFaults();
    expect(await cleared.ended).toBeInstanceOf(HttpError);
    await fault('hang');
    const replaced = settled(box.api.sendMessage(42, 'x'));
    await moment();
    expect(replaced.outcome).toBeNull();
    await fault('server-error');
    expect(await replaced.ended).toBeInstanceOf(HttpError);
  });

  test('"hang" keeps a held poll and a file waiting too, and lets go of who hangs up', async () => {
    expect(await box.api.getUpdates({ offset: -1 })).toHaveLength(1);
    await box.control('telegram/messages', { user: 42, photo: true });
    const [update] = await box.api.getUpdates({ offset: -1 });
    const { file_path } = await box.api.getFile(update?.message?.photo?.[0]?.file_id ?? '');
    const held = settled(box.api.getUpdates({ offset: 2_000_000_000, timeout: 30 }));
    await moment();
    await fault('hang');
    await box.control('telegram/messages', { user: 42, text: 'y' });
    const file = settled(fetch(`${box.apiRoot}/file/bot${box.token}/${file_path}`));
    const impatient = fetch(`${box.apiRoot}/bot${box.token}/getMe`, { signal: AbortSignal.timeout(1_000) });
    await expect(impatient).rejects.toThrow('timeout');
    await moment();
    expect([held.outcome, file.outcome]).toEqual([null, null]);
    // It is noted when the server sees that the caller is gone.
    await expect
      .poll(() => box.look('calls?target=telegram'), { timeout: 10_000 })
      .toContainEqual(expect.objectContaining({ method: 'getMe', fault: 'hang' }));
    await box.clearFaults();
    expect(await held.ended).toBeInstanceOf(HttpError);
    expect(await file.ended).toBeInstanceOf(TypeError);
  });

  test('"hang" in Slack: calls and new sockets wait, and the sandbox can still be stopped', async () => {
    const slack = await slackSandbox();
    const app = slack.client(slack.env('SLACK_APP_TOKEN'));
    const { url = '' } = await app.apps.connections.open();
    await slack.fault({ target: 'slack', mode: 'hang', seconds: 60 });
    const call = settled(slack.client().chat.postMessage({ channel: 'C0TRIAGE', text: 'x' }));
    const socket = new WebSocket(url);
    const closed = settled(new Promise((resolve) => socket.addEventListener('close', resolve)));
    socket.addEventListener('error', () => {});
    await moment();
    expect([call.outcome, closed.outcome, socket.readyState]).toEqual([null, null, WebSocket.CONNECTING]);
    await slack.close();
    expect(await call.ended).toBeInstanceOf(Error);
    await closed.ended;
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
  await box.control('telegram/messages', { user: 42, text: 'x' });
  expect(await told).toBe('data: {"target":"telegram","user":42}\n\n');
  hangUp.abort();
});
