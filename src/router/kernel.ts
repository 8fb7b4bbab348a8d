import { kernelCode } from './kernel-code.ts';

/**
 * The two inner loops of training and classifying, on four classes at a time (WebAssembly SIMD, which Node has
 * built in). Plain loops over Float32Array took four times as long on 15,000 rows and 150 classes.
 *
 *     add:   for each feature of the row:  scores           += value * weights[feature]
 *     learn: for each feature of the row:  weights[feature] += value * gradient, where that isn't zero
 */
export type Kernel = {
  /** The row: write its features here, then say how many. Longer rows are cut at `ids.length`. */
  ids: Int32Array;
  values: Float32Array;
  scores: Float32Array;
  gradient: Float32Array;
  /** One row of `scores.length` a feature. */
  weights: Float32Array;
  /** Adds the row's part of the logits to `scores`. */
  add: (count: number) => void;
  /** Adds `gradient` (already times the rate) to the weights of the row's features. */
  learn: (count: number) => void;
};

const LONGEST_ROW = 16_384;
const PAGE = 65_536;
const LANES = 4;

/** Memory and loops for so many features and classes, all weights zero. */
export function kernel(features: number, classes: number): Kernel {
  const stride = Math.ceil(classes / LANES) * LANES;
  const idsAt = 0;
  const valuesAt = idsAt + LONGEST_ROW * 4;
  const scoresAt = valuesAt + LONGEST_ROW * 4;
  const gradientAt = scoresAt + stride * 4;
  const activeAt = gradientAt + stride * 4;
  const weightsAt = Math.ceil((activeAt + stride) / 64) * 64;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((weightsAt + features * stride * 4) / PAGE) });
  const { exports } = new WebAssembly.Instance(compiled(), { m: { m: memory } });
  const loops = { add: callable(exports['add']), learn: callable(exports['learn']) };
  const ids = new Int32Array(memory.buffer, idsAt, LONGEST_ROW);
  const values = new Float32Array(memory.buffer, valuesAt, LONGEST_ROW);
  const active = new Int32Array(memory.buffer, activeAt, stride / LANES);
  const gradient = new Float32Array(memory.buffer, gradientAt, stride);
  return {
    ids,
    values,
    scores: new Float32Array(memory.buffer, scoresAt, stride),
    gradient,
    weights: new Float32Array(memory.buffer, weightsAt, features * stride),
    add: (count) => {
      const padded = Math.ceil(count / LANES) * LANES;
      for (let i = count; i < padded; i++) {
        ids[i] = 0;
        values[i] = 0;
      }
      loops.add(idsAt, valuesAt, padded, weightsAt, stride * 4, scoresAt);
    },
    learn: (count) => {
      let changed = 0;
      for (let c = 0; c < stride; c += LANES)
        if (gradient[c] || gradient[c + 1] || gradient[c + 2] || gradient[c + 3]) active[changed++] = c * 4;
      loops.learn(idsAt, valuesAt, count, weightsAt, stride * 4, gradientAt, activeAt, changed);
    },
  };
}

function callable(found: unknown): (...args: number[]) => void {
  if (typeof found !== 'function') throw new Error('The kernel did not compile');
  return (...args) => {
    found(...args);
  };
}

let shared: WebAssembly.Module | undefined;

function compiled(): WebAssembly.Module {
  shared ??= new WebAssembly.Module(kernelCode());
  return shared;
}
