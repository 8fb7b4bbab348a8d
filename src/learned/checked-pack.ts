import { join } from 'node:path';
import { deserialize } from 'node:v8';
import { inThread } from './in-thread.ts';
import type { PackContent } from '../intents/load-intents.ts';
import { keptFiles } from './kept-files.ts';
import { sumOf, sumOfCode, sumOfFolders } from './sum-of-files.ts';

/** Gives the content of an intents folder, faultless; rejects with an error that names every fault. */
export type ReadPack = (folder: string) => Promise<PackContent>;

/** A folder is read and checked once, in a thread of its own, and kept in `dataDir` until a byte of it, or the checks, change. */
export function checkedPacks({ dataDir, now }: { dataDir: string; now: () => number }): ReadPack {
  const kept = keptFiles(join(dataDir, 'intents'), now);
  const code = sumOfCode(['../intents', '../yaml', '../core']);
  return async (folder) => {
    const key = sumOf(code, sumOfFolders([folder]));
    const found = kept.read(key);
    if (found) return contentOf(found);
    const bytes = await inThread(new URL('intents-thread.ts', import.meta.url), folder);
    if (!(bytes instanceof Uint8Array)) throw new Error('The thread gave no intents');
    try {
      kept.write(key, bytes);
    } catch {
      // A disk that refuses costs a second at the next start; the router's log line tells of it.
    }
    return contentOf(bytes);
  };
}

/** The sum over the bytes vouches for the shape: only the same code wrote them. */
function contentOf(bytes: Uint8Array): PackContent {
  const content: PackContent = deserialize(bytes);
  return content;
}
