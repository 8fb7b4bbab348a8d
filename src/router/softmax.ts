import type { Vector } from './features.ts';
import { kernel, type Kernel } from './kernel.ts';
import { seededRandom, shuffle } from './random.ts';

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
  /** The share of a row's features left out at each step, so that no few of them carry the answer alone. */
  dropout: number;
};

export const DEFAULTS: SoftmaxOptions = {
  seed: 1,
  epochs: 8,
  rate: 3,
  lastRate: 0.3,
  smoothing: 0.03,
  skip: 0.002,
  dropout: 0.4,
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
  const loops = kernel(size.features, classes);
  const bias = new Float32Array(classes);
  const order = Int32Array.from(chosen);
  const random = seededRandom(options.seed);
  const thin = dropout(options.dropout, random);
  const steps = order.length * options.epochs;
  const floor = options.smoothing / classes;
  const { gradient } = loops;
  let step = 0;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, random);
    for (const at of order) {
      const whole = rows[at];
      if (!whole) continue;
      const row = thin(whole);
      const rate = options.rate + ((options.lastRate - options.rate) * step++) / steps;
      const p = score(loops, bias, row);
      softmax(p);
      const target = targets[at] ?? SPREAD;
      for (let c = 0; c < classes; c++) {
        const wanted = target === SPREAD ? 1 / classes : floor + (c === target ? 1 - options.smoothing : 0);
        const missing = wanted - (p[c] ?? 0);
        const change = missing < options.skip && missing > -options.skip ? 0 : rate * missing;
        gradient[c] = change;
        bias[c] = (bias[c] ?? 0) + change * 0.1;
      }
      loops.learn(row.ids, row.values);
    }
  }
  return { logits: (row) => Float32Array.from(score(loops, bias, row)) };
}

/** Leaves out that share of a row's features at random; what stays speaks up for it. The result is overwritten by the next. */
function dropout(share: number, random: () => number): (row: Vector) => Vector {
  if (share === 0) return (row) => row;
  let ids = new Int32Array(1024);
  let values = new Float32Array(1024);
  const louder = 1 / (1 - share);
  return (row) => {
    if (row.ids.length > ids.length)
      [ids, values] = [new Int32Array(row.ids.length), new Float32Array(row.ids.length)];
    let kept = 0;
    for (let i = 0; i < row.ids.length; i++) {
      if (random() < share) continue;
      ids[kept] = row.ids[i] ?? 0;
      values[kept++] = (row.values[i] ?? 0) * louder;
    }
    return { ids: ids.subarray(0, kept), values: values.subarray(0, kept) };
  };
}

/** The row's logits, in the kernel's own memory: copy them to keep them. */
function score(loops: Kernel, bias: Float32Array, row: Vector): Float32Array {
  const scores = loops.scores.subarray(0, bias.length);
  scores.set(bias);
  loops.add(row.ids, row.values);
  return scores;
}

/** Turns logits into probabilities in place. */
export function softmax(scores: Float32Array, temperature = 1): void {
  let top = -Infinity;
  for (let c = 0; c < scores.length; c++) top = Math.max(top, scores[c] ?? 0);
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    const e = Math.exp(((scores[c] ?? 0) - top) / temperature);
    scores[c] = e;
    sum += e;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) / sum;
}
