import { asTyped, shippedRows, type LanguageRow } from './language-rows.ts';
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
/** Words that Marathi has and Hindi hasn't, and the letter that Hindi doesn't write. */
const MARATHI =
  /(?<![\p{L}\p{M}])(?:आहे|आहेत|आहोत|नाही|नाहीत|माझ\p{M}+|मला|आम्ही|आमच\p{M}+|तुम्ही|तुमच\p{M}+|आणि|होती|होते|झाल\p{M}+|करा|पाहिजे|मुलग\p{M}+|कुठे|कस[ेाी]|त्या\p{L}*\p{M}*|त्याच\p{M}+|काय|आता|घेतल\p{M}+|गेल\p{M}+|केल\p{M}+|का|चा|ची|चे)(?![\p{L}\p{M}])|ळ/gu;
const HINDI =
  /(?<![\p{L}\p{M}])(?:है|हैं|था|थी|थे|नहीं|मेर\p{M}+|मुझे|हम|हमार\p{M}+|आप|और|का|की|के|को|से|में|पर|क्या|रहा|रही|रहे|गया|गई|उस\p{M}*|कर|करें)(?![\p{L}\p{M}])/gu;
/** Below this the person's usual language is kept, if it is among the likely ones; English if all words are. */
const SURE = 0.6;
const LIKELY = 0.05;
/** Of the pack's examples, per language: more only cost time. */
const MOST_EXAMPLES = 900;

/** A small model of letter runs for Latin letters, trained on what ships here and the pack's examples. */
export function trainLanguage(examples: { text: string; language: string }[], seed: number): KeptLetterModel {
  const random = seededRandom(seed + 3);
  const taken = new Map<string, number>();
  const fewEach = examples.filter(({ language }) => {
    taken.set(language, (taken.get(language) ?? 0) + 1);
    return (taken.get(language) ?? 0) <= MOST_EXAMPLES;
  });
  const rows: LanguageRow[] = fewEach.flatMap(({ text, language }) => {
    if (language === 'en') return [{ text, language }];
    if (language.endsWith('-Latn')) return [{ text, language: language.slice(0, -'-Latn'.length) }];
    return asTyped(text, language, random);
  });
  return trainLetterModel([...shippedRows(seed), ...rows], seed);
}

/** Script first; Latin letters by the model. */
export function openLanguage(kept: KeptLetterModel): LanguageOf {
  const guess = openLetterModel(kept);
  return (text, usual) => {
    const plain = normalise(text);
    const script = scriptOf(plain);
    if (script === null) return null;
    if (script === 'hi') return count(plain, MARATHI) > count(plain, HINDI) ? 'mr' : 'hi';
    if (script !== 'Latn') return script;
    const likely = guess(text.replaceAll(/[^\p{Script=Latin}\s']/gu, ' ')).map(({ language, p }) => ({
      tag: language === 'en' ? 'en' : `${language}-Latn`,
      p,
    }));
    const [top] = likely;
    if (!top) return null;
    const kept = likely.find(({ tag }) => tag === usual);
    if (top.p >= SURE) return top.tag;
    if (kept && kept.p >= LIKELY) return kept.tag;
    return words(plain).every((word) => englishVectors().rank(word) !== undefined) ? 'en' : top.tag;
  };
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

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
