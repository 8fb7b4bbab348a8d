import { dangerWords } from '../core/family/danger-words.ts';
import type { Intent, Phrases, UrgentPhrases } from './intent-pack.ts';
import type { RouterPack, WordsBeside } from '../router/router-pack.ts';

/** The part of the pack that the router learns from. */
export function toRouterPack(
  intents: ReadonlyMap<string, Intent>,
  urgent: readonly UrgentPhrases[],
  phrases: ReadonlyMap<string, Phrases>,
  beside: readonly WordsBeside[],
): RouterPack {
  const byLanguage = new Map<string, string[]>();
  for (const { language, phrases: heard } of urgent)
    byLanguage.set(language, [...(byLanguage.get(language) ?? []), ...heard]);
  return {
    intents: [...intents.values()].map((intent) => ({
      id: intent.id,
      kind: intent.kind,
      examples: [...intent.texts].flatMap(([language, { examples }]) =>
        examples.map((text) => ({ text, language })),
      ),
    })),
    urgentPhrases: [...byLanguage].map(([language, heard]) => ({ language, phrases: heard })),
    dangerWords: [...phrases].map(([language, { texts }]) => ({
      language,
      words: dangerWords((list) => texts.get(`danger.${list}`) ?? ''),
    })),
    beside,
  };
}
