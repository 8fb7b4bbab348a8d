import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { trainClassifier, type Row } from '../src/router/classifier.ts';
import { seededRandom, shuffle } from '../src/router/random.ts';
import { measure, type Answer } from './intent-measures.ts';
import { naiveBayes, nlpJs, type Peer } from './intent-peers.ts';

const USAGE =
  'Usage: npm run -s bench:router -- --train F --test F [--seed N] [--peers [--peers-from FOLDER]]';

const { values } = parseArgs({
  options: {
    train: { type: 'string' },
    test: { type: 'string' },
    seed: { type: 'string', default: '1' },
    peers: { type: 'boolean', default: false },
    'peers-from': { type: 'string', default: '.' },
  },
});
if (!values.train || !values.test) throw new Error(USAGE);

const seed = Number(values.seed);
const train = read(values.train);
const test = read(values.test);

const ours = {
  train: (rows: Row[]): ((text: string) => Answer) => {
    const { classify } = trainClassifier(rows, { seed });
    return (text) => {
      const { intent, confidence, score, band } = classify(text);
      return { intent, p: confidence, score, refused: band === 'unknown' };
    };
  },
};
await report({}, async () => ours.train(train));

if (values.peers) {
  const order = Int32Array.from(train.keys());
  shuffle(order, seededRandom(seed));
  const shuffled = [...order].flatMap((at) => train[at] ?? []);
  const nlp = nlpJs(values['peers-from']);
  if (!nlp) console.error(`nlp.js left out: node-nlp is not installed in ${values['peers-from']}`);
  for (const peer of [naiveBayes, nlp].filter((found): found is Peer => found !== null))
    await report({ peer: peer.name }, () => peer.train(shuffled));
}

async function report(
  who: { peer?: string },
  learn: () => Promise<(text: string) => Answer | Promise<Answer>>,
): Promise<void> {
  const started = performance.now();
  const ask = await learn();
  const trainMs = Math.round(performance.now() - started);
  const { p50us, p99us, ...shares } = await measure(test, ask);
  const rssMb = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(JSON.stringify({ ...who, ...shares, trainMs, p50us, p99us, rssMb }));
}

function read(file: string): Row[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, at) => {
    if (line.trim() === '') return [];
    const row: unknown = JSON.parse(line);
    if (isRow(row)) return [row];
    throw new Error(`${file}:${at + 1} wants {"text": …, "intent": …}`);
  });
}

function isRow(row: unknown): row is Row {
  return (
    typeof row === 'object' &&
    row !== null &&
    'text' in row &&
    typeof row.text === 'string' &&
    'intent' in row &&
    typeof row.intent === 'string'
  );
}
