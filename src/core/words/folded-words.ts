const INVISIBLE =
  /[\u{ad}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2069}\u{feff}]|\p{Variation_Selector}/gu;
const APOSTROPHES = /['\u2018\u2019\u201b\u02bc\u0060\u00b4\uff07]/g;

/** Malayalam letters that are typed as one sign or as two. */
const CHILLU = new Map([
  ['ൺ', 'ണ്'],
  ['ൻ', 'ന്'],
  ['ർ', 'ര്'],
  ['ൽ', 'ല്'],
  ['ൾ', 'ള്'],
  ['ൿ', 'ക്'],
]);
/** Urdu letters of which keyboards have several. */
const URDU = new Map([
  ...['ي', 'ى', 'ئ'].map((letter) => [letter, 'ی'] as const),
  ...['أ', 'إ', 'آ', 'ٱ'].map((letter) => [letter, 'ا'] as const),
  ...['ه', 'ۀ', 'ة', 'ۃ', 'ھ', 'ہ'].map((letter) => [letter, 'ہ'] as const),
  ['ك', 'ک'],
  ['ں', 'ن'],
]);

/** In each of the nine Brahmic blocks, which share one layout: nasal marks and the dot are left out, long vowels are short. */
function plainBrahmic(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x900 || code > 0xd7f) return letter;
  const at = code & 0x7f;
  if (at <= 0x02 || at === 0x3c || at === 0x70 || at === 0x71) return '';
  const short = SHORT.get(at);
  return short === undefined ? letter : String.fromCodePoint((code & ~0x7f) + short);
}
const SHORT = new Map([
  [0x06, 0x05],
  [0x08, 0x07],
  [0x0a, 0x09],
  [0x0f, 0x0e],
  [0x13, 0x12],
  [0x40, 0x3f],
  [0x42, 0x41],
  [0x47, 0x46],
  [0x4b, 0x4a],
]);

/** Spellings that people choose freely in Latin letters: "khatra", "khaatra", "KHATRAA". */
const LATIN: [RegExp, string][] = [
  [/([a-z])\1{2,}/g, '$1'],
  [/aa+/g, 'a'],
  [/ee+|ii+/g, 'i'],
  [/oo+|ou/g, 'u'],
  [/([a-z])\1+/g, '$1'],
  [/w/g, 'v'],
  [/z/g, 'j'],
  [/([kgjtdbps])h/g, '$1'],
  [/ck|q/g, 'k'],
  [/([aeiou])h\b/g, '$1'],
];

/**
 * Words as they are compared: without signs, emoji and invisible characters, one blank between them, and with one
 * spelling for those that are written in several ways.
 */
export function folded(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(INVISIBLE, '')
    .replace(APOSTROPHES, '')
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u064b-\u0655\u0670]/g, '')
    .normalize('NFC')
    .replace(/[\u0621-\u06d3]/g, (letter) => URDU.get(letter) ?? letter)
    .replace(/[ൺ-ൿ]/g, (letter) => CHILLU.get(letter) ?? letter)
    .replace(/[\u0900-\u0d7f]/g, plainBrahmic)
    .replace(/[^\p{L}\p{M}\p{Nd}]+/gu, ' ')
    .trim();
  return LATIN.reduce((words, [pattern, by]) => words.replace(pattern, by), plain);
}
