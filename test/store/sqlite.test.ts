import { describe } from 'vitest';
import { registerBench } from '../support/register-bench.ts';
import { demoOnSqliteContract, platformsContract } from './platforms.contract.ts';
import { queuesContract } from './queues.contract.ts';
import { registerContract } from './register.contract.ts';
import { safetyContract } from './safety.contract.ts';

const bench = () => Promise.resolve(registerBench(null));

describe('the register on SQLite', () => {
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
    platformsContract(bench);
    demoOnSqliteContract(() => registerBench(null));
  });
});
