import { clauses } from './clauses.ts';
import { OUT_OF_SCOPE, trainClassifier, type Guess, type Row } from './classifier.ts';
import { trainLanguage } from './language.ts';
import { urgentMatcher } from './urgent.ts';

/** Everything the router learns from: example messages by intent, urgent phrases by language, and messages that belong to no intent. */
export type RouterPack = {
  intents: {
    id: string;
    kind: 'advisory' | 'intake' | 'urgent' | 'human' | 'smalltalk';
    examples: { text: string; language: string }[];
  }[];
  urgentPhrases: { language: string; phrases: string[] }[];
  decoys?: { text: string; language: string }[];
};

/**
 * What to do with a message. `intent` is null when it is like nothing known; `confidence` is a calibrated probability
 * (0..1); `candidates` are the likeliest, best first; `also` names further needs in the same message.
 */
export type Decision = {
  text: string;
  language: string;
  decision: 'answer' | 'clarify' | 'intake' | 'urgent' | 'human';
  intent: string | null;
  confidence: number;
  candidates: { intent: string; p: number }[];
  also: string[];
};

/** `language`: the one the person has chosen or last wrote in. `offered`: the intents offered in the question before this message. */
export type Hint = { language?: string; offered?: string[] };

export type Router = { route: (text: string, hint?: Hint) => Decision };

const SHOWN = 3;
const ALSO_AT_LEAST = 0.6;
const OFFERED_AT_LEAST = 0.25;

/** Trains a router on a pack. Pure: no clock, no environment; the same pack and seed decide the same. */
export function trainRouter(pack: RouterPack, options: { seed?: number } = {}): Router {
  const rows: Row[] = pack.intents.flatMap((intent) =>
    intent.examples.map(({ text }) => ({ text, intent: intent.id })),
  );
  const decoys = (pack.decoys ?? []).map(({ text }) => ({ text, intent: OUT_OF_SCOPE }));
  const kinds = new Map(pack.intents.map((intent) => [intent.id, intent.kind]));
  const classifier = trainClassifier([...rows, ...decoys], { seed: options.seed ?? 1 });
  const examples = pack.intents.flatMap((intent) => intent.examples);
  const languageOf = trainLanguage(examples, options.seed ?? 1);
  const isUrgent = urgentMatcher(pack.urgentPhrases.flatMap(({ phrases }) => phrases));
  const urgentP = (guess: Guess): number =>
    guess.candidates.reduce((sum, { intent, p }) => sum + (kinds.get(intent) === 'urgent' ? p : 0), 0);

  const needsBeside = (text: string, main: string | null): string[] => {
    const found = clauses(text)
      .map((clause) => classifier.classify(clause))
      .filter((guess) => guess.band === 'sure' && guess.confidence >= ALSO_AT_LEAST && guess.intent !== main)
      .filter((guess) => kinds.get(guess.intent) !== 'smalltalk');
    return [...new Set(found.map((guess) => guess.intent))].slice(0, SHOWN);
  };

  const route = (text: string, hint: Hint = {}): Decision => {
    const guess = classifier.classify(text);
    const language = languageOf(text, hint.language) ?? hint.language ?? 'en';
    const base = {
      text,
      language,
      confidence: guess.confidence,
      candidates: guess.candidates.slice(0, SHOWN),
    };
    const urgent = guess.candidates.find(({ intent }) => kinds.get(intent) === 'urgent');
    if (isUrgent(text) || (urgent && urgentP(guess) >= URGENT_AT_LEAST)) {
      const intent = urgent?.intent ?? null;
      return {
        ...base,
        decision: 'urgent',
        intent,
        confidence: urgent?.p ?? 1,
        also: needsBeside(text, intent),
      };
    }
    const offered = guess.candidates.find(({ intent }) => hint.offered?.includes(intent));
    if (offered && offered.p >= OFFERED_AT_LEAST && guess.band !== 'sure')
      return settled(base, offered, kinds, []);
    if (guess.band === 'sure')
      return settled(
        base,
        { intent: guess.intent, p: guess.confidence },
        kinds,
        needsBeside(text, guess.intent),
      );
    const decision = hint.offered?.length ? 'human' : 'clarify';
    return {
      ...base,
      decision,
      intent: guess.band === 'unknown' ? null : guess.intent,
      also: needsBeside(text, guess.intent),
    };
  };
  return { route };
}

const URGENT_AT_LEAST = 0.3;

function settled(
  base: Pick<Decision, 'text' | 'language' | 'candidates'>,
  chosen: { intent: string; p: number },
  kinds: Map<string, RouterPack['intents'][number]['kind']>,
  also: string[],
): Decision {
  const kind = kinds.get(chosen.intent);
  const decision = kind === 'intake' || kind === 'human' || kind === 'urgent' ? kind : 'answer';
  return { ...base, decision, intent: chosen.intent, confidence: chosen.p, also };
}
