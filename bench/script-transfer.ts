import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { trainClassifier } from '../src/router/classifier.ts';
import { seededRandom, shuffle } from '../src/router/random.ts';

/**
 * How much of what was learned in one script is understood in the others: half of the sentences are learned in
 * `--from`, the other half asked in each script, then the halves change places. One JSON line, shares in percent.
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

const right = new Map<string, number>();
for (const learned of [0, 1]) {
  const rows = half.flatMap((row) => (row.half === learned && row.sentence ? [row.sentence] : []));
  const asked = half.flatMap((row) => (row.half !== learned && row.sentence ? [row.sentence] : []));
  const { classify } = trainClassifier(
    rows.map((row) => ({ text: row[from], intent: row.intent })),
    { seed },
  );
  for (const script of SCRIPTS)
    for (const row of asked)
      if (classify(row[script]).intent === row.intent) right.set(script, (right.get(script) ?? 0) + 1);
}
const shares = SCRIPTS.map((script) => [
  script,
  Math.round((10_000 * (right.get(script) ?? 0)) / sentences.length) / 100,
]);
console.log(JSON.stringify({ from, sentences: sentences.length, ...Object.fromEntries(shares) }));
