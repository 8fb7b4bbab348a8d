import { readConfig } from '../config.ts';
import { loadKeys } from '../store/key-file.ts';
import type { ReadOnly } from '../store/read-only.ts';

export type Environment = Record<string, string | undefined>;

/** The database that the settings name, with its keys; nothing is made when they are missing. */
export function existing(env: Environment): ReadOnly {
  const { dataDir, databaseUrl: url } = readConfig(env);
  return { url, dataDir, keys: loadKeys({ dataDir, env }) };
}
