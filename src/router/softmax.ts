import type { Vector } from './features.ts';
import { seededRandom, shuffle } from './random.ts';

/** One weight per feature and class, feature by feature. */
export type SoftmaxModel = { logits: (row: Vector) => Float32Array };

/** A class number, or `SPREAD` for a row that belongs to no class. */
export const SPREAD = -1;

export type SoftmaxOptions = {
  seed: number;
  epochs: number;
  rate: number;
  lastRate: number;
  smoothing: number;
  skip: number;
};

export const DEFAULTS: SoftmaxOptions = {
  seed: 1,
  epochs: 8,
  rate: 3,
  lastRate: 0.3,
  smoothing: 0.03,
  skip: 0.002,
};

/** Multinomial logistic regression by plain stochastic gradient descent; the same seed gives the same weights. */
export function trainSoftmax(
  rows: Vector[],
  targets: Int32Array,
  chosen: Int32Array,
  size: { features: number; classes: number },
  options: SoftmaxOptions,
): SoftmaxModel {
  const { classes } = size;
  const weights = new Float32Array(size.features * classes);
  const bias = new Float32Array(classes);
  const scores = new Float32Array(classes);
  const order = Int32Array.from(chosen);
  const random = seededRandom(options.seed);
  const steps = order.length * options.epochs;
  const floor = options.smoothing / classes;
  let step = 0;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, random);
    for (const at of order) {
      const row = rows[at];
      if (!row) continue;
      const rate = options.rate + ((options.lastRate - options.rate) * step++) / steps;
      score(weights, bias, classes, row, scores);
      softmax(scores);
      const target = targets[at] ?? SPREAD;
      for (let c = 0; c < classes; c++) {
        const wanted = target === SPREAD ? 1 / classes : floor + (c === target ? 1 - options.smoothing : 0);
        const gradient = (scores[c] ?? 0) - wanted;
        if (gradient < options.skip && gradient > -options.skip) continue;
        const change = rate * gradient;
        bias[c] = (bias[c] ?? 0) - change * 0.1;
        for (let i = 0; i < row.ids.length; i++) {
          const w = (row.ids[i] ?? 0) * classes + c;
          weights[w] = (weights[w] ?? 0) - change * (row.values[i] ?? 0);
        }
      }
    }
  }
  return {
    logits: (row) => {
      const out = new Float32Array(classes);
      score(weights, bias, classes, row, out);
      return out;
    },
  };
}

function score(
  weights: Float32Array,
  bias: Float32Array,
  classes: number,
  row: Vector,
  out: Float32Array,
): void {
  out.set(bias);
  for (let i = 0; i < row.ids.length; i++) {
    const value = row.values[i] ?? 0;
    const base = (row.ids[i] ?? 0) * classes;
    for (let c = 0; c < classes; c++) out[c] = (out[c] ?? 0) + value * (weights[base + c] ?? 0);
  }
}

/** Turns logits into probabilities in place. */
export function softmax(scores: Float32Array, temperature = 1): void {
  let top = -Infinity;
  for (const score of scores) if (score > top) top = score;
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    const e = Math.exp(((scores[c] ?? 0) - top) / temperature);
    scores[c] = e;
    sum += e;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) / sum;
}
