import type { WordsBeside } from './router-pack.ts';
import type { Hint, Routed } from '../core/family/routed.ts';
import { normalise } from './words.ts';

/** Looks again at what a text was taken for. */
export type Doubt = (routed: Routed, text: string, hint: Hint) => Routed;

/**
 * Holds back the intents that hurt when they are wrong. A model that has seen "body" only among the dead is as sure of "his
 * body aches" as of anything: so without one of the words that must stand beside such an intent, the family is asked, and
 * the likelier of the others are offered first. Danger is not touched.
 */
export function doubtOf(beside: readonly WordsBeside[]): Doubt {
  const readers = beside.map(({ intents, words }) => ({ intents, says: reader(words) }));
  return (routed, text, hint) => {
    const named = [routed.intent, ...routed.also];
    const held = new Set(
      readers
        .filter(({ intents, says }) => intents.some((id) => named.includes(id)) && !says(text))
        .flatMap(({ intents }) => intents),
    );
    if (held.size === 0) return routed;
    const also = routed.also.filter((id) => !held.has(id));
    if (routed.intent === null || !held.has(routed.intent) || routed.decision === 'urgent')
      return { ...routed, also };
    return {
      ...routed,
      // Asked before and still not clear: a person.
      decision: hint.offered?.length ? 'human' : 'clarify',
      intent: null,
      candidates: [
        ...routed.candidates.filter(({ intent }) => !held.has(intent)),
        ...routed.candidates.filter(({ intent }) => held.has(intent)),
      ],
      also,
    };
  };
}

const WORD = /[\p{L}\p{M}\p{Nd}]+/gu;

/** By letters, not by sound: by sound "shav" (corpse) is "sab" (all), and nothing would be held back. */
const wordsOf = (text: string): string[] =>
  [...normalise(text).matchAll(WORD)].map(([word]) => word.replaceAll(/(.)\1+/gu, '$1'));

type Part = { letters: string; open: boolean };

/** Whether one of the phrases stands in a text. */
function reader(phrases: readonly string[]): (text: string) => boolean {
  const byFirst = new Map<string, Part[][]>();
  for (const phrase of phrases) {
    const parts = phrase.split(/\s+/).flatMap((part) => {
      const [letters] = wordsOf(part);
      return letters === undefined ? [] : [{ letters, open: part.endsWith('*') }];
    });
    const first = parts[0]?.letters.slice(0, 1);
    if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), parts]);
  }
  const fits = (word: string | undefined, { letters, open }: Part): boolean =>
    word !== undefined && (open ? word.startsWith(letters) : word === letters);
  return (text) => {
    const words = wordsOf(text);
    return words.some((word, at) =>
      (byFirst.get(word.slice(0, 1)) ?? []).some((parts) =>
        parts.every((part, i) => fits(words[at + i], part)),
      ),
    );
  };
}
