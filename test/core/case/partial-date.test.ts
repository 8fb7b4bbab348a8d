import { assert, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partialDate } from '../../../src/core/case/partial-date.ts';

/** 22 November 2026, 14:30 in India. */
const NOW = Date.UTC(2026, 10, 22, 9);

describe('a date as it is typed in India', () => {
  it.each([
    ['2025-10-03', '2025-10-03'],
    ['2025/10/3', '2025-10-03'],
    ['3/10/2025', '2025-10-03'],
    ['03-10-25', '2025-10-03'],
    ['3.10.2025', '2025-10-03'],
    ['15/8/98', '1998-08-15'],
    ['3 Oct 2025', '2025-10-03'],
    ['3rd October, 2025', '2025-10-03'],
    ['Oct 3', '2026-10-03'],
    ['25 Nov', '2025-11-25'],
    ['3oct2025', '2025-10-03'],
    ['Oct 2025', '2025-10'],
    ['10/2025', '2025-10'],
    ['2025-10', '2025-10'],
    ['December', '2025-12'],
    ['2025', '2025'],
    ['in 2024 sometime', '2024'],
    ['३ अक्टूबर २०२५', '2025-10-03'],
    ['फ़रवरी 2025', '2025-02'],
    ['ਮਾਰਚ 2025', '2025-03'],
    ['aaj', '2026-11-22'],
    ['kal', '2026-11-21'],
    ['परसों', '2026-11-20'],
    ['2 mahine pehle', '~2026-09-23'],
    ['2mahine', '~2026-09-23'],
    ['do hafte pehle', '~2026-11-08'],
    ['दो हफ़्ते पहले', '~2026-11-08'],
    ['3 days ago', '~2026-11-19'],
    ['a week ago', '~2026-11-15'],
    ['last month', '~2026-10-23'],
    ['maybe 2 weeks ago', '~2026-11-08'],
    ['he may call, last time it was 3 october', '2026-10-03'],
    ['may 2025', '2025-05'],
    ['ਦੋ ਮਹੀਨੇ ਤੋਂ', '~2026-09-23'],
    ['تین ہفتے پہلے', '~2026-11-01'],
    ['બે મહિનાથી', '~2026-09-23'],
    ['రెండు నెలలుగా', '~2026-09-23'],
    ['രണ്ട് മാസമായി', '~2026-09-23'],
    ['இரண்டு மாதமாக', '~2026-09-23'],
    ['দুই মাস ধরে', '~2026-09-23'],
    ['ಎರಡು ತಿಂಗಳಿಂದ', '~2026-09-23'],
    ['दोन महिन्यांपासून', '~2026-09-23'],
    ['moonu masam munpu', '~2026-08-24'],
    ['জুলাই মাসে', '2026-07'],
  ])('%s is %s', (typed, date) => {
    expect(partialDate(typed, NOW)).toBe(date);
  });
});

describe('what is no date, or lies ahead,', () => {
  it.each([
    '23/11/2026',
    '2027',
    'Dec 2026',
    '31/2/2025',
    '2025-13-01',
    '0/0/2025',
    '3/10/202',
    '0001-01-01',
    '9999 years ago',
    'maybe',
    'marne wala tha',
    'mar gaya bolte hain',
    'he may come',
    'रूस मे है',
    'jan ko khatra',
    'no idea',
    '',
    '   ',
    '98123 45678',
  ])('is none: %s', (typed) => {
    expect(partialDate(typed, NOW)).toBeNull();
  });

  it('never breaks, and gives only dates that have been', () => {
    assert(
      property(string({ unit: 'grapheme' }), integer({ min: 0, max: 99_999 }), (text, n) => {
        for (const typed of [text, `${n} ${text}`, `${n}/${text}/${n}`, `${text} ${n} saal`, `${n} din`]) {
          const date = partialDate(typed, NOW);
          if (date === null) continue;
          expect(date).toMatch(/^~?(19|20)\d\d(-\d\d(-\d\d)?)?$/);
          expect(date.replace('~', '') <= '2026-11-22').toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('today is today in India, also when it is yesterday in Greenwich', () => {
    expect(partialDate('today', Date.UTC(2026, 10, 22, 20))).toBe('2026-11-23');
    expect(partialDate('23/11/2026', Date.UTC(2026, 10, 22, 20))).toBe('2026-11-23');
  });
});
