import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { caseOf } from '../../../support/memory-desk-cards.ts';
import { persistFirst } from '../../../../src/channels/slack/wire/persist-first.ts';
import type { SlackDesk } from '../../../support/slack-desk.ts';
import { slackDesk } from '../../../support/slack-desk.ts';
import { soon } from '../../../support/slack-sandbox.ts';

let slack: SlackDesk | undefined;
const start = async (options: Parameters<typeof slackDesk>[0] = {}): Promise<SlackDesk> => {
  slack = await slackDesk({ cards: [caseOf()], ...options });
  await slack.begin();
  return slack;
};
afterEach(async () => {
  await slack?.end();
  slack = undefined;
});

const write = (desk: SlackDesk, user: string, text: string, channel = 'dm') =>
  desk.act('messages', { user, channel, text });

describe('an event', () => {
  test('is on disk before it is acknowledged', async () => {
    const order: string[] = [];
    const keep = persistFirst({
      register: {
        inbox: {
          put: async () => {
            await new Promise((resolve) => setTimeout(resolve, 20));
            order.push('kept');
          },
        },
      },
      notice: () => {},
      log: () => {},
      next: () => Promise.reject(new Error('not for Bolt')),
    });
    await keep({ body: directMessage('Ev1', 'help'), ack: async () => void order.push('acknowledged') });
    expect(order).toEqual(['kept', 'acknowledged']);
  });

  test('is not acknowledged when it cannot be kept, and Slack delivers it again', async () => {
    const desk = await start();
    let tries = 0;
    desk.inbox.beforePut(() => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('the disk is full')) : Promise.resolve();
    });
    await write(desk, 'UMEERA', 'hello');
    await soon(() => (tries > 0 ? true : undefined));
    expect(desk.inbox.entries()).toEqual([]);
    expect(desk.log.events()).toContain('store-failed');
    await desk.handleNext();
    expect(tries).toBe(2);
    expect(desk.received).toMatchObject([{ content: { kind: 'text', text: 'hello' } }]);
  });

  test('delivered twice is kept once', async () => {
    const desk = await start();
    await write(desk, 'UMEERA', 'hello');
    const entry = await desk.handleNext();
    await desk.inbox.register.inbox.put([entry]);
    expect(desk.inbox.entries()).toHaveLength(1);
  });
});

const directMessage = (event_id: string, text: string): Record<string, unknown> => ({
  type: 'event_callback',
  event_id,
  event: {
    type: 'message',
    channel_type: 'im',
    channel: 'D1',
    user: 'UMEERA',
    ts: '1690000000.000100',
    text,
  },
});

describe('staff', () => {
  test('who write to the bot are heard in their direct message, without markup', async () => {
    const desk = await start();
    await write(desk, 'UMEERA', 'Is R&amp;D <https://mea.gov.in|the site> ok? <@UARJUN> &lt;3');
    await desk.handleNext();
    expect(desk.received).toEqual([
      {
        source: { name: 'slack', key: expect.any(String) },
        channel: 'slack',
        address: expect.stringMatching(/^D/),
        messageId: expect.any(String),
        edited: false,
        at: expect.any(Number),
        staff: { id: 'UMEERA', name: 'Meera Nair', mayOpen: true },
        content: { kind: 'text', text: expect.stringContaining('https://mea.gov.in ok?') },
      },
    ]);
  });

  test('who mention the bot in a channel are heard once, and answered in that thread', async () => {
    const desk = await start();
    const { body } = await write(desk, 'UMEERA', '@helpline what about visas?', 'triage');
    const { ts } = z.object({ ts: z.string() }).parse(body);
    await desk.handleNext();
    // Slack tells of a mention twice, as a message and as a mention: by the next one both have come.
    await write(desk, 'UMEERA', '@helpline and tickets?', 'triage');
    await desk.handleNext();
    expect(desk.inbox.entries()).toHaveLength(2);
    expect(desk.received.slice(0, 1)).toMatchObject([
      { address: `C0TRIAGE/${ts}`, content: { kind: 'text', text: 'what about visas?' } },
    ]);
    const sent = await desk.channel.send(`C0TRIAGE/${ts}`, {
      text: [{ kind: 'paragraph', children: [{ text: 'An answer' }] }],
      buttons: [],
      language: 'en',
    });
    expect(sent.outcome).toBe('sent');
    const top = (await desk.triage()).find((message) => message.ts === ts);
    expect(top?.replies?.map(({ text }) => text)).toEqual(['An answer']);
  });

  test('talk in the triage channel and its threads stays theirs', async () => {
    const desk = await start();
    const { ts } = await desk.showCard();
    await write(desk, 'UMEERA', 'has anybody called?', 'triage');
    await desk.act('messages', { user: 'UARJUN', channel: 'triage', thread_ts: ts, text: 'I will' });
    await write(desk, 'UMEERA', 'and this is for the bot');
    await desk.handleNext();
    expect(desk.received.map(({ content }) => content)).toEqual([
      { kind: 'text', text: 'and this is for the bot' },
    ]);
    expect(desk.inbox.entries()).toHaveLength(1);
  });

  test('press a button under an answer: kept before it is acknowledged, heard as a press', async () => {
    const desk = await start();
    await write(desk, 'UMEERA', 'visa');
    await desk.handleNext();
    const address = desk.received[0]?.address ?? '';
    const sent = await desk.channel.send(address, {
      text: [{ kind: 'paragraph', children: [{ text: 'Which one?' }] }],
      buttons: [[{ id: 'i:visa-exit', label: 'Exit visa' }], [{ id: 'i:visa-entry', label: 'Entry' }]],
      language: 'en',
    });
    const ts = sent.outcome === 'sent' ? sent.platformId : '';
    const pressed = await desk.act('presses', { user: 'UMEERA', channel: 'dm', ts, action_id: 'answer:25' });
    expect(pressed.body).toMatchObject({ ok: true });
    await desk.handleNext();
    expect(desk.received[1]).toMatchObject({
      address,
      staff: { id: 'UMEERA' },
      content: { kind: 'press', button: 'i:visa-entry' },
    });
  });

  test('wait when Slack cannot be asked who they are', async () => {
    const desk = await start();
    await write(desk, 'UMEERA', 'please record this');
    await soon(() => desk.inbox.entries()[0]);
    await desk.fault({ target: 'slack', mode: 'server-error', seconds: 30 });
    const { source } = await desk.handleNext();
    expect(desk.retried).toEqual([source.key]);
    expect([...desk.received, ...desk.ignored]).toEqual([]);
  });
});

