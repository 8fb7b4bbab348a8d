import type { Api } from 'grammy';
import { toSafeError, type Log } from '../../core/log.ts';
import type { Register } from '../../core/register/register.ts';
import { toFailure, type Failure } from './failure.ts';
import { toEntry } from './inbox-entry.ts';
import type { Outage } from './outage.ts';

/** What the helpline wants to hear of. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** Seconds that Telegram holds a poll open when there is nothing to say. */
export const pollSeconds = 30;

const tokenRefusedMs = 60_000;
const emptyTooSoonMs = 500;

export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

type GrammySignal = NonNullable<Parameters<Api['getUpdates']>[1]>;

export type Poller = { start: () => void; stop: () => Promise<void>; lastPollAt: () => number | null };

/**
 * Takes updates from Telegram into the inbox, one batch at a time:
 *
 *   getUpdates → inbox.put (on disk) → getUpdates with the next offset, which is what tells Telegram to forget them
 *
 * A crash or a failing store in between makes Telegram send the batch again; the inbox keeps each update once. No
 * offset outlives the poll that carried it: after a quiet week Telegram may begin counting anywhere, and an offset from
 * before would confirm updates that nobody has seen.
 */
export function poller({
  api,
  inbox,
  outage,
  now,
  log,
  sleep,
}: {
  api: Pick<Api, 'getUpdates' | 'deleteWebhook'>;
  inbox: Pick<Register['inbox'], 'put'>;
  outage: Outage;
  now: () => number;
  log: Log;
  sleep: Sleep;
}): Poller {
  const stopping = new AbortController();
  // grammY names a polyfill's signal here and only listens to it.
  // oxlint-disable-next-line no-unsafe-type-assertion
  const stopSignal = stopping.signal as GrammySignal;
  let running: Promise<void> = Promise.resolve();
  let lastPollAt: number | null = null;
  let webhookGone = false;
  let offset: number | null = null;

  async function poll(): Promise<unknown[]> {
    if (!webhookGone) {
      await api.deleteWebhook({ drop_pending_updates: false }, stopSignal);
      webhookGone = true;
    }
    // The first one, and any after trouble, comes back at once: then it is known that all is well.
    const timeout = lastPollAt === null || outage.problem() ? 0 : pollSeconds;
    const began = now();
    const updates: unknown = await api.getUpdates(
      { ...(offset === null ? {} : { offset }), timeout, allowed_updates: allowedUpdates },
      stopSignal,
    );
    if (!Array.isArray(updates)) throw new TypeError('getUpdates gave no list');
    lastPollAt = now();
    if (updates.length === 0 && timeout > 0 && lastPollAt - began < emptyTooSoonMs) await pause(1_000);
    return updates;
  }

  async function keep(updates: unknown[]): Promise<void> {
    const incoming = updates.map(toEntry);
    const offsets = incoming.flatMap((one) => one.offset ?? []);
    const next = offsets.length > 0 ? Math.max(...offsets) : null;
    for (const { entry, offset } of incoming)
      if (offset === null) log('update-malformed', { source: 'telegram', key: entry.source.key });
    if (incoming.length > 0)
      await inbox.put(
        incoming.map(({ entry }) => entry),
        next === null ? undefined : { source: 'telegram', position: next },
      );
    offset = next;
  }

  /** One poll and its commit. Gives how long to wait before the next, ms. */
  async function step(): Promise<number> {
    let updates: unknown[];
    try {
      updates = await poll();
    } catch (error) {
      return stopping.signal.aborted ? 0 : afterFailure(toFailure(error));
    }
    try {
      await keep(updates);
    } catch (error) {
      return outage.struck('store-failed', toSafeError(error));
    }
    // Nothing in the batch can be confirmed, so the same one comes again.
    if (updates.length > 0 && offset === null) return outage.struck('odd-updates');
    outage.over();
    return 0;
  }

  function afterFailure(failure: Failure): number {
    const { error } = failure;
    if (failure.kind !== 'answered') return outage.struck('unreachable', error);
    switch (failure.status) {
      case 401:
      case 404:
        return outage.struck('token-refused', error, tokenRefusedMs);
      case 409:
        // Telegram says the same of a second poller and of a webhook that somebody has set.
        webhookGone = false;
        return outage.struck('another-poller', error);
      case 429:
        return outage.struck('rate-limited', error, failure.retryAfterMs ?? undefined);
      default:
        return outage.struck('unreachable', error);
    }
  }

  const pause = (ms: number) => sleep(ms, stopping.signal).catch(() => {});

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const ms = await step();
      if (ms > 0) await pause(ms);
    }
  }

  return {
    start() {
      running = run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
    lastPollAt: () => lastPollAt,
  };
}
