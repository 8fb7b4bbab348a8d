import type { Vector } from './features.ts';
import { compacted, type CompactWeights } from './compact-weights.ts';
import { kernel, type Kernel } from './kernel.ts';
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
export type Course = { epochs: number; rate: number; lastRate: number };

export const DEFAULTS: SoftmaxOptions = {
  seed: 1,
  smoothing: 0.05,
  skip: 0.002,
  dropout: 0.3,
  restBelow: 0.2,
};

export const FROM_NOTHING: Course = { epochs: 10, rate: 3, lastRate: 0.3 };

/** Learns from the chosen rows, going on from what it has learned before. */
export type SoftmaxLearner = SoftmaxModel & { learn: (chosen: Int32Array, course: Course) => void };

/** Multinomial logistic regression by plain stochastic gradient descent; the same seed gives the same weights. */
export function softmaxLearner(
  rows: Vector[],
  targets: Int32Array,
  size: { features: number; classes: number },
  options: SoftmaxOptions,
): SoftmaxLearner {
  const { classes } = size;
  const loops = kernel(size.features, classes);
  const { gradient, scores } = loops;
  const bias = new Float32Array(scores.length);
  const random = seededRandom(options.seed);
  const load = thinned(loops, options.dropout, random);
  const floor = options.smoothing / classes;
  const p = new Float32Array(classes);

  /** One step towards the row's target; returns how much of it was missing. */
  const step = (row: Vector, target: number, rate: number): number => {
    const count = load(row);
    scores.set(bias);
    loops.add(count);
    softmax(scores, p);
    for (let c = 0; c < classes; c++) {
      const wanted = target === SPREAD ? 1 / classes : floor + (c === target ? 1 - options.smoothing : 0);
      const missing = wanted - (p[c] ?? 0);
      const change = missing < options.skip && missing > -options.skip ? 0 : rate * missing;
      gradient[c] = change;
      bias[c] = (bias[c] ?? 0) + change * 0.1;
    }
    loops.learn(count);
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
      loops.ids.set(row.ids.subarray(0, loops.ids.length));
      loops.values.set(row.values.subarray(0, loops.ids.length));
      scores.set(bias);
      loops.add(Math.min(row.ids.length, loops.ids.length));
      return scores.slice(0, classes);
    },
    compact: () => compacted(loops.weights, bias.slice(0, classes), scores.length),
  };
}

const COINS = 1 << 16;

/** Writes a row into the kernel without a random share of its features; what stays speaks up for them. Returns how many. */
function thinned(loops: Kernel, share: number, random: () => number): (row: Vector) => number {
  const { ids, values } = loops;
  const coins = Uint8Array.from({ length: COINS }, () => Number(random() >= share));
  const louder = 1 / (1 - share);
  return (row) => {
    let coin = Math.floor(random() * COINS);
    let kept = 0;
    const length = Math.min(row.ids.length, ids.length);
    for (let i = 0; i < length; i++) {
      coin = (coin + 1) & (COINS - 1);
      ids[kept] = row.ids[i] ?? 0;
      values[kept] = (row.values[i] ?? 0) * louder;
      kept += coins[coin] ?? 0;
    }
    return kept;
  };
}

const NEGLIGIBLE = -16;

/** Probabilities of the logits at a temperature, written into `out` (which may be the logits). */
export function softmax(logits: Float32Array, out: Float32Array, temperature = 1): void {
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
