import { logitsOf, type CompactWeights } from './compact-weights.ts';
import type { Vector } from './features.ts';
import { hashRuns, hashText } from './hashing.ts';
import type { LanguageRow } from './language-rows.ts';
import { numbering, numberingOf, UNSEEN, type Numbering } from './numbering.ts';
import { DEFAULTS, FULL_SCHEDULE, softmax, softmaxLearner } from './softmax.ts';
import { words } from './words.ts';

/** The languages a text may be in, likeliest first, probabilities in 0..1; empty when no letter of it was ever seen. */
export type LetterModel = (text: string) => { language: string; p: number }[];

/** What `openLetterModel` makes a model of. Plain data. */
export type KeptLetterModel = { languages: string[]; hashes: Int32Array; weights: CompactWeights };

const LONGEST_RUN = 4;
const EPOCHS = 4;
/** A whole word says more than one of its letter runs: "ka" settles what "embassy" leaves open. */
const WHOLE_WORD = 3;
const WORDS_KEPT = 30_000;

/** Learns to tell languages of one script apart by letter runs and whole words. */
export function trainLetterModel(rows: LanguageRow[], seed: number): KeptLetterModel {
  const features = numbering();
  const vector = letterReader(features);
  const languages = [...new Set(rows.map((row) => row.language))].toSorted();
  const vectors = rows.map((row) => vector(row.text));
  features.freeze();
  const targets = Int32Array.from(rows, (row) => languages.indexOf(row.language));
  const size = { features: features.size(), classes: languages.length };
  const model = softmaxLearner(vectors, targets, size, { ...DEFAULTS, seed });
  model.learn(Int32Array.from(rows.keys()), { ...FULL_SCHEDULE, epochs: EPOCHS });
  return { languages, hashes: features.hashes(), weights: model.compact() };
}

export function openLetterModel({ languages, hashes, weights }: KeptLetterModel): LetterModel {
  const vector = letterReader(numberingOf(hashes));
  return (text) => {
    const row = vector(text);
    if (row.ids.length === 0) return [];
    const p = logitsOf(weights, row);
    softmax(p, p);
    return languages.map((language, at) => ({ language, p: p[at] ?? 0 })).toSorted((a, b) => b.p - a.p);
  };
}

function letterReader(features: Numbering): (text: string) => Vector {
  const ofWord = new Map<string, Int32Array>();
  /** The word itself first, then its letter runs. */
  const featuresOf = (word: string): Int32Array => {
    const found = ofWord.get(word);
    if (found) return found;
    const made = Int32Array.from([hashText(word, 7), ...hashRuns(word, 1, LONGEST_RUN, 8)], features.of);
    if (ofWord.size < WORDS_KEPT) ofWord.set(word, made);
    return made;
  };
  return (text) => {
    const weights = new Map<number, number>();
    for (const word of words(text).filter(isWord))
      featuresOf(word).forEach((id, at) => {
        if (id !== UNSEEN) weights.set(id, at === 0 ? WHOLE_WORD : 1);
      });
    const length = Math.hypot(...weights.values()) || 1;
    return {
      ids: Int32Array.from(weights.keys()),
      values: Float32Array.from(weights.values(), (w) => w / length),
    };
  };
}

function isWord(token: string): boolean {
  return !/^[#?!]/.test(token);
}
