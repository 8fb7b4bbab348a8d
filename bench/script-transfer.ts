import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { trainClassifier } from '../src/router/classifier.ts';
import { seededRandom, shuffle } from '../src/router/random.ts';

/**
 * How much of what was learned in one script is understood in the others: half of the sentences are learned in
 * `--from`, the other half asked in each script, then the halves change places. `same`: all are learned, and the very same
 * sentences asked, so that only the script is new. One JSON line each, shares in percent.
 */
const SCRIPTS = ['hi', 'hi-Latn', 'ur'] as const;
const line = z.object({ intent: z.string(), hi: z.string(), 'hi-Latn': z.string(), ur: z.string() });

const { values } = parseArgs({
  options: {
    file: { type: 'string', default: 'bench/data/script-transfer.jsonl' },
    from: { type: 'string', default: 'hi' },
    seed: { type: 'string', default: '1' },
  },
});
const from = z.enum(SCRIPTS).parse(values.from);
const seed = Number(values.seed);
const lines = readFileSync(values.file, 'utf8').trim().split('\n');
const sentences = lines.map((text) => line.parse(JSON.parse(text)));
const order = Int32Array.from(sentences.keys());
shuffle(order, seededRandom(seed));
const half = [...order].map((at, place) => ({ sentence: sentences[at], half: place % 2 }));

type Sentence = z.output<typeof line>;

/** How many of the asked sentences are named right in each script, by a classifier that has learned others in one. */
function namedRight(learned: Sentence[], asked: Sentence[]): Record<(typeof SCRIPTS)[number], number> {
  const { classify } = trainClassifier(
    learned.map((row) => ({ text: row[from], intent: row.intent })),
    { seed },
  );
  const count = (script: (typeof SCRIPTS)[number]): number =>
    asked.filter((row) => classify(row[script]).intent === row.intent).length;
  return { hi: count('hi'), 'hi-Latn': count('hi-Latn'), ur: count('ur') };
}

const [first, second] = [0, 1].map((wanted) =>
  half.flatMap((row) => (row.half === wanted && row.sentence ? [row.sentence] : [])),
);
const there = namedRight(first ?? [], second ?? []);
const back = namedRight(second ?? [], first ?? []);
const same = namedRight(sentences, sentences);
const share = (count: number): number => Math.round((10_000 * count) / sentences.length) / 100;
const shares = (of: (script: (typeof SCRIPTS)[number]) => number): Record<string, number> =>
  Object.fromEntries(SCRIPTS.map((script) => [script, share(of(script))]));
const base = { from, sentences: sentences.length };
console.log(
  JSON.stringify({ ...base, asked: 'others', ...shares((script) => there[script] + back[script]) }),
);
console.log(JSON.stringify({ ...base, asked: 'the same', ...shares((script) => same[script]) }));
