import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Log } from '../core/log.ts';
import { keyRing, type KeyRing } from './key-ring.ts';
import { databaseFile } from './open-sqlite.ts';

/** Where the keys are kept when the environment holds none. */
export const keyFile = (dataDir: string): string => join(dataDir, 'keys');

/**
 * The keys from HELPLINE_KEYS and HELPLINE_INDEX_KEY, or else from the file `keys` in `dataDir`, made on the very first
 * start, readable by its owner only. `made` asks the caller to say loudly that it must be kept apart from the data.
 * Throws with what to do when keys are malformed, or missing while there is a database that needs them.
 */
export function loadOrMakeKeys(from: {
  dataDir: string;
  env: Record<string, string | undefined>;
  log?: Log;
}): { keys: KeyRing; made: boolean; file: string | null } {
  const { HELPLINE_KEYS: spec, HELPLINE_INDEX_KEY: indexKey } = from.env;
  if (spec && indexKey) return { keys: keyRing(spec, indexKey), made: false, file: null };
  if (spec || indexKey)
    throw new Error('HELPLINE_KEYS and HELPLINE_INDEX_KEY belong together: set both, or neither');
  const file = keyFile(from.dataDir);
  const made = !existsSync(file) && makeKeyFile(from.dataDir, file);
  const stored = parseEnv(readFileSync(file, 'utf8'));
  const keys = keyRing(stored['HELPLINE_KEYS'] ?? '', stored['HELPLINE_INDEX_KEY'] ?? '');
  if (made) from.log?.('keys-made', { why: 'back-up-the-key-file-apart-from-the-data' });
  return { keys, made, file };
}

/** The keys that are there. Throws with what to do when there are none: nothing is made. */
export function loadKeys(from: { dataDir: string; env: Record<string, string | undefined> }): KeyRing {
  const { HELPLINE_KEYS: spec, HELPLINE_INDEX_KEY: indexKey } = from.env;
  if (!spec && !indexKey && !existsSync(keyFile(from.dataDir)))
    throw new Error(
      `There are no keys: neither HELPLINE_KEYS and HELPLINE_INDEX_KEY nor the file ${keyFile(from.dataDir)}.`,
    );
  return loadOrMakeKeys(from).keys;
}

const secret = (): string => randomBytes(32).toString('base64');

/** False when another process was faster. */
function makeKeyFile(dataDir: string, file: string): boolean {
  if (existsSync(databaseFile(dataDir))) {
    throw new Error(
      `${databaseFile(dataDir)} exists but its keys are missing. Put the key file back as ${file}, or set HELPLINE_KEYS and ` +
        'HELPLINE_INDEX_KEY. Without them nothing in it can be read; new keys would not help.',
    );
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const name = `k${randomBytes(4).toString('hex')}`;
  const draft = `${file}.${name}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(
      handle,
      '# The keys to everything this helpline stores. Keep a copy in a safe place, never beside a backup of the data.\n' +
        `HELPLINE_KEYS="${name}:${secret()}"\nHELPLINE_INDEX_KEY="${secret()}"\n`,
    );
    fsyncSync(handle);
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    closeSync(handle);
    rmSync(draft, { force: true });
  }
}
