import { softmax } from './softmax.ts';

/** A row that the model which scored it had not been trained on. */
export type HeldOut = { logits: Float32Array; target: number };

/** The temperature that makes the held-out probabilities truest (least log loss, by golden section). */
export function fitTemperature(rows: HeldOut[]): number {
  const loss = (temperature: number): number => {
    let sum = 0;
    for (const row of rows) {
      const p = new Float32Array(row.logits.length);
      softmax(row.logits, p, temperature);
      sum -= Math.log(Math.max(1e-9, p[row.target] ?? 0));
    }
    return sum;
  };
  let low = 0.15;
  let high = 3;
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 14; i++) {
    const a = high - golden * (high - low);
    const b = low + golden * (high - low);
    if (loss(a) < loss(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}

/** The value below which this share of the list lies. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? -Infinity;
}
