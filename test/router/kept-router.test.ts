import { deserialize, serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { packFrom } from '../../src/intents/load-intents.ts';
import {
  openClassifier,
  trainClassifier,
  type Guess,
  type KeptClassifier,
} from '../../src/router/classifier.ts';
import { learnPack, openRouter } from '../../src/router/router.ts';
import { realIntents } from '../support/kept.ts';
import { smallPack } from '../support/small-pack.ts';

/** A part of the real examples to learn from, and others to be asked. */
const examples = packFrom(realIntents, 0).router.intents.flatMap(({ id, examples }) =>
  examples.map(({ text }) => ({ text, intent: id })),
);
const step = Math.ceil(examples.length / 1200);
const rows = examples.filter((_, at) => at % step === 0);
const asked = examples.filter((_, at) => at % step === 1).slice(0, 800);

const clearly = ({ candidates: [first, second] }: Guess): boolean =>
  (first?.p ?? 0) > (second?.p ?? 0) + 0.03;

test('what is kept of a classifier guesses as the classifier did, on hundreds of messages it has not seen', () => {
  const trained = trainClassifier(rows, { seed: 1 });
  const bytes = serialize(trained.keep());
  const kept: KeptClassifier = deserialize(bytes);
  const opened = openClassifier(kept);
  const pairs = asked.map(({ text }) => [trained.classify(text), opened.classify(text)] as const);
  expect(pairs.length).toBeGreaterThan(500);
  expect(pairs.filter(([a, b]) => a.intent !== b.intent && clearly(a))).toEqual([]);
  expect(pairs.filter(([a, b]) => a.intent !== b.intent).length).toBeLessThan(pairs.length / 100);
  expect(Math.max(...pairs.map(([a, b]) => Math.abs(a.confidence - b.confidence)))).toBeLessThan(0.03);
});

test('a router opened twice from the same bytes decides the same, and learning again gives the same bytes', () => {
  const bytes = learnPack(smallPack);
  expect(Buffer.compare(learnPack(smallPack), bytes)).toBe(0);
  const [a, b] = [openRouter(bytes), openRouter(Buffer.from(bytes))];
  for (const { text } of asked) expect(a.route(text)).toEqual(b.route(text));
});
