import type { Intent, RouterPack, UrgentPhrases } from './intent-pack.ts';

/** The part of the pack that the router learns from. */
export function toRouterPack(
  intents: ReadonlyMap<string, Intent>,
  urgent: readonly UrgentPhrases[],
): RouterPack {
  const byLanguage = new Map<string, string[]>();
  for (const { language, phrases } of urgent)
    byLanguage.set(language, [...(byLanguage.get(language) ?? []), ...phrases]);
  return {
    intents: [...intents.values()].map((intent) => ({
      id: intent.id,
      kind: intent.kind,
      examples: [...intent.texts].flatMap(([language, { examples }]) =>
        examples.map((text) => ({ text, language })),
      ),
    })),
    urgentPhrases: [...byLanguage].map(([language, phrases]) => ({ language, phrases })),
  };
}
