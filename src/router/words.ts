import { isAge } from './ages.ts';

const INVISIBLE =
  /[\u{ad}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{feff}]|\p{Variation_Selector}/gu;
const APOSTROPHES = /[\u2018\u2019\u201b\u02bc\u0060\u00b4\uff07]/g;
const TOKEN = /[\p{L}\p{M}]+|\p{Nd}+|[?!\u061f]/gu;
const ENGLISH_TAIL = /\b([a-z]+)(n't|'(?:s|re|ve|ll|d|m))\b/g;

/** Lower-case, composed, without invisible characters and with plain apostrophes. */
export function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(INVISIBLE, '').replace(APOSTROPHES, "'");
}

/** The words of a message: runs of letters and marks, numbers as `#` and their length, an age below eighteen as `#teen`, `?` and `!`. */
export function words(text: string): string[] {
  const plain = normalise(text).replace(
    ENGLISH_TAIL,
    (_, stem: string, tail: string) => `${stem} ${tail.replace("'", '')}`,
  );
  const tokens = (plain.match(TOKEN) ?? []).map((token) => (token === '\u061f' ? '?' : token));
  return tokens.map((token, at) => (/^\p{Nd}/u.test(token) ? numberWord(token, isAge(tokens, at)) : token));
}

/** Sixteen years and sixty say different things, 16 and 12 days do not. Read in the digits of any script. */
function numberWord(token: string, age: boolean): string {
  const value = Number(Array.from(token, digitOf).join(''));
  return age && value >= 10 && value < 18 ? '#teen' : `#${Math.min(4, token.length)}`;
}

/** Unicode keeps the ten digits of every script together, in order, from a code that ends in 0 or 6. */
function digitOf(letter: string): number {
  let first = letter.codePointAt(0) ?? 0;
  const code = first;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1)) && code - first < 9) first -= 1;
  return code - first;
}
