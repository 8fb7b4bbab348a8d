import { fitTemperature, quantile, type HeldOut } from './calibration.ts';
import { logitsOf, type CompactWeights } from './compact-weights.ts';
import {
  featureSpace,
  openFeatureSpace,
  type KeptFeatures,
  type TextReader,
  type Vector,
} from './features.ts';
import { FOLDS, foldOf } from './folds.ts';
import { nameRows } from './intent-names.ts';
import {
  DEFAULTS,
  FULL_SCHEDULE,
  SPREAD,
  softmax,
  softmaxLearner,
  type Schedule,
  type SoftmaxModel,
} from './softmax.ts';

/** One labelled message; the intent `oos` means that it belongs to none. */
export type Row = { text: string; intent: string };

export const OUT_OF_SCOPE = 'oos';

/**
 * What a message most likely means. `candidates` are sorted, probabilities in 0..1. `band`: `sure` may be acted on,
 * `unsure` wants a question back, `unknown` is like nothing that was trained on. `score`: higher = more familiar.
 */
export type Guess = {
  intent: string;
  confidence: number;
  score: number;
  band: 'sure' | 'unsure' | 'unknown';
  candidates: { intent: string; p: number }[];
};

/** What cross-validation on the training rows chose. */
type Bands = { temperature: number; unknownBelow: number; unsureBelow: number };

export type Classifier = {
  classify: (text: string) => Guess;
  bands: Bands;
  /** Training rows as a model that hadn't seen them guessed them. */
  heldOut: () => { row: Row; candidates: Guess['candidates'] }[];
  /** What `openClassifier` makes a classifier of again. */
  keep: () => KeptClassifier;
};

/** Plain data: strings, numbers and typed arrays. */
export type KeptClassifier = {
  intents: string[];
  bands: Bands;
  features: KeptFeatures;
  weights: CompactWeights;
};

const ENOUGH_HELD_OUT = 2000;
const UNKNOWN_SHARE = 0.038;
const UNSURE_SHARE = 0.1;
/** What is acted on without a question back should be right at least this often. */
const SURE_FROM = 0.6;
/** A small training set needs more epochs. */
const SMALL_SET_SCHEDULE: Schedule = { ...FULL_SCHEDULE, epochs: 20 };
const FEW_ROWS = 2000;
/** With many rows, half of the epochs are enough to choose the bands by, and as well calibrated. */
const HELD_OUT_EPOCH_SHARE = 0.5;

/**
 * Trains on any labelled rows; everything that is chosen, is chosen on these rows. The same seed gives the same answers.
 * `heldOutAtLeast`: how many rows are guessed by a model that hadn't seen them, if there are so many.
 */
export function trainClassifier(rows: Row[], options: { seed: number; heldOutAtLeast?: number }): Classifier {
  const inScope = rows.filter((row) => row.intent !== OUT_OF_SCOPE);
  const intents = [...new Set(inScope.map((row) => row.intent))].toSorted();
  const classOf = new Map(intents.map((intent, at) => [intent, at]));
  const trainingRows = [...rows, ...nameRows(inScope.map((row) => row.intent))];
  const targets = Int32Array.from(trainingRows, (row) => classOf.get(row.intent) ?? SPREAD);
  const texts = trainingRows.map((row) => row.text);
  const space = featureSpace(texts, targets);
  const size = { features: space.size, classes: intents.length };
  const train = (chosen: Int32Array, share = 1): SoftmaxModel => {
    const learner = softmaxLearner(space.vectors, targets, size, { ...DEFAULTS, seed: options.seed });
    const full = { ...FULL_SCHEDULE, epochs: FULL_SCHEDULE.epochs * share };
    learner.learn(chosen, rows.length < FEW_ROWS ? SMALL_SET_SCHEDULE : full);
    return learner;
  };
  const all = Int32Array.from(trainingRows.keys());

  const held: (HeldOut & { at: number; score: number })[] = [];
  const folds = foldOf(texts.slice(0, rows.length), targets, options.seed);
  const { heldOutAtLeast = ENOUGH_HELD_OUT } = options;
  for (let fold = 0; fold < FOLDS && held.length < heldOutAtLeast; fold++) {
    const others = all.filter((at) => folds[at] !== fold);
    const model = train(others, HELD_OUT_EPOCH_SHARE);
    const seen = new Uint8Array(space.size);
    for (const at of others) for (const id of space.vectors[at]?.ids ?? []) seen[id] = 1;
    for (const at of rows.keys()) {
      const [vector, target = SPREAD] = [space.vectors[at], targets[at]];
      if (folds[at] !== fold || target === SPREAD || !vector) continue;
      const logits = model.logits(vector);
      held.push({ at, logits, target, score: familiarity(vector, logits, (id) => seen[id] === 1) });
    }
  }
  const scores = held.map((row) => row.score);
  const temperature = fitTemperature(held);
  const bands = {
    temperature,
    unknownBelow: quantile(scores, UNKNOWN_SHARE),
    unsureBelow: quantile(scores, UNSURE_SHARE),
  };
  const model = train(all);
  return {
    classify: classifyBy(space, model.logits, intents, bands),
    bands,
    heldOut: () =>
      held.flatMap(({ at, logits }) => {
        const row = rows[at];
        return row ? [{ row, candidates: ranked(intents, logits, temperature) }] : [];
      }),
    keep: () => ({ intents, bands, features: space.kept, weights: model.compact() }),
  };
}

/** The classifier from which this was kept, its weights rounded. */
export function openClassifier({
  intents,
  bands,
  features,
  weights,
}: KeptClassifier): Pick<Classifier, 'classify'> {
  const logits = (row: Vector): Float32Array => logitsOf(weights, row);
  return { classify: classifyBy(openFeatureSpace(features), logits, intents, bands) };
}

function classifyBy(
  reader: TextReader,
  logitsOf: (row: Vector) => Float32Array,
  intents: string[],
  bands: Bands,
): (text: string) => Guess {
  return (text) => {
    const vector = reader.vector(text);
    const logits = logitsOf(vector);
    const score = familiarity(vector, logits, () => true);
    const candidates = ranked(intents, logits, bands.temperature);
    const confidence = candidates[0]?.p ?? 0;
    const unsure = score < bands.unsureBelow || confidence < SURE_FROM;
    const band = score < bands.unknownBelow ? 'unknown' : unsure ? 'unsure' : 'sure';
    return {
      intent: candidates[0]?.intent ?? OUT_OF_SCOPE,
      confidence,
      score,
      band,
      candidates,
    };
  };
}

function ranked(intents: string[], logits: Float32Array, temperature: number): Guess['candidates'] {
  const p = new Float32Array(intents.length);
  softmax(logits, p, temperature);
  return intents.map((intent, at) => ({ intent, p: p[at] ?? 0 })).toSorted((a, b) => b.p - a.p);
}

/**
 * How much a message is like the training rows: how far its highest logit stands above the mean of all, its log
 * probability, and how much of it is known. Logits drift together as training goes on, so only differences are compared.
 */
function familiarity(vector: Vector, logits: Float32Array, isKnown: (id: number) => boolean): number {
  let top = -Infinity;
  let mean = 0;
  for (const logit of logits) {
    top = Math.max(top, logit);
    mean += logit / logits.length;
  }
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - top);
  let squares = 0;
  for (let i = 0; i < vector.ids.length; i++)
    if (isKnown(vector.ids[i] ?? 0)) squares += (vector.values[i] ?? 0) ** 2;
  return top - mean - Math.log(sum) + 10 * Math.sqrt(squares);
}
