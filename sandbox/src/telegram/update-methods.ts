import { z } from 'zod';
import type { Profile } from './bot-profile.ts';
import { BotApiError, badRequest } from './bot-api-error.ts';
import { method, type Method } from './method.ts';
import type { UpdateQueue } from './update-queue.ts';
import { updateKinds } from './words.ts';

const allowedUpdates = z.array(z.enum(updateKinds)).optional();

/** getUpdates and the webhook that excludes it. */
export const updateMethods = ({
  queue,
  profile,
}: {
  queue: UpdateQueue;
  profile: Profile;
}): Record<string, Method> => {
  const remember = (allowed: string[] | undefined): void => {
    if (allowed === undefined) return;
    if (allowed.length === 0) profile.drop('allowed_updates');
    else profile.change({ allowed_updates: allowed });
  };

  return {
    getUpdates: method(
      z.strictObject({
        offset: z.int().default(0),
        limit: z.int().min(1).max(100).default(100),
        timeout: z.int().min(0).default(0),
        allowed_updates: allowedUpdates,
      }),
      ({ offset, limit, timeout, allowed_updates }, hungUp) => {
        if (profile.get().webhook)
          throw new BotApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
          );
        remember(allowed_updates);
        return queue.poll({ offset, limit, timeoutMs: Math.min(timeout, 50) * 1000, hungUp });
      },
    ),
    setWebhook: method(
      z.strictObject({
        url: z.string(),
        max_connections: z.int().min(1).max(100).default(40),
        allowed_updates: allowedUpdates,
        drop_pending_updates: z.boolean().default(false),
        secret_token: z.string().max(256).optional(),
      }),
      ({ url, max_connections, allowed_updates, drop_pending_updates, secret_token }) => {
        if (secret_token !== undefined && !/^[\w-]+$/.test(secret_token))
          badRequest('secret token contains unallowed characters');
        if (url !== '') checkUrl(url);
        if (drop_pending_updates) queue.clear();
        remember(allowed_updates);
        profile.drop('webhook_error');
        if (url === '') profile.drop('webhook');
        else profile.change({ webhook: { url, max_connections, ...(secret_token ? { secret_token } : {}) } });
        queue.release(
          url === '' ? undefined : new BotApiError(409, 'Conflict: terminated by setWebhook request'),
        );
        return true;
      },
    ),
    deleteWebhook: method(
      z.strictObject({ drop_pending_updates: z.boolean().default(false) }),
      ({ drop_pending_updates }) => {
        if (drop_pending_updates) queue.clear();
        profile.drop('webhook');
        profile.drop('webhook_error');
        return true;
      },
    ),
    getWebhookInfo: method(z.strictObject({}), () => {
      const { webhook, webhook_error, allowed_updates } = profile.get();
      return {
        url: webhook?.url ?? '',
        has_custom_certificate: false,
        pending_update_count: queue.pending().length,
        ...(webhook ? { max_connections: webhook.max_connections } : {}),
        ...(webhook_error
          ? { last_error_date: webhook_error.date, last_error_message: webhook_error.message }
          : {}),
        ...(allowed_updates ? { allowed_updates } : {}),
      };
    }),
  };
};

/** HTTPS, as Telegram demands; plain HTTP only to this machine, where no certificate can be had. */
const checkUrl = (url: string): void => {
  const parsed = URL.canParse(url) ? new URL(url) : badRequest('bad webhook: invalid webhook URL specified');
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(parsed.hostname);
  if (parsed.protocol !== 'https:' && !(local && parsed.protocol === 'http:'))
    badRequest('bad webhook: An HTTPS URL must be provided for webhook');
};
