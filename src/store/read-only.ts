import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { Kysely } from 'kysely';
import type { KeyRing } from './key-ring.ts';
import { checkKeys } from './known-keys.ts';
import { pendingMigrations } from './migrate.ts';
import { NodeSqliteDialect } from './node-sqlite-dialect.ts';
import { databaseFile } from './open-sqlite.ts';
import { postgresDialect } from './postgres-dialect.ts';
import type { Db, Tables, Tx } from './schema.ts';

export type ReadOnly = { url: string | null; dataDir: string; keys: KeyRing };

/**
 * Runs `job` on the database as it is at this moment, in one transaction that can't write, while the helpline goes on.
 * Throws with what to do when there is no database, when it is of another version, or when the keys don't fit it.
 */
export async function readingOnly<T>(at: ReadOnly, job: (tx: Tx) => Promise<T>): Promise<T> {
  if (at.url === null) return readingFile(at, job);
  const db = new Kysely<Tables>({ dialect: postgresDialect(at.url) });
  const { keys } = at;
  try {
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((tx) => checked(tx, keys, job));
  } finally {
    await db.destroy();
  }
}

async function readingFile<T>(
  { dataDir, keys }: ReadOnly,
  job: (tx: Tx) => Promise<T>,
  again = false,
): Promise<T> {
  const file = databaseFile(dataDir);
  if (!existsSync(file)) throw new Error(`There is no database in ${dataDir} yet: start the helpline first.`);
  // Without a write-ahead log nobody has it open, and then it can be read without so much as a lock beside it.
  const alone = !existsSync(`${file}-wal`);
  const path = pathToFileURL(file);
  if (alone) path.searchParams.set('immutable', '1');
  const database = new DatabaseSync(path, { readOnly: true, timeout: 60_000 });
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(database, 'reading') });
  try {
    const found = await db.transaction().execute((tx) => checked(tx, keys, job));
    // Somebody has opened it meanwhile, and may have written.
    return alone && !again && existsSync(`${file}-wal`)
      ? await readingFile({ url: null, dataDir, keys }, job, true)
      : found;
  } finally {
    await db.destroy();
  }
}

async function checked<T>(tx: Tx, keys: KeyRing, job: (tx: Tx) => Promise<T>): Promise<T> {
  if (!(await hasSchema(tx)))
    throw new Error('This database holds nothing of the helpline yet: start the helpline first.');
  await checkKeys(tx, keys);
  if ((await pendingMigrations(tx)).length > 0)
    throw new Error(
      'This database was written by an older version. Start the helpline first: it makes a backup (on SQLite) and brings the database up to date.',
    );
  return job(tx);
}

const hasSchema = async (db: Db): Promise<boolean> =>
  (await db.introspection.getTables()).some((table) => table.name === 'ring_keys');
