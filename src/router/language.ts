import { normalise } from './words.ts';

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
const MARATHI =
  /(^|[^\p{L}\p{M}])(आहे|आहेत|नाही|माझा|माझी|माझे|मला|आम्ही|तुम्ही|काय|आणि|होता|होती|झाला|झाली|करा|पाहिजे|मुलगा|कुठे|कसे|त्याला|त्याचा|ळ)(?![\p{L}\p{M}])|ळ/u;

/** A language tag as the answers use it: `hi`, `mr`, `ur`, … for a native script, `en`, `hi-Latn`, … for Latin letters. */
export function languageOf(text: string): string | null {
  const plain = normalise(text);
  const counts = SCRIPTS.map(([script, tag]) => ({ tag, count: plain.match(script)?.length ?? 0 }));
  const latin = plain.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const top = counts.reduce((a, b) => (b.count > a.count ? b : a));
  if (top.count === 0 && latin === 0) return null;
  if (top.count * 2 < latin) return 'en';
  return top.tag === 'hi' && MARATHI.test(plain) ? 'mr' : top.tag;
}
