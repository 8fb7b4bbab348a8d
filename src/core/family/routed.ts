/** What the router makes of a text. */
export type Routed = {
  /** BCP-47 as the intents folder uses it: `en`, `hi`, `hi-Latn`, `pa` … */
  language: string;
  decision: 'answer' | 'clarify' | 'intake' | 'urgent' | 'human';
  intent: string | null;
  /** 0..1, calibrated. Of an urgent decision: 1 when a phrase of danger was said, else the probability of danger. */
  confidence: number;
  /** Best first. */
  candidates: { intent: string; p: number }[];
  /** Further needs heard in the same message. */
  also: string[];
};

/** `language`: the one the person has chosen or last wrote in. `offered`: the intents offered in the question before this message. */
export type Hint = { language?: string; offered?: string[] };

/** The router's one function. Pure: the same text and hint give the same answer. */
export type Route = (text: string, hint?: Hint) => Routed;
