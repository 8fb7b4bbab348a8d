import { describe, expect, it } from 'vitest';
import { words } from '../../src/router/words.ts';

describe('a number from 10 to 17', () => {
  it.each([
    'my 16 year old son',
    'he is only 17',
    'she is 16',
    'uski umar 16 saal hai',
    'mera beta 16 ka hai',
    'वो सिर्फ १६ साल का है',
    'ਉਮਰ 16 ਸਾਲ',
    'ami 16 bochor er',
    'enakku 17 vayasu',
    'a girl 15',
    'عمر ۱۶ سال',
  ])('is an age: %s', (text) => {
    expect(words(text)).toContain('#teen');
  });

  it.each([
    '16 march',
    '12/10/2025 ko',
    'B-12 janakpuri',
    'flat 16',
    'gali no 14',
    'house no is 16',
    'my son went to Russia on 14 March 2026',
    '12 mahine ho gaye',
    '15 log hai',
    '16 tarikh ko gaya',
    'my boy 14 march se gayab',
  ])('is none: %s', (text) => {
    expect(words(text)).not.toContain('#teen');
  });
});
