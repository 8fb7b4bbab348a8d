import { softmax } from './softmax.ts';

/** A row that the model which scored it had not been trained on. */
export type HeldOut = { logits: Float32Array; target: number };

/** The temperature that makes the held-out probabilities truest (least log loss, by golden section). */
export function fitTemperature(rows: HeldOut[]): number {
  const p = new Float32Array(rows[0]?.logits.length ?? 0);
  const loss = (temperature: number): number => {
    let sum = 0;
    for (const row of rows) {
      softmax(row.logits, p, temperature);
      sum -= Math.log(Math.max(1e-9, p[row.target] ?? 0));
    }
    return sum;
  };
  let low = 0.15;
  let high = 3;
  const golden = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [high - golden * (high - low), low + golden * (high - low)];
  let [atA, atB] = [loss(a), loss(b)];
  for (let i = 0; i < 14; i++)
    if (atA < atB) {
      [high, b, atB] = [b, a, atA];
      a = high - golden * (high - low);
      atA = loss(a);
    } else {
      [low, a, atA] = [a, b, atB];
      b = low + golden * (high - low);
      atB = loss(b);
    }
  return (low + high) / 2;
}

/** The value below which this share of the list lies. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? -Infinity;
}
