import { hashPair, hashRuns, hashText } from './hashing.ts';
import { numbering, numberingOf, UNSEEN, type Numbering } from './numbering.ts';
import { consonantKey, skeleton, soundKey } from './phonetic-key.ts';
import { romanise } from './scripts.ts';
import { englishVectors } from './word-vectors.ts';
import { words } from './words.ts';

/** A message as weighted features: parallel lists of feature number and weight, at most 1 long altogether. */
export type Vector = { ids: Int32Array; values: Float32Array };

/** The features seen in training: the training texts as vectors, how to read any other, and what to keep for `openFeatureSpace`. */
export type FeatureSpace = TextReader & { vectors: Vector[]; kept: KeptFeatures };

/** Reads a text into one of `size` features. */
export type TextReader = { size: number; vector: (text: string) => Vector };

/** The hashes of the features in the order of their numbers, how much each counts, and how much one never seen. */
export type KeptFeatures = { hashes: Int32Array; specificity: Float32Array; unseen: number };

type Word = {
  hash: number;
  key: number;
  letters: number[];
  sounds: number[];
  skeleton: number[];
  rank: number | undefined;
};
type Blocks = Record<(typeof BLOCKS)[number], number[]> & { list: Word[]; english: number };

/** How much each kind of feature says, chosen by cross-validation. */
const WEIGHTS = { word: 1.1, letters: 1, sounds: 0.9, keys: 1.2, skeleton: 1.2, meaning: 1.4 };
const BLOCKS = ['word', 'letters', 'sounds', 'keys', 'skeleton'] as const;
/** A feature counts the more, the fewer classes share it. */
const SPECIFIC = 0.6;
/** One over the share of English words from which the meaning counts in full. */
const MOSTLY_ENGLISH = 1.25;
const WORDS_KEPT = 50_000;
const START = 1;
const END = 2;

/** Reads the training texts, each with its class: numbers their features and weighs each by how few classes have it. */
export function featureSpace(texts: string[], classes: Int32Array): FeatureSpace {
  const features = numbering();
  const blocksOf = blockReader(features);
  const rows = texts.map(blocksOf);
  features.freeze();
  const kept = { hashes: features.hashes(), ...specificities(rows, classes, features.size()) };
  const vectorOf = weigher(kept);
  return {
    size: spaceSize(kept),
    vectors: rows.map(vectorOf),
    vector: (text) => vectorOf(blocksOf(text)),
    kept,
  };
}

/** Reads texts as the space did from which this was kept. */
export function openFeatureSpace(kept: KeptFeatures): TextReader {
  const blocksOf = blockReader(numberingOf(kept.hashes));
  const vectorOf = weigher(kept);
  return { size: spaceSize(kept), vector: (text) => vectorOf(blocksOf(text)) };
}

const spaceSize = ({ hashes }: KeptFeatures): number => hashes.length + englishVectors().size;

function blockReader(features: Numbering): (text: string) => Blocks {
  const vectors = englishVectors();
  const kept = new Map<string, Word>();

  const wordOf = (text: string): Word => {
    const found = kept.get(text);
    if (found) return found;
    const latin = romanise(text);
    const sound = soundKey(latin);
    const word = {
      hash: hashText(text, 3),
      key: hashText(consonantKey(sound), 4),
      letters: hashRuns(latin.replace(/(.)\1+/g, '$1'), 2, 5, 1).map(features.of),
      sounds: hashRuns(sound, 3, 4, 2).map(features.of),
      skeleton: hashRuns(skeleton(sound), 2, 4, 5).map(features.of),
      rank: vectors.rank(text),
    };
    if (kept.size < WORDS_KEPT) kept.set(text, word);
    return word;
  };
  return (text) => {
    const list = words(text).map(wordOf);
    const hashes = list.map((word) => word.hash);
    const edged = [START, ...hashes, END];
    const keys = list.map((word) => word.key);
    return {
      word: [...neighbours(edged), ...gaps(edged), ...hashes].map(features.of),
      letters: list.flatMap((word) => word.letters),
      sounds: list.flatMap((word) => word.sounds),
      keys: [...neighbours(keys), ...keys].map(features.of),
      skeleton: list.flatMap((word) => word.skeleton),
      list,
      english: englishShare(list),
    };
  };
}

