import type { State } from '../state.ts';
import { BotApiError } from './bot-api-error.ts';
import { kindsOnRequest, type Happening, type Update } from './words.ts';

export type Queued = {
  update: Update;
  /** The person it is about: webhooks keep the order within one chat. */
  chat: number;
  /** Unix milliseconds after which Telegram drops it undelivered. */
  expires: number;
  /** Played again on request: delivered once whatever offset the client has reached. */
  again?: true;
};

type Poll = { offset: number; limit: number; timeoutMs: number; hungUp: AbortSignal };

const day = 24 * 60 * 60 * 1000;
const callbackLife = 150_000;
const remembered = 1000;

/**
 * Updates waiting to be fetched. Messages live 24 hours, callback queries 150 seconds (telegram-bot-api, Client.cpp).
 * A poll confirms, and so forgets, all updates below its offset; there is only ever one poll waiting.
 */
export const openUpdateQueue = (
  { state, now }: { state: State; now: () => number },
  allowed: () => string[] | undefined,
) => {
  const queue = state.kind<Queued>('telegram.update');
  // A sandbox without memory begins where an older one cannot have been: a helpline that outlives it knows used ids.
  const begins = state.kind<number>('telegram.first-update');
  const firstUpdateId = begins.get('id') ?? Math.floor(now() / 1000);
  begins.put('id', firstUpdateId);
  // Only the tests' replay reads this, so it need not outlive a restart.
  let lately: Queued[] = [];
  let waiting: { end: (error?: BotApiError) => void } | undefined;
  const listeners = new Set<() => void>();

  const announce = () => {
    waiting?.end();
    for (const listener of listeners) listener();
  };
  const put = (queued: Queued) => queue.put(String(queued.update.update_id), queued);
  const forget = ({ update }: Queued) => queue.delete(String(update.update_id));
  const pending = (): Queued[] => {
    const all = queue.list().map(({ value }) => value);
    const stale = all.filter(({ expires }) => expires <= now());
    for (const queued of stale) forget(queued);
    return stale.length > 0 ? all.filter(({ expires }) => expires > now()) : all;
  };

  const confirm = (offset: number): void => {
    const all = pending();
    const confirmed =
      offset < 0
        ? all.slice(0, Math.max(0, all.length + offset))
        : all.filter(({ update, again }) => update.update_id < offset && again !== true);
    state.atomically(() => confirmed.forEach(forget));
  };

  const take = (limit: number): Update[] => {
    const batch = pending().slice(0, limit);
    for (const { again, ...queued } of batch) if (again) put(queued);
    return batch.map(({ update }) => update);
  };

  const wait = async ({ timeoutMs, hungUp }: Poll): Promise<void> => {
    await new Promise<void>((resolve, reject) => {
      const end = (error?: BotApiError) => {
        clearTimeout(timer);
        hungUp.removeEventListener('abort', ended);
        if (waiting === self) waiting = undefined;
        if (error) reject(error);
        else resolve();
      };
      const ended = () => end();
      const self = { end };
      const timer = setTimeout(ended, timeoutMs);
      hungUp.addEventListener('abort', ended);
      waiting = self;
    });
  };

  return {
    /** Queues what happened, unless the bot has not asked for that kind. Call it inside the change's own `atomically`. */
    add(chat: number, happening: Happening): void {
      const kind = Object.keys(happening)[0] ?? '';
      const wanted = allowed();
      if (wanted ? !wanted.includes(kind) : kindsOnRequest.includes(kind)) return;
      const update: Update = { update_id: firstUpdateId + state.next('telegram.update'), ...happening };
      const queued = { update, chat, expires: now() + (kind === 'callback_query' ? callbackLife : day) };
      put(queued);
      lately = [...lately.slice(1 - remembered), queued];
      // The waiting poll must not see it before the change is whole.
      queueMicrotask(announce);
    },
    /** One getUpdates call. */
    async poll(request: Poll): Promise<Update[]> {
      waiting?.end(
        new BotApiError(
          409,
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
        ),
      );
      if (request.offset !== 0) confirm(request.offset);
      const ready = take(request.limit);
      if (ready.length > 0 || request.timeoutMs === 0) return ready;
      await wait(request);
      return take(request.limit);
    },
    pending,
    forget,
    /** Ends the waiting poll with what there is. */
    release: (error?: BotApiError) => waiting?.end(error),
    clear: () => state.atomically(() => pending().forEach(forget)),
    /** Queues the last updates once more, under their old ids. Returns how many. */
    replay(last: number, order: 'same' | 'reversed'): number {
      const again = lately.slice(-last);
      if (order === 'reversed') again.reverse();
      state.atomically(() => {
        for (const queued of again) {
          forget(queued);
          put({ ...queued, expires: now() + day, again: true });
        }
      });
      announce();
      return again.length;
    },
    /** Called when something may be new. */
    listen: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

export type UpdateQueue = ReturnType<typeof openUpdateQueue>;
