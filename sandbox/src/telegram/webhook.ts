import { z } from 'zod';
import type { EmulatorDeps } from '../emulator.ts';
import type { Profile, Webhook } from './bot-profile.ts';
import type { Queued, UpdateQueue } from './update-queue.ts';

export type WebhookDeps = Pick<EmulatorDeps, 'faults' | 'now'> & {
  queue: UpdateQueue;
  profile: Profile;
  /** Runs a method that the webhook's answer names; nobody sees its result. */
  perform: (method: string, values: Record<string, unknown>) => Promise<void>;
};

const longestPause = 60_000;

/**
 * Posts updates to the webhook as telegram-bot-api's WebhookActor does: any 2xx is taken; else again after 1 s (or
 * Retry-After), 2, 4 … 60 s. Updates of one chat wait behind its failing one; other chats flow.
 */
export const deliverToWebhook = ({ queue, profile, perform, faults, now }: WebhookDeps) => {
  const busy = new Set<number>();
  const failing = new Map<number, { pause: number; timer?: NodeJS.Timeout }>();
  let closed = false;

  const flow = () => {
    const { webhook } = profile.get();
    if (!webhook || closed) return;
    for (const queued of queue.pending()) {
      if (busy.size >= webhook.max_connections) return;
      if (busy.has(queued.chat) || failing.get(queued.chat)?.timer) continue;
      busy.add(queued.chat);
      void deliver(webhook, queued);
    }
  };

  const deliver = async (webhook: Webhook, queued: Queued): Promise<void> => {
    const { chat } = queued;
    const failure = await post(webhook, queued);
    busy.delete(chat);
    if (closed) return;
    if (failure === undefined) {
      queue.forget(queued);
      failing.delete(chat);
      return flow();
    }
    profile.change({ webhook_error: { date: Math.floor(now() / 1000), message: failure.message } });
    const pause =
      failure.retryAfter ?? Math.min(longestPause, Math.max(1000, (failing.get(chat)?.pause ?? 0) * 2));
    const timer = setTimeout(() => {
      failing.set(chat, { pause });
      flow();
    }, pause);
    failing.set(chat, { pause, timer });
    flow();
  };

  const post = async (
    webhook: Webhook,
    { update }: Queued,
  ): Promise<{ message: string; retryAfter?: number } | undefined> => {
    const fault = faults.strike('telegram');
    if (fault?.mode === 'down') return { message: 'Connection refused' };
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(webhook.secret_token ? { 'x-telegram-bot-api-secret-token': webhook.secret_token } : {}),
        },
        body: JSON.stringify(update),
        signal: AbortSignal.timeout(60_000),
        redirect: 'manual',
      });
      const text = await response.text();
      if (!response.ok) {
        const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
        return {
          message: `Wrong response from the webhook: ${response.status} ${response.statusText}`,
          ...(wait > 0 ? { retryAfter: Math.min(wait, 3600) * 1000 } : {}),
        };
      }
      if (fault?.mode === 'apply-then-drop') return { message: 'Connection reset by peer' };
      await reply(text);
      return undefined;
    } catch (error) {
      return {
        message:
          error instanceof Error && error.name === 'TimeoutError'
            ? 'Read timeout expired'
            : 'Connection refused',
      };
    }
  };

  const reply = async (text: string): Promise<void> => {
    const named = z.looseObject({ method: z.string() }).safeParse(parseJson(text));
    if (!named.success) return;
    const { method, ...values } = named.data;
    await perform(method, values);
  };

  const stop = queue.listen(flow);
  return {
    /** Looks for updates to deliver: after a start, or when the webhook was set. */
    flow,
    close() {
      closed = true;
      stop();
      for (const { timer } of failing.values()) clearTimeout(timer);
    },
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
