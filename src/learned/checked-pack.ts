import { join } from 'node:path';
import { deserialize } from 'node:v8';
import { inThread } from './in-thread.ts';
import type { PackContent } from '../intents/load-intents.ts';
import { keptFiles } from './kept-files.ts';
import { type Makers, sumOf, sumOfFolders, sumOfMakers, THESE_MAKERS } from './sum-of-files.ts';

/** Gives the content of an intents folder, faultless; rejects with an error that names every fault. */
export type ReadPack = (folder: string) => Promise<PackContent>;

/** What reads and checks a folder beside our own code. */
const LIBRARIES = ['mdast-util-from-markdown', 'yaml', 'zod'];

/**
 * A folder is read and checked once, in a thread of its own, and kept in `dataDir` until a byte of it changes, or anything
 * that reads and checks it.
 */
export function checkedPacks(parts: { dataDir: string; now: () => number; makers?: Makers }): ReadPack {
  const { dataDir, now, makers = THESE_MAKERS } = parts;
  const kept = keptFiles(join(dataDir, 'intents'), now);
  const made = sumOfMakers(['intents', 'yaml', 'core'], LIBRARIES, makers);
  return async (folder) => {
    const key = sumOf(made, sumOfFolders([folder]));
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
