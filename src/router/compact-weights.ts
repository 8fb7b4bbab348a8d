import type { Vector } from './features.ts';

/** A linear model small enough to keep: a byte for each feature and class, times the feature's own scale. */
export type CompactWeights = { bytes: Int8Array; scales: Float32Array; bias: Float32Array };

const LARGEST = 127;

/** Rounds weights, in rows as long as `bias`. */
export function compacted(weights: Float32Array, bias: Float32Array): CompactWeights {
  const classes = bias.length;
  const features = weights.length / classes;
  const bytes = new Int8Array(features * classes);
  const scales = new Float32Array(features);
  for (let feature = 0; feature < features; feature++) {
    const from = feature * classes;
    let largest = 0;
    for (let at = from; at < from + classes; at++) largest = Math.max(largest, Math.abs(weights[at] ?? 0));
    if (largest === 0) continue;
    scales[feature] = largest / LARGEST;
    for (let at = from; at < from + classes; at++)
      bytes[at] = Math.round(((weights[at] ?? 0) / largest) * LARGEST);
  }
  return { bytes, scales, bias };
}

/** The logits of a row. Reads the bytes where they lie: nothing is unpacked. */
export function logitsOf({ bytes, scales, bias }: CompactWeights, row: Vector): Float32Array {
  const logits = Float32Array.from(bias);
  const classes = bias.length;
  for (let i = 0; i < row.ids.length; i++) {
    const id = row.ids[i] ?? 0;
    const value = (row.values[i] ?? 0) * (scales[id] ?? 0);
    const from = id * classes;
    for (let c = 0; c < classes; c++) logits[c] = (logits[c] ?? 0) + value * (bytes[from + c] ?? 0);
  }
  return logits;
}
