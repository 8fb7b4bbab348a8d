import { western } from './unsafe-place.ts';

/** A date as far as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. A leading `~` says "about". */
export type PartialDate = string;

const DAY_MS = 24 * 3600_000;
const IST_OFFSET_MS = 5.5 * 3600_000;

/** Whole words: "maybe" is no month. */
const MONTHS: [RegExp, number][] = [
  [/^(jan|january|janvari|janwari|जन|जनवरी|ਜਨ|ਜਨਵਰੀ)$/, 1],
  [/^(feb|february|farvari|farwari|फर|फरवरी|फ़रवरी|ਫਰ|ਫਰਵਰੀ|ਫ਼ਰਵਰੀ)$/, 2],
  [/^(mar|march|मार्च|ਮਾਰਚ)$/, 3],
  [/^(apr|april|aprail|अप्रैल|ਅਪ੍ਰੈਲ)$/, 4],
  [/^(may|मई|ਮਈ)$/, 5],
  [/^(jun|june|joon|जून|ਜੂਨ)$/, 6],
  [/^(jul|july|julai|जुलाई|ਜੁਲਾਈ)$/, 7],
  [/^(aug|august|agast|अगस्त|ਅਗਸਤ)$/, 8],
  [/^(sep|sept|september|sitambar|सितंबर|सितम्बर|ਸਤੰਬਰ)$/, 9],
  [/^(oct|october|aktubar|aktoobar|अक्टूबर|अक्तूबर|ਅਕਤੂਬਰ)$/, 10],
  [/^(nov|november|navambar|नवंबर|नवम्बर|ਨਵੰਬਰ)$/, 11],
  [/^(dec|december|disambar|दिसंबर|दिसम्बर|ਦਸੰਬਰ)$/, 12],
];

const UNITS: [RegExp, number][] = [
  [/^(day|days|din|dino|दिन|दिनों|ਦਿਨ)$/, 1],
  [/^(week|weeks|hafta|hafte|haftey|हफ्ते|हफ्ता|हफ़्ते|सप्ताह|ਹਫ਼ਤੇ)$/, 7],
  [/^(month|months|mahina|mahine|mahino|maheene|महीने|महीना|माह|ਮਹੀਨੇ)$/, 30],
  [/^(year|years|saal|sal|साल|वर्ष|ਸਾਲ)$/, 365],
];

const WORDS: [RegExp, number][] = [
  [/^(today|aaj|आज|ਅੱਜ)$/, 0],
  [/^(yesterday|kal|कल|ਕੱਲ੍ਹ)$/, 1],
  [/^(parso|parson|परसों|ਪਰਸੋਂ)$/, 2],
];

const NUMBERS: Record<string, number> = {
  last: 1,
  pichle: 1,
  pichhle: 1,
  पिछले: 1,
  ek: 1,
  one: 1,
  a: 1,
  एक: 1,
  do: 2,
  two: 2,
  दो: 2,
  teen: 3,
  three: 3,
  तीन: 3,
  char: 4,
  chaar: 4,
  four: 4,
  चार: 4,
  paanch: 5,
  panch: 5,
  five: 5,
  पांच: 5,
  पाँच: 5,
  chhe: 6,
  che: 6,
  six: 6,
  छह: 6,
};

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
  const named = words
    .map((word) => MONTHS.find(([pattern]) => pattern.test(word))?.[1])
    .find((value) => value !== undefined);
  const year = Number(/\b((?:19|20)\d{2})\b/.exec(text)?.[1] ?? Number.NaN);
  if (named !== undefined) {
    const day = Number(/(?<![\d])(\d{1,2})(?![\d])/.exec(text)?.[1] ?? Number.NaN);
    const inYear = (value: number): string | null =>
      Number.isNaN(day) ? month(value, named) : checked(value, named, day);
    if (!Number.isNaN(year)) return inYear(year);
    const thisYear = Number(isoDay(now).slice(0, 4));
    const recent = inYear(thisYear);
    return recent !== null && notAfter(recent, now) ? recent : inYear(thisYear - 1);
  }
  for (const [i, word] of words.entries()) {
    const count = Number(/^\d{1,4}$/.exec(word)?.[0] ?? NUMBERS[word] ?? Number.NaN);
    const unit = UNITS.find(([pattern]) => pattern.test(words[i + 1] ?? ''))?.[1];
    if (!Number.isNaN(count) && unit !== undefined) return `~${isoDay(now - count * unit * DAY_MS)}`;
    const ago = WORDS.find(([pattern]) => pattern.test(word))?.[1];
    if (ago !== undefined) return isoDay(now - ago * DAY_MS);
  }
  return Number.isNaN(year) ? null : String(year);
}

const month = (year: number, value: number): string | null =>
  value >= 1 && value <= 12 ? `${year}-${two(value)}` : null;
