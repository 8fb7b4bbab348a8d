import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tellsPosition, western, withoutPosition } from '../../../src/core/case/unsafe-place.ts';

describe('an exact position is found', () => {
  it.each([
    '47.9031, 37.7502',
    '47.9031 37.7502',
    'lat 47.9031 lon 37.7502',
    '47.9031N 37.7502E',
    '47.9031° N, 37.7502° E',
    '-12.345678/98.765432',
    '47,90312; 37,75021',
    'he is at 47.903125',
    '47°54′11″N 37°45′0″E',
    "48° 20' N",
    '48 20 31 N 37 12 10 E',
    'geo:47.9,37.7',
    'https://maps.app.goo.gl/AbCd',
    'https://www.google.com/maps/@47.9,37.7,15z',
    'https://www.google.co.in/maps/place/x',
    'https://yandex.ru/maps/?ll=37',
    'https://www.openstreetmap.org/#map=15',
    '///filled.count.soap',
    '///शब्द.दूसरा.तीसरा',
    'what3words.com/filled.count.soap',
    '37U DB 12345 67890',
    '37UDB1234567890',
    '37udb1234567890',
    '४७.९०३१, ३७.७५०२',
    '੪੭.੯੦੩੧ ੩੭.੭੫੦੨',
  ])('in %s, and taken out', (text) => {
    expect(tellsPosition(text)).toBe(true);
    expect(tellsPosition(`Papa, please: ${text}, come soon`)).toBe(true);
    expect(tellsPosition(withoutPosition(`Papa, please: ${text}, come soon`))).toBe(false);
    expect(withoutPosition(`Papa, please: ${text} come soon`)).toMatch(/^Papa, please: .*\[…\].* come soon$/);
  });
});

describe('no exact position is seen', () => {
  it.each([
    '+91 98123 45678',
    '9812345678, 9876543210',
    '98123.45678',
    '011-2345-6789',
    '+7 (495) 783-75-35',
    '03.10.2025',
    '3/10/2025, 4/11/2025',
    'from 10.2024, 11.2024 on',
    '2025-10-03',
    'Rs 50,000',
    'Rs 50,000, 60,000 and 75,000',
    '1,50,000 rupees',
    '3,500,000',
    '2.5 lakh, 3.5 lakh',
    'paid 12K RS 5000',
    'FIR No. 0123/2024',
    'FIR 12/2025 PS Sadar, 123/2024',
    'MADAD 2024/RUS/001234',
    'PB 10 CD 1234',
    'DL 3C AB 1234',
    'fever of 39° C',
    '-20 °C',
    'Belgorod',
    'near Donetsk, 40 km from the border',
    'passport Z1234567',
    'मेरा फ़ोन ९८१२३४५६७८',
    'unit 12345',
    'www.example.com/a.b.c',
  ])('in %s, which stays as it is', (text) => {
    expect(tellsPosition(text)).toBe(false);
    expect(withoutPosition(text)).toBe(text);
  });

  it('takes no more than a moment with any text', () => {
    for (const text of [
      '9'.repeat(40_000),
      '9.'.repeat(20_000),
      '47.9031,'.repeat(5_000),
      'a'.repeat(40_000),
    ]) {
      const began = performance.now();
      withoutPosition(text);
      expect(performance.now() - began).toBeLessThan(1_000);
    }
  });
});

it('nothing that is left tells a position, whatever was typed', () => {
  assert(
    property(string({ unit: 'grapheme' }), string(), (a, b) => {
      expect(tellsPosition(withoutPosition(`${a} 47.9031, 37.7502 ${b}`))).toBe(false);
    }),
    { numRuns: 200 },
  );
});

it('digits of every Indian script are read as digits', () => {
  expect(western('०१२ ০১২ ੦੧੨ ૦૧૨ ୦୧୨ ௦௧௨ ౦౧౨ ೦೧೨ ൦൧൨ ۰۱۲ ٠١٢')).toBe(Array(11).fill('012').join(' '));
});
