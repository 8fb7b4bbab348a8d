import type { Priority } from '../core/case/case-status.ts';
import type { FactPack } from '../facts/fact-pack.ts';
import type { IntentKind, RouterPack } from '../router/router-pack.ts';
import type { Situation } from '../core/case/intake-form.ts';

/** BCP 47 tag of a language the helpline may write: `en`, `hi`, `hi-Latn` (Hindi in Latin letters), `pa`, … */
export type Language = string;

/** Why an answer must be read again: numbers, contacts, procedure, law, stable advice. */
export type ReviewClass = 'N' | 'K' | 'P' | 'L' | 'S';

/** Where a statement comes from. `date` is YYYY, YYYY-MM, YYYY-MM-DD or `undated`. */
export type IntentSource = { id: string; title: string; publisher: string; date: string; url?: string };

/** One intent in one language. `markdown` may still hold `{{contact:id}}`; `answerFor` resolves it. */
export type IntentText = {
  status: 'draft' | 'signed';
  /** At most 24 characters: the label of a clarification button. */
  title: string;
  examples: readonly string[];
  markdown: string;
  /** Where they stand in their file, for those who write it: each example, and the answer's first line. */
  lines: { examples: readonly number[]; answer: number };
};

/** One thing the helpline knows. Dates are YYYY-MM-DD. */
export type Intent = {
  id: string;
  title: string;
  purpose: string;
  kind: IntentKind;
  priority: Priority;
  opensCase: 'none' | 'open-or-update';
  /** The answer to the intake form's `situation` that it implies. */
  situation?: Situation;
  /** At most three: intent ids, `report` (start the form) or `human`. */
  next: readonly string[];
  sources: readonly IntentSource[];
  asOf: string;
  reviewBy: string;
  reviewClass: ReviewClass;
  /** Past `reviewBy` nothing of the answer is shown. */
  failClosed: boolean;
  texts: ReadonlyMap<Language, IntentText>;
};

/** A contact. A phone or e-mail is shown only while a desk officer's signature on it is valid. */
export type Contact = {
  id: string;
  kind: 'url' | 'phone' | 'email' | 'handle';
  value: string;
  label: Readonly<Record<Language, string>>;
  scope: string;
  checkedBy?: string;
  checkedOn?: string;
  expiresOn?: string;
};

/** Words that page a person before anything else is decided. */
export type UrgentReason =
  | 'danger-now'
  | 'moved-to-front'
  | 'self-harm'
  | 'minor-or-woman'
  | 'threat-deadline';

/** The phrases of one language for one reason, as typed: native script or romanised. */
export type UrgentPhrases = { language: Language; reason: UrgentReason; phrases: readonly string[] };

/** The bot's own sentences in one language: key to Markdown with `{slots}`. */
export type Phrases = { status: 'draft' | 'signed'; texts: ReadonlyMap<string, string> };

/** An answer ready to be sent; the language may be English when the asked one is not written yet. */
export type IntentAnswer = {
  language: Language;
  /**
   * Never empty. Past review it begins with, or (fail closed) is only, the sentence that it is being re-checked;
   * an urgent answer never has anything before it.
   */
  markdown: string;
  asOf: string;
  /** "Publisher, date; …", empty when the answer rests on no source, is urgent or is withheld. */
  source: string;
  /** True past the review date: tell the desk. */
  stale: boolean;
};

/** Everything in the intents folder, checked. Immutable: a reload gives a new one. */
export type IntentPack = {
  intents: ReadonlyMap<string, Intent>;
  contacts: ReadonlyMap<string, Contact>;
  urgentPhrases: readonly UrgentPhrases[];
  phrases: ReadonlyMap<Language, Phrases>;
  router: RouterPack;
  facts: FactPack;
  /** For staff, at load time: answers past review, contacts unsigned or expired, languages missing. */
  notices: readonly string[];
  /** `now` in ms. Throws on an unknown intent. */
  answerFor: (intentId: string, language: Language, now: number) => IntentAnswer;
};
