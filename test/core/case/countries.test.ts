import { assert, property } from 'fast-check';
import { expect, it } from 'vitest';
import { countryFrom, countryName } from '../../../src/core/case/countries.ts';
import { hostileText } from '../../support/hostile-text.ts';

it.each([
  ['Russia', 'en', 'RU'],
  ['russia!', 'en', 'RU'],
  ['RU', 'en', 'RU'],
  ['ru', 'en', 'RU'],
  ['रूस', 'hi', 'RU'],
  ['रूस में है', 'hi', 'RU'],
  ['यूक्रेन', 'hi', 'UA'],
  ['roos', 'hi-Latn', 'RU'],
  ['wo roos mein hai', 'hi-Latn', 'RU'],
  ['Russia', 'pa', 'RU'],
  ['he went from India to Russia', 'en', 'RU'],
  ['India', 'en', 'IN'],
  ['United Arab Emirates', 'en', 'AE'],
  ['he is in the united arab emirates now', 'en', 'AE'],
  ['dubai', 'en', 'AE'],
  ['UK', 'en', 'GB'],
])('"%s" in %s is %s', (typed, language, code) => {
  expect(countryFrom(typed, language)).toBe(code);
});

it.each(['no', 'No', 'in', 'me', 'is', 'na', 'I am not sure', '', '12345', 'x'.repeat(10_000)])(
  '"%s" is no country',
  (typed) => {
    expect(countryFrom(typed, 'en')).toBeNull();
  },
);

it('no text breaks it', () => {
  assert(
    property(hostileText, (typed) => {
      expect(countryFrom(typed, 'hi') ?? 'RU').toMatch(/^[A-Z]{2}$/);
    }),
    { numRuns: 100 },
  );
});

it('a country is named in the language of the reader', () => {
  expect([countryName('RU', 'en'), countryName('RU', 'hi'), countryName('RU', 'hi-Latn')]).toEqual([
    'Russia',
    'रूस',
    'Russia',
  ]);
  expect(countryName('??', 'en')).toBe('??');
});
