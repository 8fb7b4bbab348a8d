import { Kysely } from 'kysely';
import type { Log } from '../core/log.ts';
import { backUp } from './backup.ts';
import type { KeyRing } from './key-ring.ts';
import { checkKeys, rememberKeys } from './known-keys.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { NodeSqliteDialect } from './node-sqlite-dialect.ts';
import { openSqlite, waitShortly } from './open-sqlite.ts';
import { checkPlatforms, rememberPlatforms, type PlatformsClaim } from './platforms.ts';
import { postgresDialect } from './postgres-dialect.ts';
import type { Db, Engine, Tables } from './schema.ts';

type Options = {
  url: string | null;
  dataDir: string;
  keys: KeyRing;
  platforms?: PlatformsClaim;
  now: () => number;
  log: Log;
};

/**
 * Connects, checks the keys and whose the data is, and migrates: on SQLite after a backup when there is something to lose; on Postgres the
 * backups are the operator's own. `finish` closes the connection.
 */
export async function openDatabase(
  options: Options,
): Promise<{ db: Db; engine: Engine; finish(this: void): Promise<void> }> {
  if (options.url !== null) return openPostgres(options.url, options);
  const file = openSqlite(options.dataDir);
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(file) });
  const finish = async (): Promise<void> => {
    if (file.isOpen) file.exec('pragma wal_checkpoint(truncate)');
    await db.destroy();
    if (file.isOpen) file.close();
  };
  try {
    await prepare(db, 'sqlite', options, async () => {
      await backUp(file, options.dataDir, options.now());
      options.log('backup-made');
    });
    waitShortly(file);
    return { db, engine: 'sqlite', finish };
  } catch (error) {
    await finish();
    throw error;
  }
}

async function openPostgres(
  url: string,
  options: Options,
): Promise<{ db: Db; engine: Engine; finish(this: void): Promise<void> }> {
  const db = new Kysely<Tables>({ dialect: postgresDialect(url) });
  try {
    await prepare(db, 'postgres', options, async () =>
      options.log('migrated', { why: 'backups-are-the-operators' }),
    );
    return { db, engine: 'postgres', finish: () => db.destroy() };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

async function prepare(
  db: Db,
  engine: Engine,
  { keys, platforms, now, log }: Options,
  backup: () => Promise<void>,
): Promise<void> {
  const tables = await db.introspection.getTables();
  const inUse = tables.some((table) => table.name === 'ring_keys');
  if (inUse) await checkKeys(db, keys);
  const at = { inUse, postgres: engine === 'postgres' };
  if (platforms) await checkPlatforms(db, platforms, at);
  if (inUse && (await pendingMigrations(db)).length > 0) await backup();
  const applied = await migrate(db, { engine, keys, now: now() });
  if (applied.length > 0) log('migrated', { count: applied.length, mode: engine });
  await rememberKeys(db, keys);
  if (platforms) await rememberPlatforms(db, platforms.mine);
  // Another process may have made the database meanwhile, with keys and platforms of its own.
  await checkKeys(db, keys);
  if (platforms) await checkPlatforms(db, platforms, at);
}
