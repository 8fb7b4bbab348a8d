import type { DangerWords } from '../core/words/danger-answer.ts';

/** What the bot does with a message of this intent. */
export type IntentKind = 'advisory' | 'intake' | 'urgent' | 'human' | 'smalltalk';

/** Intents that are acted on only when one of the words stands in the message; a word that ends in `*` may go on. */
export type WordsBeside = { intents: readonly string[]; words: readonly string[] };

/** What the router trains on. */
export type RouterPack = {
  intents: { id: string; kind: IntentKind; examples: { text: string; language: string }[] }[];
  urgentPhrases: { language: string; phrases: string[] }[];
  beside?: readonly WordsBeside[];
  /** How danger is denied, from the bot's own phrases. */
  dangerWords?: { language: string; words: DangerWords }[];
};
