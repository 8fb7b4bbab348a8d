import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { openCalls } from './calls.ts';
import { openChanges } from './changes.ts';
import { sharedControl } from './control.ts';
import type { EmulatorDeps, SandboxApp } from './emulator.ts';
import { openFaults } from './faults.ts';
import { guardFor } from './own-requests.ts';
import { pageFiles } from './page-files.ts';
import {
  slackAppToken,
  slackBotToken,
  slackSigningSecret,
  slackTriageChannel,
  telegramToken,
} from './seed.ts';
import { slackEmulator } from './slack/emulator.ts';
import { refuseUpgrade } from './slack/sockets.ts';
import { openState } from './state.ts';
import { telegramEmulator } from './telegram/emulator.ts';

export type Sandbox = {
  /** `http://127.0.0.1:8080`, no trailing slash. */
  url: string;
  /** What points a helpline at this sandbox. */
  env: Record<string, string>;
  /** Serves one more app, asked after the sandbox's own paths; a 404 of it passes on to the next. */
  mount: (app: Pick<Hono, 'fetch'>) => void;
  /** Cuts every open connection. */
  close: () => Promise<void>;
};

export type SandboxOptions = {
  /** 0 takes a free one. */
  port: number;
  host?: string;
  /** Where chats, channels and unconfirmed updates outlive a restart; without it they are in memory only. */
  stateFile?: string;
  now?: () => number;
  random?: () => number;
};

/** Starts the emulated Telegram and Slack and the page that shows both, on one port. Rejects when the port is taken. */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const { port, host = '127.0.0.1', now = Date.now, random = Math.random } = options;
  const state = openState(options.stateFile);
  let url = '';
  const deps: EmulatorDeps = {
    state,
    faults: openFaults({ now, random }),
    calls: openCalls(),
    changes: openChanges(),
    now,
    random,
    baseUrl: () => url,
  };
  const telegram = telegramEmulator(deps);
  const slack = slackEmulator(deps);
  const mounted: Pick<Hono, 'fetch'>[] = [];

  const app: SandboxApp = new Hono();
  app.route('/telegram', telegram.api);
  app.route('/slack', slack.api);
  app.route('/control/telegram', telegram.control);
  app.route('/control/slack', slack.control);
  app.route('/control', sharedControl(deps));
  app.route('/', pageFiles());
  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ error: error.message }, error.status);
    console.error(error);
    return c.json({ error: 'The sandbox itself failed.' }, 500);
  });
  app.notFound(async (c) => {
    for (const other of mounted) {
      const response = await other.fetch(c.req.raw, c.env);
      if (response.status !== 404) return response;
    }
    return c.json({ error: 'There is nothing here.' }, 404);
  });

  const listener = getRequestListener(app.fetch);
  const refusal = guardFor(host);
  const server = createServer((incoming, outgoing) => {
    const error = refusal(incoming);
    if (error === undefined) return void listener(incoming, outgoing);
    outgoing.writeHead(403, { 'content-type': 'application/json', connection: 'close' });
    outgoing.end(JSON.stringify({ error }));
  });
  server.on('upgrade', (request, socket, head) =>
    refusal(request) === undefined ? slack.upgrade(request, socket, head) : refuseUpgrade(socket),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const address = server.address();
  const taken = typeof address === 'object' && address ? address.port : port;
  url = `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;

  return {
    url,
    env: {
      TELEGRAM_BOT_TOKEN: telegramToken,
      TELEGRAM_API_ROOT: `${url}/telegram`,
      SLACK_BOT_TOKEN: slackBotToken,
      SLACK_APP_TOKEN: slackAppToken,
      SLACK_SIGNING_SECRET: slackSigningSecret,
      SLACK_API_URL: `${url}/slack/api/`,
      SLACK_TRIAGE_CHANNEL: slackTriageChannel,
    },
    mount: (other) => void mounted.push(other),
    async close() {
      await telegram.close();
      await slack.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      state.close();
    },
  };
};
