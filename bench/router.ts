import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OUT_OF_SCOPE, trainClassifier, type Row } from '../src/router/classifier.ts';

const { values } = parseArgs({
  options: { train: { type: 'string' }, test: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
if (!values.train || !values.test)
  throw new Error('Usage: npm run -s bench:router -- --train F --test F [--seed N]');

const read = (file: string): Row[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): Row => JSON.parse(line));
const train = read(values.train);
const test = read(values.test);
const started = performance.now();
const classifier = trainClassifier(train, { seed: Number(values.seed) });
const trainMs = performance.now() - started;

const times: number[] = [];
const answers = test.map((row) => {
  const from = performance.now();
  const guess = classifier.classify(row.text);
  times.push((performance.now() - from) * 1000);
  return { row, guess };
});
const inside = answers.filter(({ row }) => row.intent !== OUT_OF_SCOPE);
const outside = answers.filter(({ row }) => row.intent === OUT_OF_SCOPE);
const share = <T>(list: T[], test: (item: T) => boolean): number | null =>
  list.length === 0 ? null : percent(list.filter(test).length / list.length);
times.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    accuracy: share(inside, ({ row, guess }) => row.intent === guess.intent),
    accuracyAfterRefusal: share(
      inside,
      ({ row, guess }) => guess.band !== 'unknown' && row.intent === guess.intent,
    ),
    oosRecall: share(outside, ({ guess }) => guess.band === 'unknown'),
    falseReject: share(inside, ({ guess }) => guess.band === 'unknown'),
    auroc: auroc(
      inside.map(({ guess }) => guess.score),
      outside.map(({ guess }) => guess.score),
    ),
    ece: ece(inside.map(({ row, guess }) => ({ p: guess.confidence, right: row.intent === guess.intent }))),
    trainMs: Math.round(trainMs),
    p50us: Math.round(times[Math.floor(times.length * 0.5)] ?? 0),
    p99us: Math.round(times[Math.floor(times.length * 0.99)] ?? 0),
    rssMb: Math.round(process.memoryUsage().rss / 2 ** 20),
  }),
);

function percent(part: number): number {
  return Math.round(part * 10_000) / 100;
}

/** How often an in-scope message scores above an out-of-scope one. */
function auroc(high: number[], low: number[]): number | null {
  if (high.length === 0 || low.length === 0) return null;
  const sorted = low.toSorted((a, b) => a - b);
  let wins = 0;
  for (const score of high) {
    let from = 0;
    let to = sorted.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((sorted[middle] ?? 0) < score) from = middle + 1;
      else to = middle;
    }
    wins += from;
  }
  return percent(wins / (high.length * low.length));
}

/** Expected calibration error over 15 equal bins. */
function ece(answers: { p: number; right: boolean }[]): number {
  const bins = Array.from({ length: 15 }, () => ({ p: 0, right: 0 }));
  for (const { p, right } of answers) {
    const bin = bins[Math.min(14, Math.floor(p * 15))];
    if (bin) Object.assign(bin, { p: bin.p + p, right: bin.right + Number(right) });
  }
  return percent(bins.reduce((sum, bin) => sum + Math.abs(bin.p - bin.right), 0) / answers.length);
}
