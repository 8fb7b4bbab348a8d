import { countryName } from '../core/case/countries.ts';
import type { ReadFacts } from '../core/family/facts.ts';
import { readAnswer } from '../core/case/intake-answers.ts';
import { fieldById } from '../core/case/intake-form.ts';
import type { FactPack, FactWords, HeardRole } from './fact-pack.ts';
import { datesHeard } from './heard-dates.ts';
import { nameReader } from './heard-names.ts';
import {
  phraseFinder,
  soundOf,
  soundTokens,
  type Found,
  type PhraseFinder,
  type SoundToken,
} from '../router/sound-phrases.ts';

/** Longer messages are read this far. */
const READ_AT_MOST = 2000;
/** Words between "passport" and what became of it. */
const NEAR = 6;

/**
 * Languages that are written into one another, so that the language model may mistake one for the other. English words
 * stand in every one of them.
 */
const KIN: readonly (readonly string[])[] = [['hi', 'ur', 'pa']];

type Key = Exclude<keyof FactWords, 'relation'>;
type Finders = { relation: PhraseFinder<HeardRole>; words: PhraseFinder<Key>; spot: PhraseFinder<Spot> };
type Spot = { country: string; named: boolean };

/** Makes the reader of facts from the pack's words. Precision first: what is not plain is asked in the form. */
export function factReader(pack: FactPack): ReadFacts {
  const made = new Map<string, Finders>();
  const nameIn = nameReader(pack);
  const findersFor = (language: string): Finders => {
    const group = [...new Set(['en', ...(KIN.find((kin) => kin.includes(language)) ?? [language])])];
    const key = group.join();
    const finders = made.get(key) ?? findersOf(pack, group);
    made.set(key, finders);
    return finders;
  };

  return (text, language, now) => {
    const read = text.slice(0, READ_AT_MOST);
    const tokens = soundTokens(read);
    const finders = findersFor(language.split('-')[0] ?? 'en');
    const words = finders.words(tokens);
    const at = (key: Key): Found<Key>[] => words.filter(({ value }) => value === key);
    const relations = finders.relation(tokens);
    const role = roleHeard(relations, at('my'));
    const heard: Record<string, string | null> = {
      reporter_role: role,
      ...(role === 'self' ? {} : nameIn(tokens, relations, at('name'), at('my'))),
      ...placeHeard(tokens, finders.spot(tokens)),
      ...datesHeard(
        read,
        tokens,
        { contact: at('contact'), travel: at('travel'), others: at('others') },
        { now, english: language === 'en' },
      ),
      passport_status: passportHeard(tokens, at),
      contract_signed: isSigned(tokens, at) ? 'yes' : null,
      reporter_phone: phoneHeard(read, tokens, at('his')),
    };
    return Object.fromEntries(
      Object.entries(heard).flatMap(([id, value]) => {
        const kept = value === null ? null : asAnswered(id, value, language, now);
        return kept === null ? [] : [[id, kept]];
      }),
    );
  };
}

function findersOf(pack: FactPack, languages: readonly string[]): Finders {
  const lists = languages.flatMap((language) => pack.words.get(language) ?? []);
  const spots = [...pack.places].flatMap(([country, { places, country: spelt }]) => {
    const names = languages.map((language) => countryName(country, language));
    return [
      [{ country, named: true }, places.map(inflected)],
      [{ country, named: false }, [...spelt, ...names].map(inflected)],
    ] as const;
  });
  return {
    relation: phraseFinder(
      lists.flatMap(({ relation }) => ROLES.map((role): [HeardRole, string[]] => [role, relation[role]])),
    ),
    words: phraseFinder(lists.flatMap((list) => KEYS.map((key): [Key, string[]] => [key, list[key] ?? []]))),
    spot: phraseFinder<Spot>(spots),
  };
}

const LONG_NAME = 5;
/** "In Russia" is one word in many languages; a short name would be the beginning of too many others. */
const inflected = (name: string): string => (soundOf(name).length < LONG_NAME ? name : `${name}*`);

