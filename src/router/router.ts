import { deserialize, serialize } from 'node:v8';
import { dangerReader, type DangerReader, type DangerWords } from '../core/words/danger-answer.ts';
import type { IntentKind, RouterPack, WordsBeside } from './router-pack.ts';
import type { Hint, Route, Routed } from '../core/family/routed.ts';
import { clauses } from './clauses.ts';
import { openClassifier, trainClassifier, type Guess, type KeptClassifier, type Row } from './classifier.ts';
import { doubtOf } from './doubt.ts';
import { openLanguage, trainLanguage, type KeptLanguage } from './language.ts';
import { words } from './words.ts';
import { urgentThresholds, urgentMatcher, writingOf, type UrgentThresholds } from './urgent.ts';

/** Everything that was learned, as plain data. */
type Kept = {
  kinds: [string, IntentKind][];
  classifier: KeptClassifier;
  language: KeptLanguage;
  urgentPhrases: string[];
  urgentThresholds: UrgentThresholds;
  beside: readonly WordsBeside[];
  dangerWords: NonNullable<RouterPack['dangerWords']>;
};

export type Router = { route: Route };

/** Enough to choose the thresholds of danger by: of one row in twelve that is urgent, a quarter for each kind of writing. */
const JUDGED_ROWS = 5000;
const SHOWN = 3;
const ALSO_AT_LEAST = 0.6;
const OFFERED_AT_LEAST = 0.25;
/** Two intents that both begin the same form need no question between them: the form asks. */
const SURE_OF_INTAKE = 0.85;
/** A sentence alone says less than the message that it stands in: at 0.5 it only added false alarms. */
const ASKED_FOR_PART = 0.8;
/** A name or a place is like nothing known, and so a little like danger: few words need more than a little. */
const FEW_WORDS = 3;
const ASKED_IN_FEW_WORDS = 0.5;
/** From here on a person is paged without a phrase of danger: for the whole message, for one sentence of it, for few words. */
const PAGED = 0.5;
const PAGED_FOR_PART = 0.95;
const PAGED_IN_FEW_WORDS = 0.95;
/** 1 is kept for phrases of danger. */
const MOST_LIKELY = 0.999;

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
  const { dangerWords = [] } = pack;
  const isUrgent = urgentMatcher(urgentPhrases, readerFor(dangerWords, 'en'));
  const danger = dangerAmong(kinds);
  const judged = classifier.heldOut().map(({ row, candidates }) => ({
    language: languageOf.get(row) ?? 'en',
    isUrgent: kinds.get(row.intent) === 'urgent',
    danger: isUrgent(row.text) ? 1 : danger(candidates),
  }));
  const emptyDanger = danger(classifier.classify('').candidates);
  const kept: Kept = {
    kinds: [...kinds],
    classifier: classifier.keep(),
    language: trainLanguage(
      pack.intents.flatMap((intent) => intent.examples),
      seed,
    ),
    urgentPhrases,
    urgentThresholds: urgentThresholds(judged, emptyDanger),
    beside: pack.beside ?? [],
    dangerWords,
  };
  return serialize(kept);
}

