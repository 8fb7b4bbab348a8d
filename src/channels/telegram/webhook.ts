import { createHash, timingSafeEqual } from 'node:crypto';
import { toSafeError } from '../../core/log.ts';
import type { Register } from '../../core/register/register.ts';
import { toEntry } from './inbox-entry.ts';
import type { Outage } from './outage.ts';

/** Far above any update that Telegram sends. */
const longestBody = 1024 * 1024;

/** Telegram's own alphabet for secrets, and at least 190 random bits. */
const strongSecret = /^[\w-]{32,256}$/;

/**
 * Answers Telegram's posts: 401 without the exact secret, 200 only once the update is on disk; anything else makes
 * Telegram send it again. Throws when the secret is weak.
 */
export function webhookReceiver({
  secret,
  inbox,
  outage,
}: {
  secret: string;
  inbox: Pick<Register['inbox'], 'put'>;
  outage: Outage;
}): (request: Request) => Promise<Response> {
  if (!strongSecret.test(secret))
    throw new Error('the webhook secret needs 32 to 256 characters of A-Z a-z 0-9 _ -');
  const expected = digest(secret);
  return async (request) => {
    const given = request.headers.get('x-telegram-bot-api-secret-token') ?? '';
    if (!timingSafeEqual(digest(given), expected)) return new Response(null, { status: 401 });
    if (request.method !== 'POST') return new Response(null, { status: 405 });
    const body = await readUpTo(longestBody, request);
    if (body === null) return new Response(null, { status: 413 });
    let update: unknown;
    try {
      update = JSON.parse(body);
    } catch {
      return new Response(null, { status: 400 });
    }
    try {
      await inbox.put([toEntry(update).entry]);
    } catch (error) {
      outage.struck('store-failed', toSafeError(error));
      return new Response(null, { status: 503 });
    }
    outage.over();
    return new Response(null, { status: 200 });
  };
}

/** Of one length whatever was sent, so that comparing tells nothing. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

async function readUpTo(limit: number, request: Request): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
