import type { Vector } from './features.ts';
import { compacted, type CompactWeights } from './compact-weights.ts';
import { addRows, changeRows, type Features } from './linear-rows.ts';
import { seededRandom, shuffle } from './random.ts';

/** `compact` is what is kept of it, its weights rounded. */
export type SoftmaxModel = { logits: (row: Vector) => Float32Array; compact: () => CompactWeights };

/** A class number, or `SPREAD` for a row that belongs to no class. */
export const SPREAD = -1;

export type SoftmaxOptions = {
  seed: number;
  /** The share of certainty that is never asked for. */
  smoothing: number;
  /** Gradients below this are left out. */
  skip: number;
  /** The share of a row's features left out at each step, so that no few of them carry the answer alone. */
  dropout: number;
  /** A row that is this near to its target rests for one epoch. */
  restBelow: number;
};

/** Step length at the start and at the end; it falls in a straight line. */
export type Schedule = { epochs: number; rate: number; lastRate: number };

export const DEFAULTS: SoftmaxOptions = {
  seed: 1,
  smoothing: 0.05,
  skip: 0.002,
  dropout: 0.3,
  restBelow: 0.2,
};

export const FULL_SCHEDULE: Schedule = { epochs: 10, rate: 3, lastRate: 0.3 };

/** Learns from the chosen rows, going on from what it has learned before. */
export type SoftmaxLearner = SoftmaxModel & { learn: (chosen: Int32Array, schedule: Schedule) => void };

/** Multinomial logistic regression by plain stochastic gradient descent; the same seed gives the same weights. */
export function softmaxLearner(
  rows: Vector[],
  targets: Int32Array,
  size: { features: number; classes: number },
  options: SoftmaxOptions,
): SoftmaxLearner {
  const { classes } = size;
  const weights = new Float32Array(size.features * classes);
  const bias = new Float64Array(classes);
  const scores = new Float64Array(classes);
  const p = new Float64Array(classes);
  const changes = { classes: new Int32Array(classes), by: new Float64Array(classes), count: 0 };
  const random = seededRandom(options.seed);
  const longest = rows.reduce((most, { ids }) => Math.max(most, ids.length), 0);
  const sampled = { ids: new Int32Array(longest), values: new Float32Array(longest) };
  const dropOut = dropoutInto(sampled, options.dropout, random);
  const floor = options.smoothing / classes;

  /** One step towards the row's target; returns how much of it was missing. */
  const step = (row: Vector, target: number, rate: number): number => {
    const count = dropOut(row);
    scores.set(bias);
    addRows(sampled, count, weights, scores);
    softmax(scores, p);
    changes.count = 0;
    for (let c = 0; c < classes; c++) {
      const wanted = target === SPREAD ? 1 / classes : floor + (c === target ? 1 - options.smoothing : 0);
      const missing = wanted - (p[c] ?? 0);
      if (missing < options.skip && missing > -options.skip) continue;
      changes.classes[changes.count] = c;
      changes.by[changes.count++] = rate * missing;
      bias[c] = (bias[c] ?? 0) + rate * missing * 0.1;
    }
    changeRows(sampled, count, weights, classes, changes);
    return target === SPREAD ? 1 : floor + 1 - options.smoothing - (p[target] ?? 0);
  };
  return {
    learn: (chosen, { epochs, rate, lastRate }) => {
      const order = Int32Array.from(chosen);
      const resting = new Uint8Array(rows.length);
      let steps = 0;
      for (let epoch = 0; epoch < epochs; epoch++) {
        shuffle(order, random);
        for (const at of order) {
          const now = rate + ((lastRate - rate) * steps++) / (order.length * epochs);
          const row = rows[at];
          if (!row || resting[at]) resting[at] = 0;
          else if (step(row, targets[at] ?? SPREAD, now) < options.restBelow) resting[at] = 1;
        }
      }
    },
    logits: (row) => {
      scores.set(bias);
      addRows(row, row.ids.length, weights, scores);
      return Float32Array.from(scores);
    },
    compact: () => compacted(weights, Float32Array.from(bias)),
  };
}

const COINS = 1 << 16;

/** Writes a row to `sampled` without a random share of its features; what stays is scaled up in their place. Returns how many. */
function dropoutInto(sampled: Features, share: number, random: () => number): (row: Vector) => number {
  const { ids, values } = sampled;
  const coins = Uint8Array.from({ length: COINS }, () => Number(random() >= share));
  const scale = 1 / (1 - share);
  return (row) => {
    let coin = Math.floor(random() * COINS);
    let kept = 0;
    for (let i = 0; i < row.ids.length; i++) {
      coin = (coin + 1) & (COINS - 1);
      ids[kept] = row.ids[i] ?? 0;
      values[kept] = (row.values[i] ?? 0) * scale;
      kept += coins[coin] ?? 0;
    }
    return kept;
  };
}

const NEGLIGIBLE = -16;

/** Probabilities of the logits at a temperature, written into `out` (which may be the logits). */
export function softmax<Numbers extends Float32Array | Float64Array>(
  logits: Numbers,
  out: Numbers,
  temperature = 1,
): void {
  let top = -Infinity;
  for (let c = 0; c < out.length; c++) top = Math.max(top, logits[c] ?? 0);
  let sum = 0;
  for (let c = 0; c < out.length; c++) {
    const below = ((logits[c] ?? 0) - top) / temperature;
    const e = below < NEGLIGIBLE ? 0 : Math.exp(below);
    out[c] = e;
    sum += e;
  }
  for (let c = 0; c < out.length; c++) out[c] = (out[c] ?? 0) / sum;
}
