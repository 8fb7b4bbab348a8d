import type { Language } from './intent-pack.ts';

const LAST_RESORT = 'en';

/**
 * The languages to serve a person in, best first. Somebody who writes a language in one script is better served by its other
 * one than by English; but who types Urdu in Latin letters often is a Hindi speaker, and never gets Arabic script for it:
 * spoken and typed, the two are one.
 */
export function nearestLanguages(wanted: Language): Language[] {
  if (wanted === LAST_RESORT) return [LAST_RESORT];
  if (wanted === 'ur-Latn') return ['ur-Latn', 'hi-Latn', LAST_RESORT];
  const other = wanted.endsWith('-Latn') ? wanted.replace(/-Latn$/, '') : `${wanted}-Latn`;
  return [wanted, other, LAST_RESORT];
}
