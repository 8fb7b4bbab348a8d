import { afterAll, describe, expect, it } from 'vitest';
import { readPlatforms } from '../../src/store/platforms.ts';
import { emptyDatabase, postgresOrSkip } from '../support/postgres.ts';
import { registerBench } from '../support/register-bench.ts';
import { platformsContract } from './platforms.contract.ts';
import { queuesContract } from './queues.contract.ts';
import { registerContract } from './register.contract.ts';
import { safetyContract } from './safety.contract.ts';

const postgres = await postgresOrSkip('the register');
const database = 'skip' in postgres ? '' : await postgres.createDatabase();

/** One database, emptied each time: making a new one costs more than most of these tests. */
const bench = async () => {
  await emptyDatabase(database);
  return registerBench(database);
};

describe.skipIf('skip' in postgres)('the register on Postgres', () => {
  afterAll(async () => ('skip' in postgres ? undefined : postgres.stop()));
  describe('what it keeps', () => {
    registerContract(bench);
  });
  describe('its queues', () => {
    queuesContract(bench);
  });
  describe('its safety', () => {
    safetyContract(bench);
  });
  describe('whose data it is', () => {
    // Some of these change the schema, so each has a database of its own.
    platformsContract(async () => registerBench('skip' in postgres ? null : await postgres.createDatabase()));
    it('an empty database is not the demo’s until somebody gives it to the demo', async () => {
      const bench = registerBench('skip' in postgres ? null : await postgres.createDatabase());
      const mine = { demo: true, bot: '1000000001', channel: 'C0TRIAGE' };
      const platforms = { mine, withTokens: false, demoWasHere: true };
      try {
        await expect(bench.open({ platforms })).rejects.toThrow('DATABASE_URL is set and no token is');
        await (await bench.open()).moveTo(mine);
        await bench.open({ platforms });
        expect(await bench.looking(readPlatforms)).toEqual(mine);
      } finally {
        await bench.clean();
      }
    });
  });
});
