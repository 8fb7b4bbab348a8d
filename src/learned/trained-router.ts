import { join } from 'node:path';
import type { RouterPack } from '../router/router-pack.ts';
import { toSafeError, type Log } from '../core/log.ts';
import { inThread } from './in-thread.ts';
import { keptFiles } from './kept-files.ts';
import { openRouter, type Router } from '../router/router.ts';
import { type Makers, sumOf, sumOfMakers, THESE_MAKERS } from './sum-of-files.ts';

/** Gives the router of a pack. Rejects when learning fails or the signal ends it. */
export type TrainedRouter = (pack: RouterPack, signal?: AbortSignal) => Promise<Router>;

/** A router is learned once, in a thread of its own, and kept as a file in `dataDir` for as long as nothing that decides it changes. */
export function trainedRouters(parts: {
  dataDir: string;
  now: () => number;
  log: Log;
  makers?: Makers;
}): TrainedRouter {
  const { dataDir, now, log, makers = THESE_MAKERS } = parts;
  const kept = keptFiles(join(dataDir, 'router'), now);
  // The router calls no library: the test of the architecture holds it.
  const made = sumOfMakers(['router', 'core/words'], [], makers);

  return async (pack, signal) => {
    const from = now();
    const key = sumOf(made, JSON.stringify(pack));
    const found = openKept(key);
    if (found) {
      log('router-ready', { ms: now() - from, why: 'kept' });
      return found;
    }
    log('router-learning', { count: pack.intents.reduce((sum, { examples }) => sum + examples.length, 0) });
    const bytes = await inThread(new URL('router-thread.ts', import.meta.url), pack, signal);
    if (!(bytes instanceof Uint8Array)) throw new Error('The thread gave no router');
    keep(key, bytes);
    const router = openRouter(bytes);
    log('router-ready', { ms: now() - from, why: 'learned' });
    return router;
  };

  function openKept(key: string): Router | null {
    const bytes = kept.read(key);
    try {
      return bytes && openRouter(bytes);
    } catch {
      return null;
    }
  }

  function keep(key: string, bytes: Uint8Array): void {
    try {
      kept.write(key, bytes);
    } catch (error) {
      log('router-not-kept', { error: toSafeError(error) });
    }
  }
}
