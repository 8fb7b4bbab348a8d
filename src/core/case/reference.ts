/** Crockford's base 32: no I, L, O, U, which are read as 1, 1, 0, V. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** Times the generator of GF(32), x⁵ + x² + 1. */
const shifted = (value: number): number => ((value << 1) & 31) ^ (value & 16 ? 5 : 0);

/**
 * Weights each character by its place in GF(32): zero for a whole reference. Any one wrong character and any two
 * exchanged ones give something else.
 */
const remainder = (digits: readonly number[]): number =>
  digits.reduce((sum, digit) => shifted(sum) ^ digit, 0);

/** A new reference: seven characters out of 2³⁵ and a check character. `random` gives that many secure random bytes. */
export function makeReference(random: (bytes: number) => Uint8Array): string {
  const digits = Array.from(random(LENGTH - 1), (byte) => byte & 31);
  return [...digits, shifted(remainder(digits))].map((digit) => ALPHABET[digit]).join('');
}

/** The reference that somebody typed, in whatever case, with spaces or dashes; null when it is none. */
export function readReference(text: string): string | null {
  if (text.length > 40) return null;
  const letters = text
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')
    .replace(/U/g, 'V');
  if (letters.length !== LENGTH) return null;
  const digits = Array.from(letters, (letter) => ALPHABET.indexOf(letter));
  return digits.includes(-1) || remainder(digits) !== 0 ? null : letters;
}

/** True for what `readReference` would read. */
export const isReference = (text: string): boolean => readReference(text) !== null;
