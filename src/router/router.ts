import { deserialize, serialize } from 'node:v8';
import type { IntentKind, RouterPack } from '../intents/intent-pack.ts';
import type { Hint, Route, Routed } from '../core/family/routed.ts';
import { clauses } from './clauses.ts';
import { openClassifier, trainClassifier, type Guess, type KeptClassifier, type Row } from './classifier.ts';
import { openLanguage, trainLanguage, type KeptLanguage } from './language.ts';
import { words } from './words.ts';
import { urgentBars, urgentMatcher, writingOf, type UrgentBars } from './urgent.ts';

/** Everything that was learned, as plain data. */
type Kept = {
  kinds: [string, IntentKind][];
  classifier: KeptClassifier;
  language: KeptLanguage;
  urgentPhrases: string[];
  urgentBars: UrgentBars;
};

export type Router = { route: Route };

/** Enough for the bars of danger: of one row in twelve that is urgent, a quarter for each kind of writing. */
const JUDGED_ROWS = 5000;
const SHOWN = 3;
const ALSO_AT_LEAST = 0.6;
const OFFERED_AT_LEAST = 0.25;
/** Two intents that both begin the same form need no question between them: the form asks. */
const SURE_OF_INTAKE = 0.85;
/** A sentence alone says less than the message that it stands in: at 0.5 it only added false alarms. */
const URGENT_PART = 0.8;
/** A name or a place is like nothing known, and so a little like danger: few words need more than a little. */
const FEW_WORDS = 3;
const URGENT_IN_FEW_WORDS = 0.5;

/** Trains a router on a pack. Pure: no clock, no environment; the same pack and seed decide the same. */
export function trainRouter(pack: RouterPack, options: { seed?: number } = {}): Router {
  return openRouter(learnPack(pack, options));
}

/** All that a router learns from a pack, as bytes for `openRouter`. They are of this code and this Node only. */
export function learnPack(pack: RouterPack, { seed = 1 }: { seed?: number } = {}): Uint8Array {
  const rows = pack.intents.flatMap((intent) =>
    intent.examples.map(({ text, language }) => ({ text, language, intent: intent.id })),
  );
  const languageOf = new Map<Row, string>(rows.map((row) => [row, row.language]));
  const kinds = new Map(pack.intents.map((intent) => [intent.id, intent.kind]));
  const classifier = trainClassifier(rows, { seed, heldOutAtLeast: JUDGED_ROWS });
  const urgentPhrases = pack.urgentPhrases.flatMap(({ phrases }) => phrases);
  const isUrgent = urgentMatcher(urgentPhrases);
  const danger = dangerAmong(kinds);
  const judged = classifier.heldOut().map(({ row, candidates }) => ({
    language: languageOf.get(row) ?? 'en',
    isUrgent: kinds.get(row.intent) === 'urgent',
    danger: isUrgent(row.text) ? 1 : danger(candidates),
  }));
  const ofNothing = danger(classifier.classify('').candidates);
  const kept: Kept = {
    kinds: [...kinds],
    classifier: classifier.keep(),
    language: trainLanguage(
      pack.intents.flatMap((intent) => intent.examples),
      seed,
    ),
    urgentPhrases,
    urgentBars: urgentBars(judged, ofNothing),
  };
  return serialize(kept);
}

/** A router from the bytes of `learnPack`. Damaged bytes are the caller's to find out: they may decide anything. */
export function openRouter(bytes: Uint8Array): Router {
  const kept: Kept = deserialize(bytes);
  const kinds = new Map(kept.kinds);
  const classifier = openClassifier(kept.classifier);
  const languageOf = openLanguage(kept.language);
  const isUrgent = urgentMatcher(kept.urgentPhrases);
  const danger = dangerAmong(kinds);

  /** What else the message's parts ask for, each surely; a greeting is no need. */
  const needsIn = (parts: Guess[]): { intent: string; p: number }[] =>
    parts
      .filter((part) => part.band === 'sure' && part.confidence >= ALSO_AT_LEAST)
      .filter((part) => kinds.get(part.intent) !== 'smalltalk')
      .map((part) => ({ intent: part.intent, p: part.confidence }));

  const route = (text: string, hint: Hint = {}): Routed => {
    // A phone number, a date or a choice by its number says nothing of any intent.
    if (!/\p{L}/u.test(text))
      return {
        language: hint.language ?? 'en',
        decision: 'clarify',
        intent: null,
        confidence: 0,
        candidates: [],
        also: [],
      };
    const guess = classifier.classify(text);
    const parts = clauses(text).map((clause) => classifier.classify(clause));
    const needs = needsIn(parts);
    const language = languageOf(text, hint.language) ?? hint.language ?? 'en';
    const base = {
      language,
      confidence: guess.confidence,
      candidates: guess.candidates.slice(0, SHOWN),
    };
    const settled = ({ intent, p }: { intent: string; p: number }): Routed => {
      const kind = kinds.get(intent);
      const decision = kind === 'intake' || kind === 'human' ? kind : 'answer';
      return { ...base, decision, intent, confidence: p, also: besides(needs, intent) };
    };

    const urgent = guess.candidates.find(({ intent }) => kinds.get(intent) === 'urgent');
    const inPart = Math.max(0, ...parts.map((part) => danger(part.candidates)));
    const said = isUrgent(text);
    const inWhole = danger(guess.candidates);
    const bar = kept.urgentBars[writingOf(language)];
    const above = words(text).length <= FEW_WORDS ? Math.max(URGENT_IN_FEW_WORDS, bar) : bar;
    if (said || inWhole >= above || inPart >= URGENT_PART) {
      const intent = urgent?.intent ?? null;
      const confidence = said ? 1 : Math.max(inWhole, inPart);
      return { ...base, decision: 'urgent', intent, confidence, also: besides(needs, intent) };
    }
    const offered = guess.candidates.find(({ intent }) => hint.offered?.includes(intent));
    const intake = guess.candidates.reduce(
      (sum, { intent, p }) => sum + (kinds.get(intent) === 'intake' ? p : 0),
      0,
    );
    const isSure =
      guess.band === 'sure' ||
      (guess.band !== 'unknown' && kinds.get(guess.intent) === 'intake' && intake >= SURE_OF_INTAKE);
    if (guess.band !== 'unknown' && !isSure && offered && offered.p >= OFFERED_AT_LEAST)
      return settled(offered);
    if (isSure) {
      const main = { intent: guess.intent, p: guess.confidence };
      return settled(kinds.get(main.intent) === 'smalltalk' ? (needs[0] ?? main) : main);
    }
    const decision = hint.offered?.length ? 'human' : 'clarify';
    const intent = guess.band === 'unknown' ? null : guess.intent;
    return { ...base, decision, intent, also: besides(needs, intent) };
  };
  return { route };
}

/** How likely it is that a message is of an urgent intent; one that is not among the likeliest is only what a lost model spreads everywhere. */
function dangerAmong(kinds: Map<string, IntentKind>): (candidates: Guess['candidates']) => number {
  return (candidates) =>
    candidates
      .slice(0, SHOWN)
      .reduce((sum, { intent, p }) => sum + (kinds.get(intent) === 'urgent' ? p : 0), 0);
}

function besides(needs: { intent: string }[], main: string | null): string[] {
  return [...new Set(needs.map(({ intent }) => intent))].filter((intent) => intent !== main).slice(0, SHOWN);
}
