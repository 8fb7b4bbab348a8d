import { loadIntentPack } from '../src/intents/load-intents.ts';
import { trainClassifier } from '../src/router/classifier.ts';
import { seededRandom, shuffle } from '../src/router/random.ts';
import { trainRouter } from '../src/router/router.ts';
import { measure, type Answer } from './intent-measures.ts';
import { naiveBayes } from './intent-peers.ts';

/**
 * The project's own intents: how long until they are learned, and how long one message takes. The messages are the
 * pack's own examples, so this tells speed and nothing about accuracy.
 */
const QUESTIONS = 2000;

const from = performance.now();
const { router: pack } = loadIntentPack('intents', Date.now());
const readMs = Math.round(performance.now() - from);
const rows = pack.intents.flatMap(({ id, examples }) => examples.map(({ text }) => ({ text, intent: id })));
const order = Int32Array.from(rows.keys());
shuffle(order, seededRandom(1));
const questions = [...order].slice(0, QUESTIONS).flatMap((at) => rows[at] ?? []);

const answer = (intent: string | null): Answer => ({
  intent: intent ?? '',
  p: 0,
  score: 0,
  refused: false,
});
await timed('router', async () => {
  const { route } = trainRouter(pack);
  return (text) => answer(route(text).intent);
});
await timed('router, classifier alone', async () => {
  const { classify } = trainClassifier(rows, { seed: 1 });
  return (text) => answer(classify(text).intent);
});
await timed(naiveBayes.name, () => naiveBayes.train(rows));

async function timed(
  who: string,
  learn: () => Promise<(text: string) => Answer | Promise<Answer>>,
): Promise<void> {
  const began = performance.now();
  const ask = await learn();
  const trainMs = Math.round(performance.now() - began);
  const { p50us, p99us } = await measure(questions, ask);
  console.log(JSON.stringify({ who, examples: rows.length, readMs, trainMs, p50us, p99us }));
}
