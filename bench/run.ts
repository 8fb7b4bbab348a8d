import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { jsonLines } from './programs.ts';
import { replyTimes } from './reply.ts';
import { starts } from './start.ts';

/**
 * All benchmarks, each beside what it is to be compared with, in one run: `npm run bench [-- --only reply]`. One JSON
 * line a figure. `load` is the machine's load average when that benchmark began: above its cores, doubt the figures.
 */
const benchmarks = {
  start: starts,
  reply: replyTimes,
  store: () => jsonLines(['bench/store.ts']),
  router: () => jsonLines(['bench/pack.ts']),
  language: () => jsonLines(['bench/language.ts']),
  messages: () => jsonLines(['bench/own-messages.ts']),
};

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const chosen = Object.entries(benchmarks).filter(([name]) => !values.only || name === values.only);
if (chosen.length === 0) throw new Error(`--only is one of ${Object.keys(benchmarks).join(', ')}`);

const round = (value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 100) / 100 : value;

console.log(
  JSON.stringify({ date: new Date().toISOString(), node: process.versions.node, cores: cpus().length }),
);
for (const [bench, run] of chosen) {
  const [load = 0] = loadavg();
  for (const line of await run())
    console.log(JSON.stringify({ bench, ...line, load: round(load) }, (_, value: unknown) => round(value)));
}
