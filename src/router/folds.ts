import { seededRandom, shuffle } from './random.ts';
import { SPREAD } from './softmax.ts';

export const FOLDS = 5;

/** The fold of each row, by its text and class: an intent's rows are spread over all, rows with the same text stay together. */
export function foldOf(texts: string[], targets: Int32Array, seed: number): Int32Array {
  const order = Int32Array.from(texts.keys());
  shuffle(order, seededRandom(seed + 1));
  const folds = new Int32Array(texts.length);
  const byText = new Map<string, number>();
  const next = new Map<number, number>();
  for (const at of order) {
    const key = (texts[at] ?? '').toLowerCase().trim();
    const target = targets[at] ?? SPREAD;
    let fold = byText.get(key);
    if (fold === undefined) {
      fold = (next.get(target) ?? 0) % FOLDS;
      next.set(target, fold + 1);
      byText.set(key, fold);
    }
    folds[at] = fold;
  }
  return folds;
}
