import type { Vector } from './features.ts';

/** A linear model small enough to keep: a byte for each feature and class, times the feature's own scale. */
export type CompactWeights = { bytes: Int8Array; scales: Float32Array; bias: Float32Array };

const LARGEST = 127;

/** Rounds weights, in rows of `stride` of which the first `bias.length` count. */
export function compacted(weights: Float32Array, bias: Float32Array, stride: number): CompactWeights {
  const classes = bias.length;
  const features = weights.length / stride;
  const bytes = new Int8Array(features * classes);
  const scales = new Float32Array(features);
  for (let feature = 0; feature < features; feature++) {
    const row = weights.subarray(feature * stride, feature * stride + classes);
    let largest = 0;
    for (const weight of row) largest = Math.max(largest, Math.abs(weight));
    if (largest === 0) continue;
    scales[feature] = largest / LARGEST;
    for (let c = 0; c < classes; c++)
      bytes[feature * classes + c] = Math.round(((row[c] ?? 0) / largest) * LARGEST);
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
