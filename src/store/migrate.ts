import { Migrator, type Migration } from 'kysely/migration';
import type { KeyRing } from './key-ring.ts';
import { register } from './migrations/2026-11-22-register.ts';
import { story } from './migrations/2026-12-01-story.ts';
import { whoseData } from './migrations/2026-12-01-whose-data.ts';
import type { Db, Engine } from './schema.ts';

/** What a migration may need beside the database. `now`: Unix ms. */
type Migrating = { engine: Engine; keys: KeyRing; now: number };

type Step = (db: Parameters<Migration['up']>[0], at: Migrating) => Promise<void>;

/** All migrations, oldest first. One that has been released is never changed; a change of the schema is a new one. */
const STEPS: [name: string, step: Step][] = [
  ['2026-11-22-register', (db, { engine }) => register(db, engine)],
  ['2026-12-01-story', story],
  ['2026-12-01-whose-data', whoseData],
];

/**
 * Brings the schema up to date, forward only, one process at a time. Gives the names of what was applied. `upTo`: the
 * last one to apply, for making a database of before.
 */
export async function migrate(db: Db, at: Migrating, upTo?: string): Promise<string[]> {
  const here = migrator(db, (step) => (to) => step(to, at));
  const { error, results = [] } = await (upTo === undefined ? here.migrateToLatest() : here.migrateTo(upTo));
  if (error !== undefined) throw error;
  return results.filter((one) => one.status === 'Success').map((one) => one.migrationName);
}

/** Names of the migrations that are not applied yet. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const all = await migrator(db, () => onlyLooked).getMigrations();
  return all.filter((one) => one.executedAt === undefined).map((one) => one.name);
}

const migrator = (db: Db, up: (step: Step) => Migration['up']): Migrator => {
  const all = Object.fromEntries(STEPS.map(([name, step]) => [name, { up: up(step) }]));
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve(all) } });
};

const onlyLooked = (): Promise<void> => Promise.reject(new Error('whoever only looks migrates nothing'));
