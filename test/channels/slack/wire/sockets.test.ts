import { createServer } from 'node:http';
import { once } from 'node:events';
import { App } from '@slack/bolt';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { openSocket } from '../../../../src/channels/slack/wire/sockets.ts';
import { silence } from '../../../../src/channels/slack/wire/web-clients.ts';
import { soon } from '../../../support/slack-sandbox.ts';

test('a message that the client does not understand ends neither the connection nor the process', async () => {
  const server = createServer((_, response) => {
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const sockets = new WebSocketServer({ server });
  const acked: string[] = [];
  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => acked.push(data.toString()));
    socket.send(JSON.stringify({ type: 'hello' }));
    // Slack's app_rate_limited: no inner event.
    socket.send(
      JSON.stringify({ type: 'events_api', envelope_id: 'e1', payload: { type: 'app_rate_limited' } }),
    );
    socket.send(JSON.stringify({ type: 'slash_commands', envelope_id: 'e2', payload: { command: '/x' } }));
  });
  const app = new App({
    authorize: () => Promise.resolve({ botToken: 'xoxb-1' }),
    receiver: { init() {}, start: () => Promise.resolve(), stop: () => Promise.resolve() },
    logger: silence,
  });
  app.processEvent = async ({ ack }) => {
    await ack();
  };
  const socket = await openSocket('xapp-1', `http://127.0.0.1:${port}/api/`, app);
  try {
    await soon(() => (acked.some((ack) => ack.includes('e2')) ? true : undefined));
    expect(acked).toHaveLength(1);
  } finally {
    socket.close();
    await socket.ended;
    sockets.close();
    server.closeAllConnections();
    server.close();
  }
});
