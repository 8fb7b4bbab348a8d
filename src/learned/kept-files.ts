import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Bytes that can be made again, kept between starts. A damaged file is as good as none. */
export type KeptFiles = {
  /** The bytes kept under this key, whole and unchanged, or null. */
  read: (key: string) => Uint8Array | null;
  /** Whole or not at all, even when the power fails. Throws when the disk refuses. */
  write: (key: string, bytes: Uint8Array) => void;
};

/** A few of the last used stay: taking back an edit, or a version, finds its own again. */
const MOST_KEPT = 3;
const SUM_BYTES = 32;

/** What `npm ci` has learned already, so that the first start need not. Only read; it goes with the installation. */
export const INSTALLED = fileURLToPath(
  new URL('../../node_modules/.cache/citizen-helpline', import.meta.url),
);

/**
 * Keeps bytes as files of a folder, made when first needed, readable by its owner only. What isn't there is looked for
 * under the same name in `installed`.
 */
export function keptFiles(folder: string, now: () => number, installed = INSTALLED): KeptFiles {
  const fileOf = (key: string): string => join(folder, `${key}.bin`);
  return {
    read(key) {
      const own = readWhole(fileOf(key), key);
      if (own) markUsed(fileOf(key), now());
      return own ?? readWhole(join(installed, basename(folder), `${key}.bin`), key);
    },
    write(key, bytes) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const draft = `${fileOf(key)}.${randomBytes(4).toString('hex')}`;
      try {
        writeWhole(draft, [sumOf(key, bytes), bytes]);
        renameSync(draft, fileOf(key));
      } finally {
        rmSync(draft, { force: true });
      }
      removeAllBut(MOST_KEPT, folder);
    },
  };
}

function readWhole(path: string, key: string): Uint8Array | null {
  try {
    const file = readFileSync(path);
    const bytes = file.subarray(SUM_BYTES);
    const fits = file.length >= SUM_BYTES && timingSafeEqual(file.subarray(0, SUM_BYTES), sumOf(key, bytes));
    return fits ? bytes : null;
  } catch {
    return null;
  }
}

/** On a disk that is only read the order of use is of no use. */
function markUsed(file: string, now: number): void {
  try {
    utimesSync(file, now / 1000, now / 1000);
  } catch {}
}

/** The key is part of it: a file under another's name is damaged too. */
const sumOf = (key: string, bytes: Uint8Array): Buffer =>
  createHash('sha256').update(key).update('\n').update(bytes).digest();

function writeWhole(file: string, parts: Uint8Array[]): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    for (const part of parts)
      for (let done = 0; done < part.length;) done += writeSync(handle, part, done, part.length - done);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Drafts that a crash left behind go the same way. */
function removeAllBut(count: number, folder: string): void {
  const byUse = readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((file) => {
      const used = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
      return used === undefined ? [] : [{ file, used }];
    })
    .toSorted((a, b) => b.used - a.used);
  for (const { file } of byUse.slice(count)) rmSync(file, { force: true });
}
