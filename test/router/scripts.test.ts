import { describe, expect, test } from 'vitest';
import { consonantKey, skeleton, soundKey } from '../../src/router/phonetic-key.ts';
import { romanise } from '../../src/router/scripts.ts';

const keyOf = (word: string): string => consonantKey(soundKey(romanise(word.normalize('NFKC'))));
const soundOf = (word: string): string => soundKey(romanise(word.normalize('NFKC')));
const skeletonOf = (word: string): string => skeleton(soundOf(word));

describe('"passport" has one key in every script', () => {
  test.each([
    ['Devanagari', 'पासपोर्ट'],
    ['Gurmukhi', 'ਪਾਸਪੋਰਟ'],
    ['Gujarati', 'પાસપોર્ટ'],
    ['Bengali', 'পাসপোর্ট'],
    ['Tamil', 'பாஸ்போர்ட்'],
    ['Telugu', 'పాస్పోర్ట్'],
    ['Kannada', 'ಪಾಸ್ಪೋರ್ಟ್'],
    ['Malayalam', 'പാസ്പോർട്ട്'],
    ['Urdu', 'پاسپورٹ'],
  ])('%s', (_, word) => {
    expect(keyOf(word)).toBe(keyOf('passport'));
  });
});

describe('a word sounds the same in its script and as people type it', () => {
  test.each([
    ['Hindi nukta', 'ज़िंदगी', 'zindagi'],
    ['Hindi flap, typed as d', 'लड़का', 'ladka'],
    ['Hindi, long vowels', 'नौकरी', 'naukri'],
    ['Hindi, a schwa inside', 'करना', 'karna'],
    ['Bengali', 'আমার', 'amar'],
    ['Tamil, voiced after a nasal', 'வந்தான்', 'vandhan'],
    ['Malayalam chillu', 'ഞാൻ', 'nyan'],
    ['Punjabi', 'ਪੁੱਤਰ', 'puttar'],
    ['Gujarati', 'મદદ', 'madad'],
    ['Telugu', 'సహాయం', 'sahayam'],
    ['Kannada', 'ಸಹಾಯ', 'sahaya'],
  ])('%s', (_, native, typed) => {
    expect(soundOf(native)).toBe(soundOf(typed));
  });

  test.each([
    ['نوکری', 'naukri'],
    ['عورت', 'aurat'],
    ['جواب', 'jawab'],
    ['مدد', 'madad'],
    ['خبر', 'khabar'],
    ['کہاں', 'kahan'],
    ['پہلے', 'pahle'],
    ['اسٹیشن', 'steshan'],
  ])('Urdu %s keeps its consonants', (native, typed) => {
    expect(keyOf(native)).toBe(keyOf(typed));
  });
});

test('free spellings share one sound', () => {
  expect(new Set(['zindagi', 'jindagee', 'zindgi'].map(keyOf)).size).toBe(1);
  expect(soundOf('phauj')).toBe(soundOf('fauz'));
});

test('different words keep different sounds', () => {
  expect(soundOf('bhai')).not.toBe(soundOf('behen'));
  expect(keyOf('passport')).not.toBe(keyOf('phone'));
});

test('a skeleton keeps what Urdu writes too', () => {
  expect(skeletonOf('बताना')).toBe(skeletonOf('batana'));
  expect(skeletonOf('بتانا')).toBe(skeletonOf('batana'));
  expect(skeletonOf('agent')).toBe(skeletonOf('एजेंट'));
  expect(skeletonOf('رہا')).toBe(skeletonOf('raha'));
});
