import type { DangerReader } from '../core/words/danger-answer.ts';
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
export function urgentMatcher(
  phrases: string[],
  { isNegation, isDanger }: Pick<DangerReader, 'isNegation' | 'isDanger'> = DENIES_NOTHING,
): (text: string) => boolean {
  const sounds = soundReader();
  const single = new Set<string>();
  const alone = new Set<string>();
  const byFirst = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    const said = words(phrase).filter(isWord);
    const heard = said.map(sounds);
    const [first, ...more] = heard;
    if (first === undefined) continue;
    if (more.length > 0)
      byFirst.set(first.consonants, [
        ...(byFirst.get(first.consonants) ?? []),
        { consonants: heard.map(({ consonants }) => consonants), namesDanger: said.some(isDanger) },
      ]);
    else (phrase.startsWith(ALONE) ? alone : single).add(first.sound);
  }
  // English denies before the word, the languages of India after it.
  const deniesAfter = (word: string, next: string): boolean =>
    isNegation(word) && word !== 'no' && !ENGLISH_NOT.has(word) && !OR_ELSE.has(next);
  return (text) => {
    const said = words(text).filter(isWord);
    const heard = said.map(sounds);
    const cried = heard.length <= FEW_WORDS ? heard : isShouted(text) ? heard.slice(0, 1) : [];
    if (heard.some(({ sound }) => single.has(sound)) || cried.some(({ sound }) => alone.has(sound)))
      return true;
    const keys = heard.map(({ consonants }) => consonants);
    const isDenied = (from: number, to: number, { namesDanger }: Phrase, skipped: number[]): boolean =>
      skipped.some((at) => isNegation(said[at] ?? '')) ||
      (namesDanger &&
        ((said[from - 1] === 'no' && isDanger(said[from] ?? '')) ||
          (NO_PERSON.has(said[from] ?? '') &&
            said.slice(Math.max(0, from - BEFORE), from).some((word) => ENGLISH_NOT.has(word))) ||
          deniesAfter(said[to + 1] ?? '', said[to + 2] ?? '')));
    return keys.some((key, from) =>
      (byFirst.get(key) ?? []).some((phrase) => {
        const skipped: number[] = [];
        const to = follows(keys, from, phrase.consonants, skipped);
        return to !== null && !isDenied(from, to, phrase, skipped);
      }),
    );
  };
}

type Phrase = { consonants: string[]; namesDanger: boolean };

const DENIES_NOTHING = { isNegation: () => false, isDanger: () => false };
/** How many words before a phrase of danger may deny it: "nobody here is in danger". */
const BEFORE = 3;
const ENGLISH_NOT = new Set(['not', 'nt', 'never', 'nobody', 'none', 'without', 'isnt', 'arent', 'dont']);
/** "Not safe, he is in danger": what begins with the person is a sentence of its own. */
const NO_PERSON = new Set(['in', 'is', 'are', 'life', 'danger']);
/** "Jaan ka khatra, nahi to …" threatens. */
const OR_ELSE = new Set(['to', 'toh', 'tho', 'ta', 'tan', 'taan', 'tar', 'तो', 'तर', 'ਤਾਂ', 'તો', 'تو']);

/** The first word in capitals, the rest not. */
function isShouted(text: string): boolean {
  const [first = ''] = /[\p{L}\p{M}]+/u.exec(text) ?? [];
  return /^\p{Lu}{3,}$/u.test(first) && text !== text.toUpperCase();
}

const ALONE = '=';
const FEW_WORDS = 3;

/** Where the phrase ends, null when it does not stand here; the words between its own go into `skipped`. */
function follows(keys: string[], start: number, phrase: string[], skipped: number[]): number | null {
  let at = start;
  for (const wanted of phrase.slice(1)) {
    if (keys[at + 1] === wanted) at += 1;
    else if (keys[at + 2] === wanted) {
      skipped.push(at + 1);
      at += 2;
    } else return null;
  }
  return at;
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
