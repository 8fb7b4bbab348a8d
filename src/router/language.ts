import { asTyped, shippedRows, type LanguageRow } from './language-rows.ts';
import { trainLetterModel } from './letter-model.ts';
import { seededRandom } from './random.ts';
import { englishVectors } from './word-vectors.ts';
import { normalise, words } from './words.ts';

/** A message's language as the answers are tagged: `hi`, `mr`, … in its own script, `en`, `hi-Latn`, … in Latin letters; null when it has no letters. */
export type LanguageOf = (text: string, usual?: string) => string | null;

const SCRIPTS: [RegExp, string][] = [
  [/\p{Script=Devanagari}/gu, 'hi'],
  [/\p{Script=Gurmukhi}/gu, 'pa'],
  [/\p{Script=Gujarati}/gu, 'gu'],
  [/\p{Script=Bengali}/gu, 'bn'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Telugu}/gu, 'te'],
  [/\p{Script=Kannada}/gu, 'kn'],
  [/\p{Script=Malayalam}/gu, 'ml'],
  [/\p{Script=Arabic}/gu, 'ur'],
];
/** Words that Marathi has and Hindi hasn't, and the letter that Hindi doesn't write. */
const MARATHI =
  /(?<![\p{L}\p{M}])(?:आहे|आहेत|आहोत|नाही|नाहीत|माझ\p{M}+|मला|आम्ही|आमच\p{M}+|तुम्ही|तुमच\p{M}+|आणि|होती|होते|झाल\p{M}+|करा|पाहिजे|मुलग\p{M}+|कुठे|कस[ेाी]|त्या\p{L}*\p{M}*|त्याच\p{M}+|काय|आता|घेतल\p{M}+|गेल\p{M}+|केल\p{M}+|का|चा|ची|चे)(?![\p{L}\p{M}])|ळ/gu;
const HINDI =
  /(?<![\p{L}\p{M}])(?:है|हैं|था|थी|थे|नहीं|मेर\p{M}+|मुझे|हम|हमार\p{M}+|आप|और|का|की|के|को|से|में|पर|क्या|रहा|रही|रहे|गया|गई|उस\p{M}*|कर|करें)(?![\p{L}\p{M}])/gu;
/** Below this the person's usual language is kept, if it is among the likely ones; English if all words are. */
const SURE = 0.6;
const LIKELY = 0.05;

/** Script first; Latin letters by a small model of letter runs, trained on what ships here and the pack's examples. */
export function trainLanguage(examples: { text: string; language: string }[], seed: number): LanguageOf {
  const random = seededRandom(seed + 3);
  const rows: LanguageRow[] = examples.flatMap(({ text, language }) => {
    if (language === 'en') return [{ text, language }];
    if (language.endsWith('-Latn')) return [{ text, language: language.slice(0, -'-Latn'.length) }];
    return asTyped(text, language, random);
  });
  const guess = trainLetterModel([...shippedRows(seed), ...rows], seed);
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
  const latin = count(plain, /\p{Script=Latin}/gu);
  const counts = SCRIPTS.map(([script, tag]) => ({ tag, letters: count(plain, script) }));
  const top = counts.reduce((a, b) => (b.letters > a.letters ? b : a));
  if (top.letters === 0 && latin === 0) return null;
  return top.letters * 2 >= latin ? top.tag : 'Latn';
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
