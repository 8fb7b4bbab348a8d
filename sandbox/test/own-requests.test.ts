import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startSandbox, type Sandbox } from '../src/sandbox.ts';

let sandbox: Sandbox;
let port: number;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  port = Number(new URL(sandbox.url).port);
});
afterAll(() => sandbox.close());

/** The status of a request with these headers; fetch would not let one choose its Host. */
const statusOf = (
  path: string,
  headers: Record<string, string>,
  method = 'GET',
  at = port,
): Promise<number> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: at, path, method, headers, agent: false }, (response) => {
      resolve(response.statusCode ?? 0);
      response.resume();
      response.destroy();
    })
      .once('upgrade', (_, socket) => {
        resolve(101);
        socket.destroy();
      })
      .once('error', reject)
      .end();
  });

const bot = () => `/telegram/bot${sandbox.env['TELEGRAM_BOT_TOKEN']}`;
const paths = (): string[] => [
  '/',
  '/page/main.js',
  '/control/telegram/chats',
  '/control/calls',
  `${bot()}/getMe`,
  '/slack/api/api.test',
  '/healthz',
];

/** Where a socket may be opened, once. */
const socketPath = async (): Promise<string> => {
  const response = await fetch(`${sandbox.env['SLACK_API_URL']}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.env['SLACK_APP_TOKEN']}` },
  });
  const { pathname, search } = new URL(z.object({ url: z.string() }).parse(await response.json()).url);
  return pathname + search;
};

describe('a name of somebody else that leads here', () => {
  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1@evil.example',
    'evil',
    '10.0.0.1',
  ])('as Host "%s" is refused everywhere', async (name) => {
    for (const path of paths()) {
      const status = await statusOf(path, { host: `${name}:${port}` });
      // Node itself refuses what is no name at all.
      expect([path, status === 400 || status === 403]).toEqual([path, true]);
    }
  });

  test('is refused for a socket too', async () => {
    const asked = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    const host = `127.0.0.1:${port}`;
    expect(await statusOf(await socketPath(), { ...asked, host: 'evil.example' })).toBe(403);
    expect(await statusOf(await socketPath(), { ...asked, host, origin: 'https://evil.example' })).toBe(403);
    expect(await statusOf(await socketPath(), { ...asked, host })).toBe(101);
  });

  test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('while "%s" is its own', async (name) => {
    expect(await statusOf('/control/telegram/chats', { host: `${name}:${port}` })).toBe(200);
    // A tunnel may end at another port.
    expect(await statusOf('/', { host: `${name}:9999` })).toBe(200);
  });
});

const foreign = (): Record<string, string>[] => [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: `http://127.0.0.1:${port + 1}` },
  { origin: `https://127.0.0.1:${port}` },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
];

describe('a browser on another site', () => {
  test('may neither read nor write what people and bots do', async () => {
    for (const headers of foreign())
      for (const [path, method] of [
        ['/control/telegram/messages', 'POST'],
        ['/control/faults', 'DELETE'],
        ['/control/telegram/chats', 'GET'],
        [`${bot()}/sendMessage?chat_id=42&text=x`, 'POST'],
        // An address of a picture is enough for this one.
        [`${bot()}/sendMessage?chat_id=42&text=x`, 'GET'],
        [`/%74elegram${bot().slice('/telegram'.length)}/getMe`, 'GET'],
        ['/slack/api/auth.test', 'POST'],
        ['/slack/actions/T/1/x', 'POST'],
        ['/stop', 'POST'],
      ] as const)
        expect([headers, path, await statusOf(path, headers, method)]).toEqual([headers, path, 403]);
  });

  test('may lead to the page', async () => {
    for (const path of ['/', '/?from=there'])
      expect(await statusOf(path, { 'sec-fetch-site': 'cross-site' })).toBe(200);
  });

  test('while the page itself, and whoever is no browser, may do all of it', async () => {
    const host = `localhost:${port}`;
    for (const headers of [
      {},
      { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
    ] as Record<string, string>[])
      expect(await statusOf(`${bot()}/getMe`, headers)).toBe(200);
  });
});

test('opened to the network on purpose it answers to addresses and its own name, not to other names', async () => {
  const open = await startSandbox({ port: 0, host: '0.0.0.0' });
  const at = Number(new URL(open.url).port);
  try {
    for (const name of ['192.168.1.7', '[fe80::1]', 'localhost', '0.0.0.0'])
      expect([name, await statusOf('/', { host: `${name}:${at}` }, 'GET', at)]).toEqual([name, 200]);
    expect(await statusOf('/', { host: `evil.example:${at}` }, 'GET', at)).toBe(403);
    expect(await statusOf('/control/faults', { origin: 'https://evil.example' }, 'DELETE', at)).toBe(403);
  } finally {
    await open.close();
  }
});
