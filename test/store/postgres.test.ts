import { afterAll, describe } from 'vitest';
import { postgresForTests } from '../support/postgres.ts';
import { registerBench } from '../support/register-bench.ts';
import { queuesContract } from './queues.contract.ts';
import { registerContract } from './register.contract.ts';
import { safetyContract } from './safety.contract.ts';

const postgres = await postgresForTests();
if ('skip' in postgres) console.warn(`SKIPPED: the register on Postgres: ${postgres.skip}`);

const bench = async () => registerBench('skip' in postgres ? '' : await postgres.createDatabase());

describe.skipIf('skip' in postgres)('the register on Postgres', () => {
  afterAll(async () => ('skip' in postgres ? undefined : postgres.stop()));
  registerContract(bench);
  queuesContract(bench);
  safetyContract(bench);
});