const ROLES: readonly HeardRole[] = ['self', 'parent', 'spouse', 'sibling', 'child', 'kin', 'friend'];
const KEYS: readonly Key[] = [
  'my',
  'contact',
  'travel',
  'passport',
  'taken',
  'lost',
  'russian-papers',
  'contract',
  'signed',
  'not',
  'name',
  'his',
  'others',
];

/** One relation, or the one that is called "my"; two of them say nothing sure. */
function roleHeard(relations: readonly Found<HeardRole>[], my: readonly Found<Key>[]): HeardRole | null {
  const called = relations.filter(
    ({ first, last }) =>
      last > first || my.some((word) => word.last === first - 1 || word.last === first - 2),
  );
  const roles = new Set((called.length > 0 ? called : relations).map(({ value }) => value));
  const [role] = roles;
  return roles.size === 1 && role !== undefined ? role : null;
}

/** The last place that is named, as it was typed, and the one country that is spoken of. */
function placeHeard(
  tokens: readonly SoundToken[],
  spots: readonly Found<Spot>[],
): Record<string, string | null> {
  const plain = spots.filter(({ last }) => !NATIONALITY.test(tokens[last]?.sound ?? ''));
  const places = plain.filter(({ value }) => value.named);
  const countries = new Set((places.length > 0 ? places : plain).map(({ value }) => value.country));
  const place = places.at(-1);
  return {
    country_now: countries.size === 1 ? ([...countries][0] ?? null) : null,
    place_text: place
      ? tokens
          .slice(place.first, place.last + 1)
          .map(({ raw }) => raw)
          .join(' ')
      : null,
  };
}

/** "Russian army" says nothing of where he is. */
const NATIONALITY = /^(?:r[aou]si$|r[aou]si?[ae]n|i?ukreni[ae]?n)/;

function passportHeard(tokens: readonly SoundToken[], at: (key: Key) => Found<Key>[]): string | null {
  const near = (key: Key): boolean =>
    at('passport').some((passport) => at(key).some((word) => areNear(tokens, passport, word)));
  const said = [
    ...(near('taken') ? ['taken'] : []),
    ...(near('lost') ? ['lost'] : []),
    ...(at('russian-papers').length > 0 ? ['russian_papers'] : []),
  ];
  return said.length === 1 ? (said[0] ?? null) : null;
}

function isSigned(tokens: readonly SoundToken[], at: (key: Key) => Found<Key>[]): boolean {
  return at('contract').some((contract) =>
    at('signed').some(
      (signed) =>
        areNear(tokens, contract, signed) && !at('not').some((no) => Math.abs(no.first - signed.last) <= 3),
    ),
  );
}

function areNear(tokens: readonly SoundToken[], a: Found<unknown>, b: Found<unknown>): boolean {
  const [first, second] = a.first < b.first ? [a, b] : [b, a];
  return (
    second.first - first.last <= NEAR && !tokens.slice(first.last, second.first).some(({ ends }) => ends)
  );
}

const PHONE = /\+?\p{Nd}[\p{Nd}\s().-]{8,16}\p{Nd}/gu;

/** The writer's own number: the only one in the message, and not said to be somebody else's. */
function phoneHeard(text: string, tokens: readonly SoundToken[], his: readonly Found<Key>[]): string | null {
  const numbers = [...text.matchAll(PHONE)];
  const [number] = numbers;
  if (!number || numbers.length > 1) return null;
  const others = his.some(({ last }) => {
    const to = tokens[last]?.to ?? 0;
    return to <= number.index && number.index - to < 20;
  });
  return others ? null : number[0];
}

/** The value as the form would have stored it; null when the form would have asked again. */
function asAnswered(id: string, value: string, language: string, now: number): string | null {
  const field = fieldById(id);
  if (!field) return null;
  if (field.options?.includes(value) || field.kind === 'country') return value;
  const answer = readAnswer(field, value, language, now);
  if ('problem' in answer) return null;
  return field.kind === 'date' ? value : answer.value;
}
