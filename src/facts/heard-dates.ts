import { daysAgoNamed, monthNamed, numberNamed, unitNamed } from '../core/case/date-words.ts';
import { partialDate } from '../core/case/partial-date.ts';
import { western } from '../core/case/unsafe-place.ts';
import type { Found, SoundToken } from '../router/sound-phrases.ts';

/** Words between a date and what happened then. */
const NEAR = 5;
/** In English the date follows what happened; in the languages of India it stands before. */
const FAR_SIDE = 3;

const LONG_ENOUGH = 4;

type Happened = { contact: readonly Found<unknown>[]; travel: readonly Found<unknown>[] };

/** When he was last heard and when he left, each if one date stands nearest to a word for it. */
export function datesHeard(
  text: string,
  tokens: readonly SoundToken[],
  happened: Happened & { others: readonly Found<unknown>[] },
  { now, english }: { now: number; english: boolean },
): Record<string, string | null> {
  const told: { kind: 'contact' | 'travel'; date: string }[] = [];
  const runs = dateRuns(tokens);
  const heard = { contact: outside(happened.contact, runs), travel: outside(happened.travel, runs) };
  for (const { first, last } of runs) {
    const words = text.slice(tokens[first]?.from ?? 0, tokens[last]?.to ?? 0);
    const date = partialDate(words, now);
    const kind = date === null ? null : nearest(tokens, first, last, heard, english);
    if (date === null || kind === null) continue;
    // "The agent called yesterday" is no word from him.
    const by = happened.others.some((other) => Math.abs(other.first - first) <= NEAR);
    if (!(kind === 'contact' && by)) told.push({ kind, date });
  }
  const only = (kind: 'contact' | 'travel'): string | null => {
    const dates = told.filter((one) => one.kind === kind);
    return dates.length === 1 ? (dates[0]?.date ?? null) : null;
  };
  return { last_contact_date: only('contact'), travel_date: only('travel') };
}

/** "kal" (yesterday) sounds like a call: what is part of a date is nothing else. */
const outside = (words: readonly Found<unknown>[], runs: readonly Run[]): Found<unknown>[] =>
  words.filter(({ first }) => !runs.some((run) => run.first <= first && first <= run.last));

type Run = { first: number; last: number };

/** Runs of words that may be a date together: "3 march 2025", "do mahine". */
function dateRuns(tokens: readonly SoundToken[]): Run[] {
  const runs: Run[] = [];
  for (const [at, { raw }] of tokens.entries()) {
    if (!isDateWord(raw)) continue;
    const run = runs.at(-1);
    if (run && run.last === at - 1 && !tokens[run.last]?.ends) run.last = at;
    else runs.push({ first: at, last: at });
  }
  // A short word alone is more often something else: "mar" (died), "jan" (life), "may".
  return runs.filter(({ first, last }) => last > first || (tokens[first]?.raw.length ?? 0) >= LONG_ENOUGH);
}

function isDateWord(raw: string): boolean {
  const word = western(raw).normalize('NFC').toLowerCase();
  if (/^\d/.test(word)) return true;
  return [monthNamed, unitNamed, daysAgoNamed, numberNamed].some((named) => named(word) !== undefined);
}

/** The nearer of the two on the side where the language puts it; a little further off on the other. */
function nearest(
  tokens: readonly SoundToken[],
  first: number,
  last: number,
  happened: Happened,
  english: boolean,
): 'contact' | 'travel' | null {
  const distance = (word: Found<unknown>): number => {
    const [before, after] = [first - word.last, word.first - last];
    const far = before > 0 ? before : after;
    const [from, to] = before > 0 ? [word.last, first] : [last, word.first];
    if (tokens.slice(from, to).some(({ ends }) => ends)) return Infinity;
    return far + (before > 0 === english ? 0 : FAR_SIDE);
  };
  const closest = (words: readonly Found<unknown>[]): number => Math.min(Infinity, ...words.map(distance));
  const [contact, travel] = [closest(happened.contact), closest(happened.travel)];
  if (Math.min(contact, travel) > NEAR + FAR_SIDE || contact === travel) return null;
  return contact < travel ? 'contact' : 'travel';
}
