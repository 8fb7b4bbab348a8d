import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresForTests, type TestPostgres } from './support/postgres.ts';

/** How often the helpline is killed on each engine. The full number is 60: `CRASH_KILLS=60 npx vitest run test/crash.test.ts`. */
const KILLS = Number(process.env['CRASH_KILLS'] ?? 8);

let postgres: TestPostgres | { skip: string };
beforeAll(async () => {
  postgres = await postgresForTests();
});
afterAll(async () => {
  if ('stop' in postgres) await postgres.stop();
});

test.each(['sqlite', 'postgres'] as const)(
  `${KILLS} kill -9 under load, with duplicates and reordering, on %s: nothing lost, nothing doubled, nothing in a wrong chat`,
  { timeout: 90_000 + KILLS * 6_000 },
  async (engine) => {
    if (engine === 'postgres' && 'skip' in postgres) {
      console.warn(`SKIPPED: crashes on Postgres: ${postgres.skip}`);
      return;
    }
    const database =
      engine === 'postgres' && 'createDatabase' in postgres
        ? ['--database', await postgres.createDatabase()]
        : [];
    const { stdout } = await promisify(execFile)(process.execPath, [
      'test/support/crash-run.ts',
      '--kills',
      String(KILLS),
      ...database,
    ]);
    console.log(stdout.trim());
    expect(JSON.parse(stdout)).toMatchObject({ engine, kills: KILLS, cases: 12, families: 12, faults: [] });
  },
);
