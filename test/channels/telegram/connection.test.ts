import http from 'node:http';
import https from 'node:https';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { connectionTo } from '../../../src/channels/telegram/connection.ts';

const servers: Server[] = [];
const listening = async (server: Server): Promise<string> => {
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
};
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** The status, or the code of the error. */
const asking = (url: string, agent: http.Agent): Promise<number | string | undefined> =>
  new Promise((resolve) => {
    const request = (url.startsWith('https:') ? https : http).get(url, { agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    request.on('error', (error: Error & { code?: string }) => resolve(error.code));
  });

test('a server that takes the connection and never speaks TLS has got nothing', async () => {
  const host = await listening(createServer((socket) => socket.on('error', () => {})));
  const agent = connectionTo(`https://${host}`, 100);
  expect(await asking(`https://${host}/`, agent)).toBe('never-connected.ETIMEDOUT');
});

test('a request that was sent may take its time', async () => {
  const server = http.createServer((_, response) => setTimeout(() => response.end('ok'), 250));
  const host = await listening(server);
  const agent = connectionTo(`http://${host}`, 100);
  expect(await asking(`http://${host}/`, agent)).toBe(200);
  agent.destroy();
});

test('what breaks after a connection stood is not taken for never connected, on a kept one neither', async () => {
  let requests = 0;
  const server = http.createServer((_, response) => {
    requests += 1;
    if (requests === 1) response.end('ok');
    else response.destroy();
  });
  const host = await listening(server);
  const agent = connectionTo(`http://${host}`);
  expect(await asking(`http://${host}/`, agent)).toBe(200);
  expect(await asking(`http://${host}/`, agent)).toBe('ECONNRESET');
  agent.destroy();
});
