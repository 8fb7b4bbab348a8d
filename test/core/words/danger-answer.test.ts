import { describe, expect, it } from 'vitest';
import { folded } from '../../../src/core/words/folded-words.ts';
import { readDanger } from '../../../src/core/family/danger-words.ts';
import { DANGER_REPLIES, replies } from '../../support/danger-replies.ts';
import { KNOWLEDGE } from '../../support/helpline-bench.ts';

const read = (language: string, text: string): string | null => readDanger(KNOWLEDGE, language, text).says;

const table = Object.entries(DANGER_REPLIES).flatMap(([language, lines]) =>
  Object.entries(lines).map(([meant, line]) => ({ language, meant, typed: replies(line) })),
);

describe('a typed answer to "is somebody in danger?"', () => {
  it('is tried in every way of writing, six ways or more', () => {
    expect(Object.keys(DANGER_REPLIES).toSorted()).toEqual(KNOWLEDGE.languages.toSorted());
    for (const { typed } of table) expect(typed.length).toBeGreaterThanOrEqual(6);
  });

  it.each(table)('in $language is read as $meant', ({ language, meant, typed }) => {
    expect(typed.filter((text) => read(language, text) !== meant)).toEqual([]);
  });

  it.each(table)(
    'in $language is read as $meant with invisible letters and emoji',
    ({ language, meant, typed }) => {
      const dressed = typed.map((text) => `\u200e${text}\u200d\u200b\ufeff 🙏🏽`);
      expect(dressed.filter((text) => read(language, text) !== meant)).toEqual([]);
    },
  );

  it.each(KNOWLEDGE.languages)('in %s is what the buttons say', (language) => {
    const speech = KNOWLEDGE.speech(language);
    for (const answer of ['yes', 'no', 'unknown'])
      expect(read(language, speech.label(`option.danger_now.${answer}`))).toBe(answer);
  });

  it('is understood in the language of a neighbour', () => {
    for (const text of ['nahi', 'नहीं', 'ledu', 'illai', 'ਨਹੀਂ']) expect(read('en', text)).toBe('no');
    expect(read('te', 'haan ji')).toBe('yes');
  });
});

describe('what is no plain answer', () => {
  it.each([
    ['no one is helping us'],
    ['nahi bachega wo'],
    ['no, danger now'],
    ['yes no'],
    ['haan, abhi khatra nahi hai'],
    ['nahi khatra hai'],
    ['khatra?'],
    ['is he safe?'],
    ['mera beta Ramesh'],
    ['safe but in danger'],
  ])('%s is neither yes nor no', (text) => {
    expect(read('hi-Latn', text)).toBeNull();
  });

  it('a no with more behind it is a no, but not the whole of it', () => {
    expect(readDanger(KNOWLEDGE, 'en', 'No, he called from the hospital')).toMatchObject({
      says: 'no',
      whole: false,
    });
    expect(readDanger(KNOWLEDGE, 'hi-Latn', 'pata nahi wo kahan chala gaya')).toMatchObject({
      says: 'unknown',
      whole: false,
    });
  });

  it('not safe is danger', () => {
    expect(read('en', 'he is not safe')).toBe('yes');
    expect(read('hi-Latn', 'wo surakshit nahi hai')).toBe('yes');
  });

  it('what is said beside a denial is left over', () => {
    expect(readDanger(KNOWLEDGE, 'en', 'Nobody is in danger, I wrote it wrongly').rest.trim()).toBe(
      'I wrote it wrongly',
    );
  });
});

it.each([
  ['NAHIII!!', 'nahi'],
  ['न\u200dहीं', 'नही'],
  ['ख़तरा', 'खतरा'],
  ['نہيں', 'نہیں'],
  ['don’t know', 'dont know'],
  ['khaatraa', 'khatra'],
  ['ഇപ്പോള്‍', 'ഇപ്പോൾ'],
])('%s is spelt as %s', (typed, usual) => {
  expect(folded(typed)).toBe(folded(usual));
});
