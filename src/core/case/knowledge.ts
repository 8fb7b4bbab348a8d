import type { Slots } from '../words/markdown.ts';
import type { Priority } from './case-status.ts';
import type { RichText } from '../words/rich-text.ts';

/** What the core must know of an intent. */
export type IntentFacts = {
  id: string;
  kind: 'advisory' | 'intake' | 'urgent' | 'human' | 'smalltalk';
  priority: Priority;
  /** A code of the intake form's `situation` that it implies. */
  situation: string | null;
  /** What to offer under its answer: intent ids, `report`, `human`. */
  next: string[];
};

/** The bot's own sentences in one language. An unknown key or a missing slot throws. */
export type Speech = {
  language: string;
  say(key: string, slots?: Slots): RichText;
  /** The same as plain text, for buttons and short values. */
  label(key: string, slots?: Slots): string;
};

/** Everything the helpline can say, read from the intents folder. */
export type Knowledge = {
  /** Languages in which every sentence exists. */
  languages: string[];
  /** Falls back to a language that is there: `hi-Latn` to `hi`, anything else to English. */
  speech(language: string): Speech;
  intent(id: string): IntentFacts | null;
  /** The answer with source and date under it; past its review date, the sentence that says so. */
  answer(id: string, language: string, now: number): { text: RichText; stale: boolean } | null;
  /** A short label for a button. */
  title(id: string, language: string): string;
  /** A version of the notice that the person is shown, and its hash: both go into the consent. */
  notice(language: string): { version: string; hash: string };
};
