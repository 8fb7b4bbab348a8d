import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, describe, test } from 'vitest';
import { postgresOrSkip } from './support/postgres.ts';

/** How often the helpline is killed on each engine. The full number is 60: `CRASH_KILLS=60 npx vitest run test/crash.test.ts`. */
const KILLS = Number(process.env['CRASH_KILLS'] ?? 3);

const postgres = await postgresOrSkip('crashes');
afterAll(async () => {
  if ('stop' in postgres) await postgres.stop();
});

describe.concurrent.each(['sqlite', 'postgres'] as const)('killed again and again on %s', (engine) => {
  test.skipIf(engine === 'postgres' && 'skip' in postgres)(
    `${KILLS} kill -9 with families, files, officers and timers: nothing lost, nothing doubled, nothing in a wrong chat`,
    { timeout: 240_000 + KILLS * 12_000 },
    async ({ signal, expect }) => {
      const database =
        engine === 'postgres' && 'createDatabase' in postgres
          ? ['--database', await postgres.createDatabase()]
          : [];
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['test/support/crash-run.ts', '--kills', String(KILLS), ...database],
        { signal },
      );
      console.log(stdout.trim());
      const account: unknown = JSON.parse(stdout);
      expect(account).toMatchObject({
        engine,
        kills: KILLS,
        cases: 36,
        families: 12,
        takenTogether: 9,
        confirmedBySecond: 6,
        faults: [],
      });
    },
  );
});
