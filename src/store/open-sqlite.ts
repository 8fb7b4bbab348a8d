import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** SQLite's code for "another process is writing". */
export const SQLITE_BUSY = 5;

/** The database's file in `dataDir`. */
export const databaseFile = (dataDir: string): string => join(dataDir, 'helpline.db');

/**
 * Opens the database, made if need be for its owner's eyes only. A commit is on disk when it returns. While another
 * process writes, it waits long, as for a migration; see `waitShortly`.
 */
export function openSqlite(dataDir: string): DatabaseSync {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = databaseFile(dataDir);
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, {
    timeout: 60_000,
    enableForeignKeyConstraints: true,
    defensive: true,
  });
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma secure_delete = on;
    pragma temp_store = memory;
    pragma trusted_schema = off;
  `);
  return database;
}

/** From now on waits for another process only briefly: waiting holds up everything, and a unit can be tried again. */
export const waitShortly = (database: DatabaseSync): void => database.exec('pragma busy_timeout = 100');
