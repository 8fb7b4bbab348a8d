import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { countryFrom } from './countries.ts';
import type { Field } from './intake-form.ts';
import { partialDate } from './partial-date.ts';
import { tellsPosition, western } from './unsafe-place.ts';

/** What a reply to a question is worth: a value, or the key of the sentence that says what to do. */
export type Answer = { value: string; flag?: string } | { problem: string };

const LINK = /https?:|www\.|\.com\b|t\.me\//i;
const NAME = /^[\p{L}\p{M}\s.'’\-‌‍]+$/u;
const EARLIEST_ARMY_CONTACT = '2022-02-24';
const WITHIN_DAYS: Record<string, number> = { today: 1, week: 7, month: 30, quarter: 90, longer: 180 };

/**
 * Reads a typed reply by the kind of its field. Pure; `options` are the field's codes whose labels the caller has
 * already compared. Keeps the original script of names.
 */
export function readAnswer(field: Field, typed: string, language: string, now: number): Answer {
  const text = typed.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (text === '') return { problem: 'problem.empty' };
  switch (field.kind) {
    case 'name':
      return name(text, field.max ?? 80);
    case 'phone':
      return phone(text);
    case 'date':
      return date(field, text, now);
    case 'country': {
      const code = countryFrom(text, language);
      return code ? { value: code } : { problem: 'problem.country' };
    }
    case 'place':
      if (tellsPosition(text)) return { problem: 'problem.position' };
      return limited(text, field.max ?? 120);
    case 'reference':
      return limited(text, field.max ?? 200);
    case 'text':
      if (tellsPosition(text)) return { problem: 'problem.position' };
      return limited(text, field.max ?? 300);
    case 'choice':
    case 'choices':
      return { problem: 'problem.choose' };
  }
}

function name(text: string, max: number): Answer {
  if (LINK.test(text) || /\d/.test(western(text)) || !NAME.test(text) || !/\p{L}/u.test(text))
    return { problem: 'problem.name' };
  if (Array.from(text).length < 2) return { problem: 'problem.name' };
  return limited(text, max);
}

const limited = (text: string, max: number): Answer =>
  Array.from(text).length > max ? { problem: 'problem.long' } : { value: text };

/** E.164; ten digits that start with 6-9 are read as an Indian mobile. */
function phone(text: string): Answer {
  const digits = western(text);
  const bare = digits.replace(/\D/g, '');
  const indian = /^0?[6-9]\d{9}$/.test(bare) && !digits.trim().startsWith('+');
  const parsed = parsePhoneNumberFromString(indian ? `+91${bare.slice(-10)}` : digits, 'IN');
  return parsed?.isPossible() && /^\+[1-9]\d{6,14}$/.test(parsed.number)
    ? { value: parsed.number }
    : { problem: 'problem.phone' };
}

function date(field: Field, text: string, now: number): Answer {
  const value = partialDate(text, now);
  if (value === null) return { problem: 'problem.date' };
  const bare = value.replace('~', '');
  if (field.id === 'person_birth') {
    const age = new Date(now).getUTCFullYear() - Number(bare.slice(0, 4));
    return age >= 10 && age <= 90 ? { value: bare } : { problem: 'problem.birth' };
  }
  if (field.id === 'last_contact_date' && bare < EARLIEST_ARMY_CONTACT.slice(0, bare.length))
    return { problem: 'problem.date' };
  return { value };
}

/** The value of a chosen option: dates become "about" dates, so that the desk reads days and not buttons. */
export function chosen(field: Field, option: string, now: number): string {
  const days = field.kind === 'date' ? WITHIN_DAYS[option] : undefined;
  if (days === undefined) return option;
  const back = new Date(now + 5.5 * 3600_000 - (option === 'today' ? 0 : days * 24 * 3600_000))
    .toISOString()
    .slice(0, 10);
  return option === 'today' ? back : option === 'longer' ? `<${back}` : `>${back}`;
}
