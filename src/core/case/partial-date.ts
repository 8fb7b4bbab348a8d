import { daysAgoNamed, monthNamed, numberNamed, unitNamed } from './date-words.ts';
import { western } from './unsafe-place.ts';

/** A date as far as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. A leading `~` says "about". */
export type PartialDate = string;

const DAY_MS = 24 * 3600_000;
const IST_OFFSET_MS = 5.5 * 3600_000;

const two = (n: number): string => String(n).padStart(2, '0');
const isoDay = (ms: number): string => new Date(ms + IST_OFFSET_MS).toISOString().slice(0, 10);

function checked(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? `${year}-${two(month)}-${two(day)}`
    : null;
}

/** Two digits are a year of this century up to now, else of the last. */
const century = (year: number, now: number): number =>
  year >= 100 ? year : 2000 + year <= Number(isoDay(now).slice(0, 4)) ? 2000 + year : 1900 + year;

/**
 * Reads a date as people in India type it: 2025-10-03, 3/10/2025, 3 Oct 2025, Oct 2025, 2025, "2 mahine pehle", "kal".
 * Day comes before month. Null when there is no real date in it, or it lies after `now`.
 */
export function partialDate(text: string, now: number): PartialDate | null {
  const typed = western(text.slice(0, 200)).normalize('NFC').toLowerCase().trim();
  const apart = typed.replace(/(\d)(\p{L})/gu, '$1 $2').replace(/(\p{L})(\d)/gu, '$1 $2');
  const found = read(apart, now);
  if (found === null || !/^~?(?:19|20)\d\d/.test(found)) return null;
  return notAfter(found, now) ? found : null;
}

const notAfter = (date: PartialDate, now: number): boolean => {
  const bare = date.replace('~', '');
  return bare <= isoDay(now).slice(0, bare.length);
};

const isDay = (word: string): boolean => /^\d{1,2}$/.test(word);
const isNumber = (word: string | undefined): boolean => /^\d+$/.test(word ?? '');

/** Names of months that are everyday words too: "he may", "mar gaya" (died), "jan" (life). A number makes them months. */
const EVERYDAY = new Set(['may', 'mar', 'jan', 'mai', 'मे', 'जन', 'फर', 'મે']);

const isMonth = (words: string[], at: number): boolean =>
  !EVERYDAY.has(words[at] ?? '') || words.length === 1 || isNumber(words[at - 1]) || isNumber(words[at + 1]);

function read(text: string, now: number): PartialDate | null {
  const iso = /\b(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?\b/.exec(text);
  if (iso)
    return iso[3]
      ? checked(Number(iso[1]), Number(iso[2]), Number(iso[3]))
      : month(Number(iso[1]), Number(iso[2]));
  const indian = /\b(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})\b/.exec(text);
  if (indian) return checked(century(Number(indian[3]), now), Number(indian[2]), Number(indian[1]));
  const monthly = /\b(\d{1,2})[./-](\d{4})\b/.exec(text);
  if (monthly) return month(Number(monthly[2]), Number(monthly[1]));
  const words = text.split(/[\s,.]+/);
  const at = words.findIndex((word, i) => monthNamed(word) !== undefined && isMonth(words, i));
  const named = monthNamed(words[at] ?? '');
  const year = Number(/\b((?:19|20)\d{2})\b/.exec(text)?.[1] ?? Number.NaN);
  if (named !== undefined) {
    const day = Number([1, -1, 2, -2].map((far) => words[at - far] ?? '').find(isDay) ?? Number.NaN);
    const inYear = (value: number): string | null =>
      Number.isNaN(day) ? month(value, named) : checked(value, named, day);
    if (!Number.isNaN(year)) return inYear(year);
    const thisYear = Number(isoDay(now).slice(0, 4));
    const recent = inYear(thisYear);
    return recent !== null && notAfter(recent, now) ? recent : inYear(thisYear - 1);
  }
  for (const [i, word] of words.entries()) {
    const count = Number(/^\d{1,4}$/.exec(word)?.[0] ?? numberNamed(word) ?? Number.NaN);
    const unit = unitNamed(words[i + 1] ?? '');
    if (!Number.isNaN(count) && unit !== undefined) return `~${isoDay(now - count * unit * DAY_MS)}`;
    const ago = daysAgoNamed(word);
    if (ago !== undefined) return isoDay(now - ago * DAY_MS);
  }
  return Number.isNaN(year) ? null : String(year);
}

const month = (year: number, value: number): string | null =>
  value >= 1 && value <= 12 ? `${year}-${two(value)}` : null;
