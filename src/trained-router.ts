import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { RouterPack } from './core/intent-pack.ts';
import { toSafeError, type Log } from './core/log.ts';
import { keptFiles } from './kept-files.ts';
import { openRouter, type Router } from './router/router.ts';

/** Gives the router of a pack. Rejects when learning fails or the signal ends it. */
export type TrainedRouter = (pack: RouterPack, signal?: AbortSignal) => Promise<Router>;

/** A router is learned once, in a thread of its own, and kept as a file in `dataDir` for as long as nothing that decides it changes. */
export function trainedRouters(parts: { dataDir: string; now: () => number; log: Log }): TrainedRouter {
  const { dataDir, now, log } = parts;
  const kept = keptFiles(join(dataDir, 'router'), now);
  const code = codeSum();

  return async (pack, signal) => {
    const from = now();
    const key = keyOf(pack, code);
    const found = openKept(key);
    if (found) {
      log('router-ready', { ms: now() - from, why: 'kept' });
      return found;
    }
    log('router-learning', { count: pack.intents.reduce((sum, { examples }) => sum + examples.length, 0) });
    const bytes = await learnInThread(pack, signal);
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

/** Everything that the result follows from: the pack, the router's own code and data, and the Node that reads the bytes. */
const keyOf = (pack: RouterPack, code: string): string =>
  createHash('sha256').update(code).update(JSON.stringify(pack)).digest('hex').slice(0, 32);

function codeSum(): string {
  const folder = fileURLToPath(new URL('router', import.meta.url));
  const sum = createHash('sha256').update(`${process.version} ${process.arch}\n`);
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted())
    sum.update(`${file.slice(folder.length)}\n`).update(readFileSync(file));
  return sum.digest('hex');
}

/** Nothing of the environment reaches the thread. */
async function learnInThread(pack: RouterPack, signal?: AbortSignal): Promise<Uint8Array> {
  signal?.throwIfAborted();
  const thread = new Worker(new URL('router-thread.ts', import.meta.url), {
    workerData: pack,
    env: {},
    execArgv: [],
  });
  const end = (): void => void thread.terminate();
  signal?.addEventListener('abort', end, { once: true });
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      thread.once('message', (bytes: unknown) => {
        if (bytes instanceof Uint8Array) resolve(bytes);
      });
      thread.once('error', reject);
      thread.once('exit', () => reject(new Error('The thread ended before the router was learned')));
    });
  } finally {
    signal?.removeEventListener('abort', end);
  }
}