/** A router from the bytes of `learnPack`. Damaged bytes are the caller's to find out: they may decide anything. */
export function openRouter(bytes: Uint8Array): Router {
  const kept: Kept = deserialize(bytes);
  const kinds = new Map(kept.kinds);
  const classifier = openClassifier(kept.classifier);
  const languageOf = openLanguage(kept.language);
  const readers = new Map<string, DangerReader>();
  const readerOf = (language: string): DangerReader => {
    const reader = readers.get(language) ?? readerFor(kept.dangerWords, language);
    readers.set(language, reader);
    return reader;
  };
  const isUrgent = urgentMatcher(kept.urgentPhrases, readerOf('en'));
  const danger = dangerAmong(kinds);
  const doubt = doubtOf(kept.beside);

  /** How sure it is that somebody is in danger. What is only denied counts for nothing, what else is said counts alone. */
  const dangerIn = (text: string, language: string, guess: Guess, parts: Guess[]): Routed['danger'] => {
    if (isUrgent(text)) return { level: 'page', p: 1 };
    const { says, whole, denies, rest } = readerOf(language).read(text);
    if (whole && (says === 'no' || says === 'unknown')) return { level: 'none', p: 0 };
    const inWhole = danger((rest === text ? guess : classifier.classify(rest)).candidates);
    const inPart = denies ? 0 : Math.max(0, ...parts.map((part) => danger(part.candidates)));
    const few =
      words(text).filter((word) => /\p{L}/u.test(word) && !word.startsWith('#')).length <= FEW_WORDS;
    const threshold = kept.urgentThresholds[writingOf(language)];
    const p = Math.min(MOST_LIKELY, Math.max(inWhole, inPart));
    const isPaged = inWhole >= (few ? PAGED_IN_FEW_WORDS : PAGED) || inPart >= PAGED_FOR_PART;
    const isAsked =
      inWhole >= (few ? Math.max(ASKED_IN_FEW_WORDS, threshold) : threshold) || inPart >= ASKED_FOR_PART;
    // Danger that is denied in the same words as something else is told is no page: that would answer a no with an alarm.
    const level = isPaged && !(denies && rest === text) ? 'page' : isAsked ? 'ask' : 'none';
    return { level, p };
  };

  /** What else the message's parts ask for, each surely; a greeting is no need. */
  const needsIn = (parts: Guess[]): { intent: string; p: number }[] =>
    parts
      .filter((part) => part.band === 'sure' && part.confidence >= ALSO_AT_LEAST)
      .filter((part) => kinds.get(part.intent) !== 'smalltalk')
      .map((part) => ({ intent: part.intent, p: part.confidence }));

  const guessed = (text: string, hint: Hint): Routed => {
    // A phone number, a date or a choice by its number says nothing of any intent.
    if (!/\p{L}/u.test(text))
      return {
        language: hint.language ?? 'en',
        decision: 'clarify',
        intent: null,
        confidence: 0,
        candidates: [],
        also: [],
        danger: { level: 'none', p: 0 },
      };
    const guess = classifier.classify(text);
    const parts = clauses(text).map((clause) => classifier.classify(clause));
    const needs = needsIn(parts);
    const language = languageOf(text, hint.language) ?? hint.language ?? 'en';
    const found = dangerIn(text, language, guess, parts);
    const base = {
      language,
      danger: found,
      confidence: guess.confidence,
      candidates: guess.candidates.slice(0, SHOWN),
    };
    const settled = ({ intent, p }: { intent: string; p: number }): Routed => {
      const kind = kinds.get(intent);
      const decision = kind === 'intake' || kind === 'human' ? kind : 'answer';
      return { ...base, decision, intent, confidence: p, also: otherIntents(needs, intent) };
    };

    const ofDanger = ({ intent }: { intent: string }): boolean => kinds.get(intent) === 'urgent';
    if (found.level === 'page') {
      const intent = guess.candidates.find(ofDanger)?.intent ?? null;
      return { ...base, decision: 'urgent', intent, confidence: found.p, also: otherIntents(needs, intent) };
    }
    // Asked about or denied, danger is no answer to be given.
    if (ofDanger(guess)) {
      const candidates = guess.candidates.filter((one) => !ofDanger(one)).slice(0, SHOWN);
      return { ...base, candidates, decision: 'clarify', intent: null, also: otherIntents(needs, null) };
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
    return { ...base, decision, intent, also: otherIntents(needs, intent) };
  };
  return { route: (text, hint = {}) => doubt(guessed(text, hint), text, hint) };
}

/** Reads denials; `language` decides where languages disagree about a word. */
function readerFor(all: Kept['dangerWords'], language: string): DangerReader {
  const own = all.find((one) => one.language === language)?.words ?? NO_WORDS;
  return dangerReader(
    own,
    all.filter(({ words: other }) => other !== own).map(({ words: other }) => other),
  );
}

const NO_WORDS: DangerWords = { yes: [], no: [], unknown: [], assent: [], thing: [], safe: [], around: [] };

/** How likely it is that a message is of an urgent intent; one that is not among the likeliest is only what a lost model spreads everywhere. */
function dangerAmong(kinds: Map<string, IntentKind>): (candidates: Guess['candidates']) => number {
  return (candidates) =>
    candidates
      .slice(0, SHOWN)
      .reduce((sum, { intent, p }) => sum + (kinds.get(intent) === 'urgent' ? p : 0), 0);
}

function otherIntents(needs: { intent: string }[], main: string | null): string[] {
  return [...new Set(needs.map(({ intent }) => intent))].filter((intent) => intent !== main).slice(0, SHOWN);
}
