import { readFileSync } from 'node:fs';
import { seededRandom } from './random.ts';
import { romanise } from './scripts.ts';
import { englishVectors } from './word-vectors.ts';
import { words } from './words.ts';

/** A piece of text and the language it is in (`en`, `hi`, `pa`, …, without the script). */
export type LanguageRow = { text: string; language: string };

export const ROMANISED = ['hi', 'ur', 'pa', 'gu', 'mr', 'bn', 'ta', 'te', 'kn', 'ml'] as const;

/** The languages that are written in it. */
export const DEVANAGARI: readonly string[] = ['hi', 'mr'];

const WORDS_A_PIECE = 8;
const RESPELLINGS = 2;
const ENGLISH_WORDS = 6000;

/** What ships with the code: typed sentences, the Declaration read through the romaniser, and common English words. */
export function shippedRows(seed: number): LanguageRow[] {
  const random = seededRandom(seed);
  const typed = [...ROMANISED, 'en'].flatMap((language) =>
    lines(`data/romanised/${language}.txt`).flatMap((text) =>
      language === 'en' ? [{ text, language }] : spelt(text, language, random),
    ),
  );
  const read = ROMANISED.flatMap((language) =>
    lines(`data/native/${language}.txt`).flatMap((line) => asTyped(line, language, random)),
  );
  const english = pieces(englishVectors().words.slice(0, ENGLISH_WORDS)).map((text) => ({
    text,
    language: 'en',
  }));
  return [...typed, ...read, ...english];
}

/** The Declaration and everyday sentences in Devanagari, in pieces. */
export function devanagariRows(): LanguageRow[] {
  return DEVANAGARI.flatMap((language) =>
    [...lines(`data/native/${language}.txt`), ...lines(`data/devanagari/${language}.txt`)].flatMap((line) =>
      pieces(words(line)).map((text) => ({ text, language })),
    ),
  );
}

/** A sentence in its own script, in pieces, as somebody might type it in Latin letters. */
export function asTyped(native: string, language: string, random: () => number): LanguageRow[] {
  return pieces(words(native).map(romanise)).map((piece) => ({
    text: respelt(
      piece.replace(/(.)\1+/g, (run, letter: string) => (random() < 0.6 ? letter : run)),
      random,
    ),
    language,
  }));
}

function spelt(text: string, language: string, random: () => number): LanguageRow[] {
  const other = Array.from({ length: RESPELLINGS }, () => ({ text: respelt(text, random), language }));
  return [{ text, language }, ...other];
}

const HABITS: [RegExp, string[]][] = [
  [/aa/g, ['a']],
  [/ee/g, ['i']],
  [/oo/g, ['u']],
  [/v/g, ['w']],
  [/w/g, ['v']],
  [/sh/g, ['s']],
  [/ai/g, ['e']],
  [/au/g, ['o']],
  [/z/g, ['j', 'zh']],
  [/f/g, ['ph']],
  [/th/g, ['t']],
  [/dh/g, ['d']],
  [/(.)\1/g, ['$1']],
  [/a\b/g, ['aa', 'ah']],
  [/i\b/g, ['ee', 'y']],
];
const HABIT_SHARE = 0.12;

/** The same words in another person's spelling. */
function respelt(text: string, random: () => number): string {
  return HABITS.reduce((now, [from, to]) => {
    const by = to[Math.floor(random() * to.length)] ?? '';
    return now.replace(from, (found, ...rest) => {
      const letter: unknown = rest[0];
      return random() < HABIT_SHARE ? by.replace('$1', typeof letter === 'string' ? letter : '') : found;
    });
  }, text);
}

function lines(file: string): string[] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

function pieces(list: string[]): string[] {
  return Array.from({ length: Math.ceil(list.length / WORDS_A_PIECE) }, (_, at) =>
    list.slice(at * WORDS_A_PIECE, (at + 1) * WORDS_A_PIECE).join(' '),
  );
}
