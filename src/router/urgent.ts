import { quantile } from './calibration.ts';
import { consonantKey, soundKey } from './phonetic-key.ts';
import { romanise } from './scripts.ts';
import { words } from './words.ts';

/**
 * Finds urgent phrases however they are spelt and in whatever script: words are compared by their consonants, and one
 * word may stand between two of the phrase's. A phrase of one word must sound the same with its vowels: "they kill" and
 * "they ask" may have the same consonants. Begun with `=`, a phrase counts only in a message of few words, or
 * in capitals at its beginning, as families are told to: "urgent" alone is a call for help, in a long message a turn of
 * phrase.
 */
export function urgentMatcher(phrases: string[]): (text: string) => boolean {
  const sounds = soundReader();
  const single = new Set<string>();
  const alone = new Set<string>();
  const byFirst = new Map<string, string[][]>();
  for (const phrase of phrases) {
    const spoken = words(phrase).filter(isWord).map(sounds);
    const [first, ...more] = spoken;
    if (first === undefined) continue;
    if (more.length > 0)
      byFirst.set(first.consonants, [
        ...(byFirst.get(first.consonants) ?? []),
        spoken.map(({ consonants }) => consonants),
      ]);
    else (phrase.startsWith(ALONE) ? alone : single).add(first.sound);
  }
  return (text) => {
    const spoken = words(text).filter(isWord).map(sounds);
    const standalone = spoken.length <= FEW_WORDS ? spoken : isShouted(text) ? spoken.slice(0, 1) : [];
    if (spoken.some(({ sound }) => single.has(sound)) || standalone.some(({ sound }) => alone.has(sound)))
      return true;
    const keys = spoken.map(({ consonants }) => consonants);
    return keys.some((key, at) => (byFirst.get(key) ?? []).some((phrase) => follows(keys, at, phrase)));
  };
}

/** The first word in capitals, the rest not. */
function isShouted(text: string): boolean {
  const [first = ''] = /[\p{L}\p{M}]+/u.exec(text) ?? [];
  return /^\p{Lu}{3,}$/u.test(first) && text !== text.toUpperCase();
}

const ALONE = '=';
const FEW_WORDS = 3;

function follows(keys: string[], start: number, phrase: string[]): boolean {
  let at = start;
  for (const wanted of phrase.slice(1)) {
    if (keys[at + 1] === wanted) at += 1;
    else if (keys[at + 2] === wanted) at += 2;
    else return false;
  }
  return true;
}

function isWord(token: string): boolean {
  return token !== '?' && token !== '!';
}

const WANTED_RECALL = 0.98;
const MOST_FALSE_ALARMS = 0.08;
const TIMES_EMPTY = 1.5;
const HIGHEST = 0.5;
/** Fewer urgent rows than this say too little of where their threshold should be. */
const ENOUGH_URGENT = 20;

/** A training row as a model that hadn't seen it judged it. `danger` 0..1, 1 when a phrase was said. */
export type JudgedRow = { language: string; isUrgent: boolean; danger: number };

/** From which probability of danger a message counts as urgent, by kind of writing. */
export type UrgentThresholds = Record<Writing, number>;

type Writing = 'english' | 'hindi' | 'romanised' | 'native';

/**
 * What shares a threshold: the more examples there are, and the more the words of one message resemble those of another,
 * the surer the model is, so one threshold for all would alarm three times as often in native scripts as in Hindi.
 */
export function writingOf(language: string): Writing {
  if (language === 'en') return 'english';
  if (['hi', 'hi-Latn', 'ur-Latn'].includes(language)) return 'hindi';
  return language.endsWith('-Latn') ? 'romanised' : 'native';
}

export function urgentThresholds(rows: JudgedRow[], emptyDanger: number): UrgentThresholds {
  const forAll = urgentThreshold(rows, emptyDanger);
  const thresholdOf = (writing: Writing): number => {
    const own = rows.filter(({ language }) => writingOf(language) === writing);
    return own.filter(({ isUrgent }) => isUrgent).length < ENOUGH_URGENT
      ? forAll
      : urgentThreshold(own, emptyDanger);
  };
  return {
    english: thresholdOf('english'),
    hindi: thresholdOf('hindi'),
    romanised: thresholdOf('romanised'),
    native: thresholdOf('native'),
  };
}

/**
 * Low enough to catch 98 % of the urgent rows, as long as that alarms at most 8 % of the others; never below the share of
 * danger among the rows; and clearly above `emptyDanger`, what the model says of an empty message.
 */
function urgentThreshold(rows: JudgedRow[], emptyDanger: number): number {
  const dangers = (urgent: boolean): number[] =>
    rows.filter(({ isUrgent }) => isUrgent === urgent).map(({ danger }) => danger);
  const [urgent, others] = [dangers(true), dangers(false)];
  if (urgent.length === 0) return HIGHEST;
  const forRecall = quantile(urgent, 1 - WANTED_RECALL);
  const forFalseAlarms = others.length === 0 ? 0 : quantile(others, 1 - MOST_FALSE_ALARMS);
  // What is like nothing known is as likely danger as any example.
  const share = urgent.length / rows.length;
  return Math.min(HIGHEST, Math.max(share, TIMES_EMPTY * emptyDanger, forRecall, forFalseAlarms));
}

const WORDS_KEPT = 20_000;

type WordSound = { sound: string; consonants: string };

/** A word's sound and its consonants; short words keep their vowels: without them too many would sound the same. */
function soundReader(): (word: string) => WordSound {
  const known = new Map<string, WordSound>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    const sound = soundKey(romanise(word));
    const consonants = consonantKey(sound);
    const spoken = { sound, consonants: consonants.length >= 3 ? consonants : sound };
    if (known.size < WORDS_KEPT) known.set(word, spoken);
    return spoken;
  };
}
