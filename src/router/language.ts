import { asTyped, DEVANAGARI, devanagariRows, shippedRows, type LanguageRow } from './language-rows.ts';
import { openLetterModel, trainLetterModel, type KeptLetterModel } from './letter-model.ts';
import { seededRandom } from './random.ts';
import { englishVectors } from './word-vectors.ts';
import { normalise, words } from './words.ts';

/** A message's language as the answers are tagged: `hi`, `mr`, … in its own script, `en`, `hi-Latn`, … in Latin letters; null when it has no letters. */
export type LanguageOf = (text: string, usual?: string) => string | null;

/** First code point of each script's block and its language; the Brahmic blocks are 128 wide, Arabic 256. */
const SCRIPTS: [number, string][] = [
  [0x600, 'ur'],
  [0x900, 'hi'],
  [0x980, 'bn'],
  [0xa00, 'pa'],
  [0xa80, 'gu'],
  [0xb80, 'ta'],
  [0xc00, 'te'],
  [0xc80, 'kn'],
  [0xd00, 'ml'],
];
const LANGUAGE_OF_BLOCK = new Map(SCRIPTS.map(([from, tag]) => [from >> 7, tag]));
const LATIN_LETTER = /[a-z\u00c0-\u024f]/;
/** Below this the person's usual language is kept, if it is among the likely ones; English if all words are. */
const SURE = 0.6;
const LIKELY = 0.05;
/** Hindi and Marathi share most nouns: one of them settles nothing. */
const SURE_IN_DEVANAGARI = 0.9;
/** Of the pack's examples, per language: more only cost time. */
const MOST_EXAMPLES = 2000;

/** What `openLanguage` tells languages by. Plain data. */
export type KeptLanguage = { latin: KeptLetterModel; devanagari: KeptLetterModel };

/** Two small models of letter runs, for Latin letters and for Devanagari, trained on what ships here and the pack's examples. */
export function trainLanguage(examples: { text: string; language: string }[], seed: number): KeptLanguage {
  const random = seededRandom(seed + 3);
  const taken = new Map<string, number>();
  const fewEach = examples.filter(({ language }) => {
    taken.set(language, (taken.get(language) ?? 0) + 1);
    return (taken.get(language) ?? 0) <= MOST_EXAMPLES;
  });
  const typed = fewEach.flatMap(({ text, language }): LanguageRow[] => {
    if (language === 'en') return [{ text, language }];
    if (language.endsWith('-Latn')) return [{ text, language: language.slice(0, -'-Latn'.length) }];
    // Read through the romaniser only where nobody has typed any.
    return taken.has(`${language}-Latn`) ? [] : asTyped(text, language, random);
  });
  const written = fewEach.filter(({ language }) => DEVANAGARI.includes(language));
  return {
    latin: trainLetterModel([...shippedRows(seed), ...typed], seed),
    devanagari: trainLetterModel([...devanagariRows(), ...written], seed),
  };
}

/** Script first; where languages share one, by the model of it. */
export function openLanguage(kept: KeptLanguage): LanguageOf {
  const latin = openLetterModel(kept.latin);
  const devanagari = openLetterModel(kept.devanagari);
  return (text, usual) => {
    const plain = normalise(text);
    const script = scriptOf(plain);
    if (script === null) return null;
    if (script === 'hi') {
      const likely = devanagari(text).map(({ language, p }) => ({ tag: language, p }));
      return likeliest(likely, usual, SURE_IN_DEVANAGARI) ?? 'hi';
    }
    if (script !== 'Latn') return script;
    const likely = latin(text.replaceAll(/[^\p{Script=Latin}\s']/gu, ' ')).map(({ language, p }) => ({
      tag: language === 'en' ? 'en' : `${language}-Latn`,
      p,
    }));
    const [top] = likely;
    const best = likeliest(likely, usual, SURE);
    if (!top || top.p >= SURE || best !== top.tag || best === usual) return best;
    return words(plain).every((word) => englishVectors().rank(word) !== undefined) ? 'en' : best;
  };
}

/** The first, or the usual one where the first isn't sure and that one is likely too. */
function likeliest(
  likely: { tag: string; p: number }[],
  usual: string | undefined,
  sure: number,
): string | null {
  const [top] = likely;
  if (!top) return null;
  const kept = likely.find(({ tag }) => tag === usual);
  return top.p < sure && kept && kept.p >= LIKELY ? kept.tag : top.tag;
}

/** The language of the commonest native script, `Latn`, or null without letters. A third of the letters is enough. */
function scriptOf(plain: string): string | null {
  const letters = new Map<string, number>();
  let latin = 0;
  for (let i = 0; i < plain.length; i++) {
    const code = plain.charCodeAt(i);
    if (code < 0x250) latin += Number(LATIN_LETTER.test(plain[i] ?? ''));
    else {
      const tag = LANGUAGE_OF_BLOCK.get(code >= 0x600 && code < 0x700 ? 0x600 >> 7 : code >> 7);
      if (tag !== undefined) letters.set(tag, (letters.get(tag) ?? 0) + 1);
    }
  }
  const [top] = [...letters].toSorted((a, b) => b[1] - a[1]);
  if (!top) return latin === 0 ? null : 'Latn';
  return top[1] * 2 >= latin ? top[0] : 'Latn';
}
