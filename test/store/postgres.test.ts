import { afterAll, describe } from 'vitest';
import { emptyDatabase, postgresForTests } from '../support/postgres.ts';
import { registerBench } from '../support/register-bench.ts';
import { queuesContract } from './queues.contract.ts';
import { registerContract } from './register.contract.ts';
import { safetyContract } from './safety.contract.ts';

const postgres = await postgresForTests();
if ('skip' in postgres) console.warn(`SKIPPED: the register on Postgres: ${postgres.skip}`);
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
});
