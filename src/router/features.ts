import { consonantKey, soundKey } from './phonetic-key.ts';
import { romanise } from './scripts.ts';
import { words } from './words.ts';

/** A message as weighted features: parallel lists of feature number and weight. */
export type Vector = { ids: Int32Array; values: Float32Array };

/** The features seen in training, and how to read a message as a vector over them. */
export type FeatureSpace = { size: number; vector: (text: string) => Vector };

const BLOCKS = ['word', 'letters', 'sound', 'consonants'] as const;
type Block = (typeof BLOCKS)[number];
type WordFeatures = { letters: Int32Array; sound: Int32Array; raw: number; key: number };

const WEIGHT: Record<Block, number> = { word: 1, letters: 1, sound: 0.4, consonants: 0.7 };
const UNSEEN = -1;
const WORD_CACHE = 50_000;

/** Reads the training texts once: numbers their features and weighs them by how rare they are. */
export function featureSpace(texts: string[]): FeatureSpace {
  const numbers = new Map<number, number>();
  const known = new Map<string, WordFeatures>();
  let learning = true;

  const number = (hash: number): number => {
    const found = numbers.get(hash);
    if (found !== undefined) return found;
    if (!learning) return UNSEEN;
    numbers.set(hash, numbers.size);
    return numbers.size - 1;
  };
  const wordFeatures = (word: string): WordFeatures => {
    const found = known.get(word);
    if (found) return found;
    const latin = romanise(word);
    const sound = soundKey(latin);
    const made = {
      letters: grams(latin.replace(/(.)\1+/g, '$1'), 2, 5, 1, number),
      sound: grams(sound, 3, 5, 2, number),
      raw: hashText(word, 3),
      key: hashText(consonantKey(sound), 4),
    };
    if (known.size < WORD_CACHE) known.set(word, made);
    return made;
  };
  const blocks = (text: string): Record<Block, number[]> => {
    const list = words(text).map(wordFeatures);
    return {
      word: phrases(
        list.map((word) => word.raw),
        true,
      ).map(number),
      letters: list.flatMap((word) => [...word.letters]),
      sound: list.flatMap((word) => [...word.sound]),
      consonants: phrases(
        list.map((word) => word.key),
        false,
      ).map(number),
    };
  };

  const rows = texts.map((text) => blocks(text));
  learning = false;
  const rarity = new Float32Array(numbers.size);
  for (const row of rows)
    for (const block of BLOCKS) for (const id of new Set(row[block])) rarity[id] = (rarity[id] ?? 0) + 1;
  for (let id = 0; id < rarity.length; id++)
    rarity[id] = Math.log((1 + texts.length) / (1 + (rarity[id] ?? 0))) + 1;
  const unseenRarity = Math.log(1 + texts.length) + 1;

  const stamps = new Int32Array(numbers.size);
  let stamp = 0;
  const vector = (text: string): Vector => {
    const row = blocks(text);
    const ids: number[] = [];
    const values: number[] = [];
    let total = 0;
    stamp++;
    for (const block of BLOCKS) {
      const start = ids.length;
      let squares = 0;
      for (const id of row[block]) {
        if (id === UNSEEN) squares += unseenRarity * unseenRarity * UNSEEN_SHARE;
        else if (stamps[id] !== stamp) {
          stamps[id] = stamp;
          const weight = rarity[id] ?? 0;
          ids.push(id);
          values.push(weight);
          squares += weight * weight;
        }
      }
      if (squares === 0) continue;
      const scale = WEIGHT[block] / Math.sqrt(squares);
      for (let i = start; i < values.length; i++) values[i] = (values[i] ?? 0) * scale;
      total += WEIGHT[block] ** 2;
    }
    const norm = total === 0 ? 1 : Math.sqrt(total);
    return { ids: Int32Array.from(ids), values: Float32Array.from(values, (value) => value / norm) };
  };
  return { size: numbers.size, vector };
}

const UNSEEN_SHARE = 1;

function hashText(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixed(hash);
}

function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  return Math.imul(h, 0xc2b2ae35) ^ (h >>> 16);
}

function grams(
  word: string,
  shortest: number,
  longest: number,
  seed: number,
  number: (hash: number) => number,
): Int32Array {
  const padded = ` ${word} `;
  const found = new Set<number>();
  for (let start = 0; start < padded.length; start++) {
    let hash = 0x811c9dc5 ^ (seed * 0x9e3779b1);
    for (let length = 1; length <= longest && start + length <= padded.length; length++) {
      hash = Math.imul(hash ^ padded.charCodeAt(start + length - 1), 0x01000193);
      if (length >= shortest) found.add(number(mixed(hash)));
    }
  }
  return Int32Array.from(found);
}

/** Single words and neighbours; with `edges` also the sentence's two ends and pairs around a gap. */
function phrases(hashes: number[], edges: boolean): number[] {
  const list = edges ? [1, ...hashes, 2] : hashes;
  const found = [...hashes];
  for (let i = 0; i + 1 < list.length; i++)
    found.push(mixed(Math.imul(list[i] ?? 0, 31) ^ (list[i + 1] ?? 0)));
  if (edges)
    for (let i = 0; i + 2 < list.length; i++)
      found.push(mixed(Math.imul(list[i] ?? 0, 37) ^ (list[i + 2] ?? 0) ^ 0x5bd1e995));
  return found;
}
