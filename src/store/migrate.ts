import { Migrator, type Migration } from 'kysely/migration';
import type { KeyRing } from './key-ring.ts';
import { register } from './migrations/2026-11-22-register.ts';
import { story } from './migrations/2026-12-01-story.ts';
import { whoseData } from './migrations/2026-12-01-whose-data.ts';
import type { Db, Engine } from './schema.ts';

/** All migrations, oldest first. One that has been released is never changed; a change of the schema is a new one. */
const migrations = (engine: Engine, keys: KeyRing): Record<string, Migration> => ({
  '2026-11-22-register': { up: (db) => register(db, engine) },
  '2026-12-01-story': { up: (db) => story(db, engine, keys) },
  '2026-12-01-whose-data': { up: whoseData },
});

/**
 * Brings the schema up to date, forward only, one process at a time. Gives the names of what was applied. `upTo`: the
 * last one to apply, for making a database of before.
 */
export async function migrate(db: Db, engine: Engine, keys: KeyRing, upTo?: string): Promise<string[]> {
  const here = migrator(db, engine, keys);
  const { error, results = [] } = await (upTo === undefined ? here.migrateToLatest() : here.migrateTo(upTo));
  if (error !== undefined) throw error;
  return results.filter((one) => one.status === 'Success').map((one) => one.migrationName);
}

/** Names of the migrations that are not applied yet. */
export async function pendingMigrations(db: Db, engine: Engine, keys: KeyRing): Promise<string[]> {
  const all = await migrator(db, engine, keys).getMigrations();
  return all.filter((one) => one.executedAt === undefined).map((one) => one.name);
}

const migrator = (db: Db, engine: Engine, keys: KeyRing): Migrator =>
  new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations(engine, keys)) } });
