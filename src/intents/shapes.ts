import { z } from 'zod';

const base = ['en', 'hi', 'pa', 'ur', 'gu', 'te', 'ml', 'ta', 'bn', 'kn', 'mr'];

/** Every language tag a file may be named with; `-Latn` is the language typed in Latin letters. */
export const languages: ReadonlySet<string> = new Set(
  base.flatMap((language) => (language === 'en' ? [language] : [language, `${language}-Latn`])),
);

/** Languages without which an intent is refused. */
export const neededLanguages = ['en', 'hi', 'hi-Latn'];

/** A language tag the helpline knows. */
export const languageShape = z
  .string()
  .refine((tag) => languages.has(tag), { error: `write one of ${[...languages].join(', ')}` });

/** A day, YYYY-MM-DD. */
export const dayShape = z.iso.date('write a day as YYYY-MM-DD');

/** Whether a person who may has read and signed the text. */
export const statusShape = z.enum(['draft', 'signed']);

/** Text that is not only white space. */
export const textShape = z.string().trim().min(1, 'write something here');

/** The length a reader sees, not the length in memory. */
export function countCharacters(text: string): number {
  return [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].length;
}

/** The calendar day of a time in ms, UTC, YYYY-MM-DD. */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
