import { setTimeout as sleepFor } from 'node:timers/promises';
import { Api, type ApiClientOptions } from 'grammy';
import type { Log } from '../../core/log.ts';
import type { Channel } from '../../core/outbox.ts';
import type { InboxEntry, Register } from '../../core/register.ts';
import { telegramBot, type Listener } from './bot.ts';
import { showCommands } from './commands.ts';
import { connectionTo } from './connection.ts';
import { toFailure } from './failure.ts';
import { fileFetcher } from './file.ts';
import { outage, type Problem } from './outage.ts';
import { allowedUpdates, pollSeconds, poller, type Sleep } from './receive.ts';
import { sender } from './send.ts';
import { webhookReceiver } from './webhook.ts';

export type TelegramChannel = Channel & {
  /** Begins to receive. Resolves at once; what Telegram refuses is in `health`, and tried again. */
  start(): Promise<void>;
  /** Ends receiving; an update that is being stored is stored. */
  stop(): Promise<void>;
  /** Tells the helpline what an inbox entry says. Rejects with what the helpline threw, or as `malformed-update`. */
  handle(entry: InboxEntry): Promise<void>;
  /** For the path that Telegram posts to; 404 while polling. */
  webhook(request: Request): Promise<Response>;
  /** `lastPollAt`: Unix ms of the last word from Telegram. */
  health(): { lastPollAt: number | null; problem: Problem | null };
  /** A file that a family has sent, as a stream. Rejects with `code` gone, too-big or unreachable. */
  fetchFile(file: string): Promise<Response>;
};

export type TelegramOptions = {
  token: string;
  /** Without a slash at its end. */
  apiRoot?: string;
  /** Absent or null: poll. With `url`, Telegram is told to post there; without, the operator has told it. */
  webhook?: { secret: string; url?: string } | null;
  register: { inbox: Pick<Register['inbox'], 'put'> };
  helpline: Listener;
  now: () => number;
  log: Log;
  random?: () => number;
  sleep?: Sleep;
};

const sendSeconds = 10;

/** Telegram as a channel: updates into the inbox, inbox entries to the helpline, messages out. Throws on a weak webhook secret. */
export function telegramChannel(options: TelegramOptions): TelegramChannel {
  const { token, apiRoot = 'https://api.telegram.org', webhook = null, register, now, log } = options;
  const { random = Math.random, sleep = (ms, signal) => sleepFor(ms, undefined, { signal }) } = options;
  const agent = connectionTo(apiRoot);
  const client = (timeoutSeconds: number): ApiClientOptions => ({
    apiRoot,
    timeoutSeconds,
    baseFetchConfig: { agent, compress: true },
  });
  const hearing = telegramBot(token, client(sendSeconds), options);
  const { api } = hearing.bot;
  const trouble = outage({ log, now, random });
  const inbox = register.inbox;
  const polls = poller({
    api: new Api(token, client(pollSeconds + sendSeconds)),
    inbox,
    outage: trouble,
    now,
    log,
    sleep,
  });
  const stopping = new AbortController();
  let lastPostAt: number | null = null;
  const posts =
    webhook &&
    webhookReceiver({ secret: webhook.secret, inbox, outage: trouble, received: () => (lastPostAt = now()) });

  /** Asks until Telegram agrees: without it nothing would ever come. */
  async function askForPosts(url: string, secret: string): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await api.setWebhook(url, { secret_token: secret, allowed_updates: allowedUpdates });
        return trouble.over();
      } catch (thrown) {
        const { error } = toFailure(thrown);
        await sleep(trouble.struck('unreachable', error), stopping.signal).catch(() => {});
      }
    }
  }

  return {
    name: 'telegram',
    handle: hearing.handle,
    send: sender({ api, log }),
    fetchFile: fileFetcher(api, { apiRoot, token }),
    webhook: async (request) => posts?.(request) ?? new Response(null, { status: 404 }),
    health: () => ({ lastPollAt: webhook ? lastPostAt : polls.lastPollAt(), problem: trouble.problem() }),
    async start() {
      if (!webhook) polls.start();
      else if (webhook.url !== undefined) void askForPosts(webhook.url, webhook.secret);
      void showCommands(api);
    },
    async stop() {
      stopping.abort();
      await polls.stop();
      agent.destroy();
    },
  };
}
