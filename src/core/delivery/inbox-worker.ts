import { toSafeError, type Log, type SafeError } from '../log.ts';
import type { ChannelName } from '../words/messages.ts';
import type { InboxEntry, Register } from '../register/register.ts';
import { worker, type Pause, type Worker } from './worker.ts';

/** Turns one stored entry into a call of the helpline. Throws when the store fails, or the entry is poison. */
export type Handle = (entry: InboxEntry) => Promise<void>;

/** At work at the same time; one a chat, so this bounds how many chats are served at once. */
const PARALLEL = 8;
const LEASE_MS = 30_000;
/** After this many tries an entry is set aside for a person, so that its chat can go on. */
const ATTEMPTS = 5;
/** Taken this often and never ended, not even with an error: it ends the process each time. */
const CLAIMS = 10;
const RETRY_MS = [500, 2_000, 10_000, 60_000];

/** Takes entries from the inbox, a fair turn to each chat, and hands each to its channel. */
export function inboxWorker(parts: {
  register: Pick<Register, 'inbox' | 'onWork'>;
  handlers: Partial<Record<ChannelName, Handle>>;
  now: () => number;
  pause: Pause;
  log: Log;
}): Worker {
  const { register, handlers, now, log } = parts;
  return worker(parts, async () => {
    const entries = await register.inbox.claim(PARALLEL, LEASE_MS);
    await Promise.all(entries.map(one));
    return entries.length > 0;
  });

  async function one(entry: InboxEntry): Promise<void> {
    const { source, attempts } = entry;
    if (attempts > CLAIMS) return await bury(entry, { class: 'never-ended' });
    try {
      const handle = handlers[source.name];
      if (!handle) throw new Error('no channel of that name is running');
      await handle(entry);
    } catch (error) {
      const safe = toSafeError(error);
      if (attempts >= ATTEMPTS) return await bury(entry, safe);
      await register.inbox.retry(source, now() + (RETRY_MS[attempts - 1] ?? 60_000));
      log('entry-retry', { source: source.name, key: source.key, attempt: attempts, error: safe });
    }
  }
  async function bury({ source, attempts }: InboxEntry, error: SafeError): Promise<void> {
    await register.inbox.bury(source, error.code ?? error.class);
    log('entry-buried', { source: source.name, key: source.key, attempt: attempts, error });
  }
}
