import { setTimeout as sleepFor } from 'node:timers/promises';
import { Api, type ApiClientOptions } from 'grammy';
import type { Log } from '../../core/log.ts';
import type { Channel } from '../../core/register/outbox.ts';
import type { InboxEntry, Register } from '../../core/register/register.ts';
import { telegramBot, type Listener } from './bot.ts';
import { showCommands } from './commands.ts';
import { connectionTo } from './connection.ts';
import { fileFetcher } from './file.ts';
import { outage, type Problem } from './outage.ts';
import { pollSeconds, poller, type Sleep } from './receive.ts';
import { sender } from './send.ts';
import { webhookWatch } from './webhook-watch.ts';
import { webhookReceiver } from './webhook.ts';

export type TelegramChannel = Channel & {
  /** Begins to receive. Resolves at once; what Telegram refuses is in `health`, and tried again. */
  start(): Promise<void>;
  /** Ends receiving; what is being stored is stored, and what is being sent is sent. */
  stop(): Promise<void>;
  /** Tells the helpline what an inbox entry says. Rejects with what the helpline threw, or as `malformed-update`. */
  handle(entry: InboxEntry): Promise<void>;
  /** For the path that Telegram posts to; 404 while polling. */
  webhook(request: Request): Promise<Response>;
  /** `lastPollAt`: Unix ms of Telegram's last answer to a poll, or to the look at the webhook once a minute. */
  health(): { lastPollAt: number | null; problem: Problem | null };
  /** A file that a family has sent, as a stream. Rejects with `code` gone, too-big or unreachable. */
  fetchFile(file: string): Promise<Response>;
};

export type TelegramOptions = {
  token: string;
  /** Without a slash at its end. */
  apiRoot?: string;
  /** Absent or null: poll. With `url`, Telegram is told to post there; without, somebody else has told it. */
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
  const { inbox } = register;
  const trouble = () => outage({ log, now, random });

  function polling(): Receiving {
    const ownClient = new Api(token, client(pollSeconds + sendSeconds));
    const problems = trouble();
    const polls = poller({ api: ownClient, inbox, outage: problems, now, log, sleep });
    return {
      start: polls.start,
      stop: polls.stop,
      post: () => Promise.resolve(new Response(null, { status: 404 })),
      health: () => ({ lastPollAt: polls.lastPollAt(), problem: problems.problem() }),
    };
  }

  function posted({ secret, url }: { secret: string; url?: string }): Receiving {
    const [ofPosts, ofWatch] = [trouble(), trouble()];
    const watch = webhookWatch({ api, url, secret, outage: ofWatch, now, sleep });
    return {
      start: watch.start,
      stop: watch.stop,
      post: webhookReceiver({ secret, inbox, outage: ofPosts }),
      health: () => ({
        lastPollAt: watch.lastAnswerAt(),
        problem: ofPosts.problem() ?? ofWatch.problem(),
      }),
    };
  }

  const receiving = webhook ? posted(webhook) : polling();
  return {
    name: 'telegram',
    handle: hearing.handle,
    send: sender({ api, log }),
    fetchFile: fileFetcher(api, { apiRoot, token }),
    webhook: receiving.post,
    health: receiving.health,
    start() {
      receiving.start();
      void showCommands(api);
      return Promise.resolve();
    },
    stop: receiving.stop,
  };
}

/** Either way in. */
type Receiving = {
  start: () => void;
  stop: () => Promise<void>;
  post: (request: Request) => Promise<Response>;
  health: () => { lastPollAt: number | null; problem: Problem | null };
};
