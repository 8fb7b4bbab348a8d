import { soundKey } from './phonetic-key.ts';
import { romanise } from './scripts.ts';
import { normalise } from './words.ts';

/** A word as it was typed, its sound, where it stands in the text, and whether a sentence ends after it. */
export type SoundToken = { raw: string; sound: string; from: number; to: number; ends: boolean };

/** A phrase that was found: which, and its first and last word. */
export type Found<T> = { value: T; first: number; last: number };

/** Finds listed phrases among the words of a message, by sound and in any script; the longest at each word. */
export type PhraseFinder<T> = (tokens: readonly SoundToken[]) => Found<T>[];

const WORD = /(?:[\p{L}\p{M}'’]|\u200c|\u200d)+|\p{Nd}+/gu;
const ENDS = /[.!?;\n\u0964\u06d4\u061f]/;

/** The words of a text by their sound. */
export function soundTokens(text: string): SoundToken[] {
  const found = [...text.matchAll(WORD)];
  return found.map((match, at) => {
    const [raw] = match;
    const to = match.index + raw.length;
    const ends = ENDS.test(text.slice(to, found[at + 1]?.index ?? text.length));
    return { raw, sound: soundOf(raw), from: match.index, to, ends };
  });
}

const SHORT = 2;

/** How a word sounds. Of a short word the letters count: "bhai" (brother) and "be" (two) would sound the same. */
export function soundOf(word: string): string {
  const latin = romanise(normalise(word).replaceAll(/'|\u200c|\u200d/g, ''));
  const sound = soundKey(latin);
  return sound.length > SHORT ? sound : latin.replaceAll(/(.)\1+/g, '$1');
}

type Part = { sound: string; open: boolean };

/** Where an ending follows, the vowel before it often changes: "Russia", "Russiayil". */
const ENDING_VOWEL = /(?<=.{4})[aeiou]+$/;

function partOf(word: string): Part {
  const open = word.endsWith('*');
  const sound = soundOf(word.replace('*', ''));
  return { sound: open ? sound.replace(ENDING_VOWEL, '') : sound, open };
}

/** Reads lists of phrases, each with what it stands for; a word that ends in `*` may go on. */
export function phraseFinder<T>(
  lists: readonly (readonly [value: T, phrases: readonly string[]])[],
): PhraseFinder<T> {
  const byStart = new Map<string, { parts: Part[]; value: T }[]>();
  for (const [value, phrases] of lists)
    for (const phrase of phrases) {
      const parts = phrase.split(/[\s-]+/).map(partOf);
      const start = (parts[0]?.sound ?? '').slice(0, START);
      byStart.set(start, [...(byStart.get(start) ?? []), { parts, value }]);
    }
  for (const phrases of byStart.values()) phrases.sort((a, b) => b.parts.length - a.parts.length);

  return (tokens) => {
    const found: Found<T>[] = [];
    for (let at = 0; at < tokens.length; at += 1) {
      const sound = tokens[at]?.sound ?? '';
      const likely = [sound.slice(0, START), sound.slice(0, 1)].flatMap((start) => byStart.get(start) ?? []);
      const phrase = likely.find(({ parts }) => parts.every((part, i) => says(tokens[at + i], part)));
      if (!phrase) continue;
      found.push({ value: phrase.value, first: at, last: at + phrase.parts.length - 1 });
      at += phrase.parts.length - 1;
    }
    return found;
  };
}

const START = 2;

const says = (token: SoundToken | undefined, part: Part): boolean =>
  token !== undefined && (part.open ? token.sound.startsWith(part.sound) : token.sound === part.sound);