test('a stranger who writes to the bot gets a kind word and nothing else', async () => {
  const desk = await start();
  await write(desk, 'UGUEST', 'show me the cases');
  await desk.handleNext();
  expect(desk.received).toEqual([]);
  expect(desk.ignored).toHaveLength(1);
  const posts = await desk.calls('chat.postMessage');
  expect(posts.map((call) => call.arguments['text'])).toEqual([
    expect.stringContaining('members of its desks’ channels'),
  ]);
});

const serve = async (): Promise<{ desk: SlackDesk; url: string; close: () => void }> => {
  const desk = await start({ mode: 'http' });
  const { http } = desk.channel;
  if (!http) throw new Error('no HTTP receiver');
  const listener = getRequestListener(http);
  const server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    desk,
    url: `http://127.0.0.1:${port}/slack/events`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const signed = (secret: string, body: string, at = Date.now()) => {
  const stamp = String(Math.floor(at / 1000));
  return {
    'content-type': 'application/json',
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`,
  };
};

describe('over HTTP', () => {
  test('events, presses, forms and commands work as over a socket', async () => {
    const { desk, url, close } = await serve();
    try {
      expect(await desk.act('http', { url })).toMatchObject({ status: 200 });
      const { ts } = await desk.showCard();
      await desk.press('UMEERA', 'take', ts);
      expect(desk.desk.acts[0]).toBe('take by Meera Nair');
      await desk.choose('UMEERA', 'note', ts);
      expect((await desk.submit('UMEERA', { text: 'seen' })).body).toMatchObject({ ok: true });
      const { body } = await desk.act('commands', { user: 'UMEERA', command: '/helpline', text: '' });
      expect(JSON.stringify(body)).toContain('7K3MQ2X4');
      await write(desk, 'UMEERA', 'hello');
      await desk.handleNext();
      expect(desk.received).toHaveLength(1);
    } finally {
      close();
    }
  });

  test('what Slack has not signed in the last five minutes is refused', async () => {
    const { desk, url, close } = await serve();
    try {
      const body = JSON.stringify(directMessage('Ev9', 'forged'));
      const secret = desk.env('SLACK_SIGNING_SECRET');
      const post = async (headers: Record<string, string>) =>
        (await fetch(url, { method: 'POST', body, headers })).status;
      expect(await post({ 'content-type': 'application/json' })).toBe(401);
      expect(await post(signed('another-secret', body))).toBe(401);
      expect(await post(signed(secret, body, Date.now() - 6 * 60_000))).toBe(401);
      expect(await post(signed(secret, `${body} `))).toBe(401);
      expect(desk.inbox.entries()).toEqual([]);
      expect(await post(signed(secret, body))).toBe(200);
      desk.inbox.beforePut(() => Promise.reject(new Error('the disk is full')));
      expect(await post(signed(secret, body))).toBe(500);
    } finally {
      close();
    }
  });
});
