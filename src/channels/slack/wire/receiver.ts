import type { App } from '@slack/bolt';
import type { Log } from '../../../core/log.ts';
import { toSafeError } from '../../../core/log.ts';
import type { Socket } from './sockets.ts';
import { openSocket } from './sockets.ts';
import { sortFailure } from './send-errors.ts';

export type Receiver = {
  /** Begins, and returns at once: Slack may be down for hours, and families are served meanwhile. */
  start(): void;
  stop(): Promise<void>;
  connected(): boolean;
};

/** Two, so that one hears while the other is being moved to another of Slack's machines. */
const SOCKETS = 2;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const SHORTEST_LIFE_MS = 250;

/**
 * Keeps us connected: finds out who we are, then holds the Socket Mode connections open for as long as it runs. Over
 * HTTP (no `appToken`) the first is all there is to do. Never gives up.
 */
export function slackReceiver(deps: {
  app: App;
  appToken: string | undefined;
  apiUrl: string | undefined;
  /** Asks Slack who we are. */
  identify: () => Promise<void>;
  /** What Slack answered instead of letting us in, or null when it did. */
  trouble: (code: string | null) => void;
  log: Log;
  now: () => number;
  random: () => number;
}): Receiver {
  const { app, appToken, apiUrl, identify, trouble, log, now, random } = deps;
  const stopping = new AbortController();
  const open = new Set<Socket>();
  const running: Promise<void>[] = [];
  let identified = false;

  const pause = (failures: number): Promise<void> => {
    const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * (0.5 + random() / 2);
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        stopping.signal.removeEventListener('abort', done);
        resolve();
      }
      stopping.signal.addEventListener('abort', done);
    });
  };

  /** Repeats `job` until it works or we stop. */
  const insist = async (job: () => Promise<void>): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted; failures += 1) {
      try {
        return await job();
      } catch (error) {
        trouble(sortFailure(error).code);
        if (failures === 0) log('slack-disconnected', { error: toSafeError(error) });
        await pause(failures);
      }
    }
  };

  const connect = async (token: string): Promise<void> => {
    while (!stopping.signal.aborted) {
      await insist(async () => hold(await openSocket(token, apiUrl, app)));
    }
  };

  /** Throws when the connection ended as soon as it was made: then the next one must wait. */
  const hold = async (socket: Socket): Promise<void> => {
    const since = now();
    open.add(socket);
    trouble(null);
    if (open.size === 1) log('slack-connected', { mode: 'socket' });
    if (stopping.signal.aborted) socket.close();
    await socket.ended;
    open.delete(socket);
    if (stopping.signal.aborted) return;
    if (open.size === 0) log('slack-disconnected', { mode: 'socket' });
    if (now() - since < SHORTEST_LIFE_MS) throw new Error('the connection ended at once');
  };

  const begin = async (): Promise<void> => {
    await insist(identify);
    if (stopping.signal.aborted) return;
    identified = true;
    trouble(null);
    if (appToken === undefined) log('slack-connected', { mode: 'http' });
    else await Promise.all(Array.from({ length: SOCKETS }, () => connect(appToken)));
  };

  return {
    start() {
      running.push(begin());
    },
    async stop() {
      stopping.abort();
      for (const socket of open) socket.close();
      await Promise.all(running);
    },
    connected: () => (appToken === undefined ? identified : open.size > 0),
  };
}