function weigher({ specificity, unseen }: KeptFeatures): (blocks: Blocks) => Vector {
  const vectors = englishVectors();
  const size = specificity.length;
  const lastSeen = new Int32Array(size);
  let reading = 0;
  let ids = new Int32Array(1024);
  let values = new Float32Array(1024);
  let count = 0;
  const append = (id: number, value: number): void => {
    if (count === ids.length) {
      ids = Int32Array.from({ length: 2 * count }, (_, at) => ids[at] ?? 0);
      values = Float32Array.from({ length: 2 * count }, (_, at) => values[at] ?? 0);
    }
    ids[count] = id;
    values[count++] = value;
  };
  const scaleFrom = (from: number, factor: number): void => {
    for (let i = from; i < count; i++) values[i] = (values[i] ?? 0) * factor;
  };
  /** Appends a block, scaled to its weight; returns the square of what it adds to the whole. */
  const weigh = (list: number[], blockWeight: number): number => {
    const from = count;
    let squares = 0;
    for (const id of list) {
      if (id === UNSEEN) {
        // What was never seen still counts in the length: a message of unknown words is a faint one.
        squares += unseen * unseen;
      } else if (lastSeen[id] !== reading) {
        lastSeen[id] = reading;
        const weight = specificity[id] ?? 0;
        append(id, weight);
        squares += weight * weight;
      }
    }
    if (squares === 0) return 0;
    scaleFrom(from, blockWeight / Math.sqrt(squares));
    return blockWeight ** 2;
  };
  const sum = new Float64Array(vectors.size);
  /** Appends what the English words mean together; weaker where they are few, as among romanised Hindi. */
  const meaning = ({ list, english }: Blocks): number => {
    sum.fill(0);
    for (const { rank } of list) if (rank !== undefined) vectors.add(rank, sum);
    let squares = 0;
    for (const value of sum) squares += value * value;
    if (squares === 0) return 0;
    const weight = WEIGHTS.meaning * english;
    const scale = weight / Math.sqrt(squares);
    for (let k = 0; k < sum.length; k++) append(size + k, (sum[k] ?? 0) * scale);
    return weight ** 2;
  };
  return (blocks) => {
    reading++;
    count = 0;
    let total = meaning(blocks);
    for (const block of BLOCKS) {
      const weight = WEIGHTS[block] * (block === 'skeleton' ? 1 - blocks.english / 2 : 1);
      total += weigh(blocks[block], weight);
    }
    scaleFrom(0, 1 / (Math.sqrt(total) || 1));
    return { ids: ids.slice(0, count), values: values.slice(0, count) };
  };
}

/** How much of a message is English (0..1), as far as the list of words tells. */
function englishShare(list: Word[]): number {
  const spelt = list.filter(({ letters }) => letters.length > 0);
  const known = spelt.filter(({ rank }) => rank !== undefined);
  return Math.min(1, (MOSTLY_ENGLISH * known.length) / (spelt.length || 1));
}

/** ln(classes / classes that have the feature) + 1, flattened: rows of no class (-1) count as one. */
function specificities(
  rows: Blocks[],
  classes: Int32Array,
  size: number,
): { specificity: Float32Array; unseen: number } {
  const order = Int32Array.from(rows.keys()).toSorted((a, b) => (classes[a] ?? 0) - (classes[b] ?? 0));
  const lastClass = new Int32Array(size).fill(-2);
  const specificity = new Float32Array(size);
  let count = 0;
  let before = -2;
  for (const at of order) {
    const own = classes[at] ?? -1;
    if (own !== before) count++;
    before = own;
    for (const block of BLOCKS)
      for (const id of rows[at]?.[block] ?? []) {
        if (lastClass[id] !== own) specificity[id] = (specificity[id] ?? 0) + 1;
        lastClass[id] = own;
      }
  }
  const weigh = (having: number): number => (Math.log((1 + count) / (1 + having)) + 1) ** SPECIFIC;
  return { specificity: specificity.map(weigh), unseen: weigh(0) };
}

function neighbours(hashes: number[]): number[] {
  return hashes.slice(1).map((hash, at) => hashPair(hashes[at] ?? 0, hash, false));
}

function gaps(hashes: number[]): number[] {
  return hashes.slice(2).map((hash, at) => hashPair(hashes[at] ?? 0, hash, true));
}
