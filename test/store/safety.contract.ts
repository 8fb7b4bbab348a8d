import type { RegisterBench } from '../support/register-bench.ts';
export function safetyContract(_makeBench: () => Promise<RegisterBench>): void {}
