import type { Api } from 'grammy';
import { toFailure } from './failure.ts';
import type { Outage } from './outage.ts';
import { allowedUpdates, type Sleep } from './receive.ts';

const lookEveryMs = 60_000;
const recentMs = 120_000;

/**
 * Has Telegram post to `url`, and looks every minute whether it still does and gets through: a webhook that was taken
 * away, or that Telegram cannot reach, is otherwise only seen by nobody writing any more. Without `url` it only looks.
 */
export function webhookWatch({
  api,
  url,
  secret,
  outage,
  now,
  sleep,
}: {
  api: Pick<Api, 'setWebhook' | 'getWebhookInfo'>;
  url: string | undefined;
  secret: string;
  outage: Outage;
  now: () => number;
  sleep: Sleep;
}) {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let lastAnswerAt: number | null = null;
  let asked = false;

  async function look(): Promise<number> {
    try {
      if (url !== undefined && !asked)
        await api.setWebhook(url, { secret_token: secret, allowed_updates: allowedUpdates });
      asked = true;
      const info = await api.getWebhookInfo();
      lastAnswerAt = now();
      if (info.url === '' || (url !== undefined && info.url !== url)) {
        asked = false;
        return outage.struck('webhook-taken-away');
      }
      const failedAt = (info.last_error_date ?? 0) * 1000;
      if (info.pending_update_count > 0 && now() - failedAt < recentMs)
        return Math.max(outage.struck('webhook-not-reached'), lookEveryMs);
      outage.over();
      return lookEveryMs;
    } catch (thrown) {
      return outage.struck('unreachable', toFailure(thrown).error);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) await sleep(await look(), stopping.signal).catch(() => {});
  }

  return {
    start: () => {
      running = run();
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
    lastAnswerAt: () => lastAnswerAt,
  };
}
