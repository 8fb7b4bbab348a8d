import { App, HTTPReceiver, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import type { z } from 'zod';
import { startSandbox } from '../../sandbox/src/sandbox.ts';
import type { SandboxOptions } from '../../sandbox/src/sandbox.ts';

/** A sandbox on a free port, with people in its Slack who can be made to act. */
export const slackSandbox = async (options: Partial<SandboxOptions> = {}) => {
  const sandbox = await startSandbox({ port: 0, ...options });
  const env = (name: string) => sandbox.env[name] ?? '';
  const request = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${sandbox.url}/control/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  return {
    sandbox,
    env,
    act: (path: string, body: unknown = {}) => request('POST', `slack/${path}`, body),
    fault: (body: unknown) => request('POST', 'faults', body),
    look: async <S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>> =>
      schema.parse((await request('GET', path)).body),
    /** A client that gives up at once, so that a refusal is seen. */
    client: (token = env('SLACK_BOT_TOKEN')) =>
      new webApi.WebClient(token, {
        slackApiUrl: env('SLACK_API_URL'),
        rejectRateLimitedCalls: true,
        retryConfig: { retries: 0 },
        logLevel: LogLevel.ERROR,
        logger: quiet,
      }),
    /** A real Bolt app on Socket Mode; its handlers are added before `start`. */
    socketApp: () => {
      const receiver = new SocketModeReceiver({
        appToken: env('SLACK_APP_TOKEN'),
        logger: quiet,
        // Short, so that a test does not wait five seconds for each reconnect.
        clientPingTimeout: 300,
        installerOptions: { clientOptions: { slackApiUrl: env('SLACK_API_URL') } },
      });
      return appOn(receiver, env('SLACK_BOT_TOKEN'), env('SLACK_API_URL'));
    },
    /** A real Bolt app behind signed HTTP. */
    httpApp: () => {
      const receiver = new HTTPReceiver({
        signingSecret: env('SLACK_SIGNING_SECRET'),
        logger: quiet,
      });
      return appOn(receiver, env('SLACK_BOT_TOKEN'), env('SLACK_API_URL'));
    },
    close: sandbox.close,
  };
};

export type SlackSandbox = Awaited<ReturnType<typeof slackSandbox>>;

const appOn = (receiver: SocketModeReceiver | HTTPReceiver, token: string, slackApiUrl: string) =>
  new App({ token, receiver, clientOptions: { slackApiUrl }, logger: quiet });

const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** Waits until `look` gives something. Throws after ten seconds. */
export const soon = async <T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> => {
  const until = Date.now() + 30_000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > until) throw new Error('It did not happen within half a minute.');
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
};
