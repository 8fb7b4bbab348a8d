import { fitTemperature, quantile, type HeldOut } from './calibration.ts';
import { featureSpace } from './features.ts';
import { seededRandom, shuffle } from './random.ts';
import { DEFAULTS, SPREAD, softmax, trainSoftmax, type SoftmaxModel } from './softmax.ts';

/** One labelled message; the intent `oos` means that it belongs to none. */
export type Row = { text: string; intent: string };

export const OUT_OF_SCOPE = 'oos';

/**
 * What a message most likely means. `candidates` are sorted, probabilities in 0..1. `band`: `sure` may be acted on,
 * `unsure` wants a question back, `unknown` is like nothing that was trained on. `score` (higher = more familiar) is
 * what the bands are cut on.
 */
export type Guess = {
  intent: string;
  confidence: number;
  score: number;
  band: 'sure' | 'unsure' | 'unknown';
  candidates: { intent: string; p: number }[];
};

export type Classifier = {
  classify: (text: string) => Guess;
  /** What cross-validation on the training rows chose. */
  bands: { temperature: number; unknownBelow: number; unsureBelow: number };
};

const FOLDS = 5;
const ENOUGH_HELD_OUT = 3000;
const UNKNOWN_SHARE = 0.05;
const UNSURE_SHARE = 0.1;

/** Trains on any labelled rows; everything that is chosen, is chosen on these rows. The same seed gives the same answers. */
export function trainClassifier(rows: Row[], options: { seed: number }): Classifier {
  const intents = [...new Set(rows.map((row) => row.intent))]
    .filter((intent) => intent !== OUT_OF_SCOPE)
    .toSorted();
  const classOf = new Map(intents.map((intent, at) => [intent, at]));
  const targets = Int32Array.from(rows, (row) => classOf.get(row.intent) ?? SPREAD);
  const space = featureSpace(rows.map((row) => row.text));
  const vectors = rows.map((row) => space.vector(row.text));
  const size = { features: space.size, classes: intents.length };
  const train = (chosen: Int32Array): SoftmaxModel =>
    trainSoftmax(vectors, targets, chosen, size, { ...DEFAULTS, seed: options.seed });

  const held: HeldOut[] = [];
  const folds = foldOf(rows, targets, options.seed);
  for (let fold = 0; fold < FOLDS && held.length < ENOUGH_HELD_OUT; fold++) {
    const model = train(Int32Array.from(rows.keys()).filter((at) => folds[at] !== fold));
    vectors.forEach((vector, at) => {
      const target = targets[at] ?? SPREAD;
      if (folds[at] === fold && target !== SPREAD) held.push({ logits: model.logits(vector), target });
    });
  }
  const temperature = fitTemperature(held);
  const scores = held.map((row) => Math.max(...row.logits));
  const bands = {
    temperature,
    unknownBelow: quantile(scores, UNKNOWN_SHARE),
    unsureBelow: quantile(scores, UNSURE_SHARE),
  };
  const model = train(Int32Array.from(rows.keys()));

  const classify = (text: string): Guess => {
    const p = model.logits(space.vector(text));
    const score = Math.max(...p);
    softmax(p, temperature);
    const candidates = intents.map((intent, at) => ({ intent, p: p[at] ?? 0 })).toSorted((a, b) => b.p - a.p);
    const band = score < bands.unknownBelow ? 'unknown' : score < bands.unsureBelow ? 'unsure' : 'sure';
    return {
      intent: candidates[0]?.intent ?? OUT_OF_SCOPE,
      confidence: candidates[0]?.p ?? 0,
      score,
      band,
      candidates,
    };
  };
  return { classify, bands };
}

/** Spreads each intent's rows over the folds; rows with the same text stay together. */
function foldOf(rows: Row[], targets: Int32Array, seed: number): Int32Array {
  const order = Int32Array.from(rows.keys());
  shuffle(order, seededRandom(seed + 1));
  const folds = new Int32Array(rows.length);
  const byText = new Map<string, number>();
  const next = new Map<number, number>();
  for (const at of order) {
    const key = (rows[at]?.text ?? '').toLowerCase().trim();
    const target = targets[at] ?? SPREAD;
    let fold = byText.get(key);
    if (fold === undefined) {
      fold = (next.get(target) ?? 0) % FOLDS;
      next.set(target, fold + 1);
      byText.set(key, fold);
    }
    folds[at] = fold;
  }
  return folds;
}
