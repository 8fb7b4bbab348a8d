import { afterAll, afterEach, describe } from 'vitest';
import { emptyDatabase, postgresForTests } from './postgres.ts';
import { registerBench, type RegisterBench } from './register-bench.ts';

/**
 * The same tests on SQLite and on Postgres, each on an empty store that is gone afterwards. Postgres has one database,
 * emptied each time: making a new one costs more than most tests.
 */
export async function onBothEngines(
  what: string,
  tests: (bench: () => Promise<RegisterBench>, engine: 'sqlite' | 'postgres') => void,
): Promise<void> {
  const postgres = await postgresForTests();
  if ('skip' in postgres) console.warn(`SKIPPED: ${what} on Postgres: ${postgres.skip}`);
  const database = 'skip' in postgres ? '' : await postgres.createDatabase();
  afterAll(async () => ('skip' in postgres ? undefined : postgres.stop()));
  const made: RegisterBench[] = [];
  afterEach(async () => {
    for (const one of made.splice(0)) await one.clean();
  });
  const keep = (one: RegisterBench): RegisterBench => {
    made.push(one);
    return one;
  };
  describe(`${what} on SQLite`, () => {
    tests(() => Promise.resolve(keep(registerBench(null))), 'sqlite');
  });
  describe.skipIf('skip' in postgres)(`${what} on Postgres`, () => {
    tests(async () => {
      await emptyDatabase(database);
      return keep(registerBench(database));
    }, 'postgres');
  });
}
