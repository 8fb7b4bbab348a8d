import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { App } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { slackSandbox, soon } from '../../../test/support/slack-sandbox.ts';
import type { SlackSandbox } from '../../../test/support/slack-sandbox.ts';

// The clock stands still but for what a test adds, however busy the machine is.
const start = Date.now();
let skew = 0;
let slack: SlackSandbox;
let stops: (() => Promise<unknown>)[] = [];

const portOf = (server: Pick<Server, 'address'>) => {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

/** A real Bolt app behind signed HTTP; gives its request URL. */
const serving = async (app: App) => {
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  stops.push(() => app.stop());
  return `http://127.0.0.1:${'address' in server ? portOf(server) : 0}/slack/events`;
};

const words = (text: string) => ({ type: 'plain_text' as const, text });

/** `skew`: how far the sandbox's clock had been moved. */
type Call = { headers: IncomingMessage['headers']; body: string; skew: number };

/** A bare server that answers what it is told to, after the challenge. */
const answering = async (statuses: number[], headers: Record<string, string> = {}) => {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const challenge = z.object({ challenge: z.string() }).safeParse(JSON.parse(body));
      if (challenge.success) {
        response.end(challenge.data.challenge);
        return;
      }
      calls.push({ headers: request.headers, body, skew });
      response.writeHead(statuses.shift() ?? 200, headers).end();
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return { calls, url: `http://127.0.0.1:${portOf(server)}/` };
};

const say = (text: string) => slack.act('messages', { user: 'UMEERA', channel: 'triage', text });
const events = async () =>
  (
    await slack.look(
      'slack/connections',
      z.object({ events: z.object({ pending: z.number(), lost: z.number() }) }),
    )
  ).events;

beforeEach(async () => {
  skew = 0;
  stops = [];
  slack = await slackSandbox({ now: () => start + skew });
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await slack.close();
});

test('Bolt behind HTTP hears events, presses, forms and commands', async () => {
  const app = slack.httpApp();
  const heard: string[] = [];
  app.event('app_mention', async ({ event }) => void heard.push(event.text));
  app.action('go', async ({ ack, body, client }) => {
    await ack();
    const { trigger_id } = z.looseObject({ trigger_id: z.string() }).parse(body);
    const element = { type: 'plain_text_input' as const, action_id: 'a' };
    await client.views.open({
      trigger_id,
      view: {
        type: 'modal',
        callback_id: 'f',
        title: words('Reply'),
        submit: words('Send'),
        blocks: [{ type: 'input', block_id: 'b', label: words('Words'), element }],
      },
    });
  });
  app.view('f', async ({ ack, view }) => {
    if (view.state.values['b']?.['a']?.value === 'good') await ack();
    else await ack({ response_action: 'errors', errors: { b: 'Not good.' } });
  });
  app.command('/case', async ({ ack, command }) => ack(`case ${command.text}`));
  const url = await serving(app);
  expect(await slack.act('http', { url })).toMatchObject({ status: 200 });

  await say('@helpline hello');
  await soon(() => heard[0]);
  const { ts } = await app.client.chat.postMessage({
    channel: 'C0TRIAGE',
    text: 'card',
    blocks: [
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
      },
    ],
  });
  await slack.act('presses', { user: 'UMEERA', channel: 'triage', ts, action_id: 'go' });
  await soon(async () =>
    (await slack.look('slack/views/UMEERA', z.object({ stack: z.array(z.unknown()) }))).stack[0]
      ? true
      : undefined,
  );
  const submit = async (a: string) => (await slack.act('views/UMEERA/submit', { values: { a } })).body;
  expect(await submit('bad')).toEqual({ ok: false, errors: { b: 'Not good.' } });
  expect(await submit('good')).toEqual({ ok: true });
  expect((await slack.act('commands', { user: 'UMEERA', command: '/case', text: '7' })).body).toEqual({
    response: { text: 'case 7' },
  });
});

test('requests are signed over the very bytes', async () => {
  const { calls, url } = await answering([]);
  await slack.act('http', { url });
  await say('नमस्ते');
  const { headers, body } = await soon(() => calls[0]);
  const base = `v0:${String(headers['x-slack-request-timestamp'])}:${body}`;
  const hash = createHmac('sha256', slack.env('SLACK_SIGNING_SECRET')).update(base).digest('hex');
  expect(headers['x-slack-signature']).toBe(`v0=${hash}`);
  expect(headers['x-slack-retry-num']).toBeUndefined();
});

test('a refused event comes again at once, then after a minute, with its number and reason', async () => {
  const { calls, url } = await answering([500, 500, 200]);
  await slack.act('http', { url });
  await say('hello');
  await soon(() => calls[1]);
  await soon(() => {
    skew += 1_000;
    return calls[2];
  });
  expect((calls[2]?.skew ?? 0) - (calls[1]?.skew ?? 0)).toBeGreaterThanOrEqual(60_000);
  expect(calls.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2']);
  expect(calls[2]?.headers['x-slack-retry-reason']).toBe('http_error');
  expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
  await soon(async () => ((await events()).pending === 0 ? true : undefined));
});

test('X-Slack-No-Retry ends it', async () => {
  const { url } = await answering([500], { 'x-slack-no-retry': '1' });
  await slack.act('http', { url });
  await say('hello');
  expect(await soon(async () => ((await events()).lost === 1 ? true : undefined))).toBe(true);
});

test('an address that does not answer the challenge is not taken', async () => {
  expect(await slack.act('http', { url: `${slack.sandbox.url}/nowhere` })).toMatchObject({ status: 400 });
});

test('what is said while the address is dead is heard once it is back', async () => {
  const { url } = await answering([]);
  await slack.act('http', { url });
  await stops.pop()?.();
  await say('while you were away');
  expect((await events()).pending).toBe(1);
  const back = createServer((request, response) => {
    request.resume();
    response.end();
  });
  await new Promise<void>((resolve) => back.listen(Number(new URL(url).port), '127.0.0.1', resolve));
  stops.push(
    () =>
      new Promise((resolve) => {
        back.close(resolve);
        back.closeAllConnections();
      }),
  );
  await soon(async () => {
    skew += 1000;
    return (await events()).pending === 0 ? true : undefined;
  });
  expect(await events()).toEqual({ pending: 0, lost: 0 });
});
