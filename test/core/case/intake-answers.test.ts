import { assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosen, readAnswer } from '../../../src/core/case/intake-answers.ts';
import { FIELD_IDS, fieldById, type Field } from '../../../src/core/case/intake-form.ts';
import { tellsPosition } from '../../../src/core/case/unsafe-place.ts';
import { hostileText } from '../../support/hostile-text.ts';

const NOW = Date.UTC(2026, 10, 22, 9);
const field = (id: string): Field => {
  const found = fieldById(id);
  if (!found) throw new Error(id);
  return found;
};
const read = (id: string, typed: string, language = 'en') => readAnswer(field(id), typed, language, NOW);

describe('an answer is read by the kind of its question', () => {
  it.each([
    ['reporter_name', 'Balwinder Kaur', 'Balwinder Kaur'],
    ['reporter_name', '  बलविंदर   कौर ', 'बलविंदर कौर'],
    ['person_name', "D'Souza-Rao Jr.", "D'Souza-Rao Jr."],
    ['person_name', 'ਬਲਵਿੰਦਰ ਕੌਰ', 'ਬਲਵਿੰਦਰ ਕੌਰ'],
    ['reporter_phone', '98123 45678', '+919812345678'],
    ['reporter_phone', '098123-45678', '+919812345678'],
    ['reporter_phone', '+91 98123 45678', '+919812345678'],
    ['reporter_phone', '919812345678', '+919812345678'],
    ['reporter_phone', '९८१२३४५६७८', '+919812345678'],
    ['reporter_phone', '+7 495 783-75-35', '+74957837535'],
    ['country_now', 'Russia', 'RU'],
    ['person_birth', '15/8/98', '1998-08-15'],
    ['person_birth', '28 saal', '1998-11-29'],
    ['last_contact_date', '2 mahine pehle', '~2026-09-23'],
    ['place_text', 'Belgorod', 'Belgorod'],
    ['reported_elsewhere', 'FIR 0123/2024, MADAD RUS/12', 'FIR 0123/2024, MADAD RUS/12'],
  ])('%s: %s is %s', (id, typed, value) => {
    expect(read(id, typed)).toEqual({ value });
  });

  it.each([
    ['reporter_name', '', 'problem.empty'],
    ['reporter_name', '9812345678', 'problem.name'],
    ['reporter_name', 'राम १२३', 'problem.name'],
    ['reporter_name', 'https://evil.example', 'problem.name'],
    ['reporter_name', 't.me/agent', 'problem.name'],
    ['reporter_name', '<!channel>', 'problem.name'],
    ['reporter_name', 'x', 'problem.name'],
    ['reporter_name', '. .', 'problem.name'],
    ['reporter_name', '\u200D\u200D', 'problem.name'],
    ['reporter_name', 'a'.repeat(81), 'problem.long'],
    ['reporter_phone', '12', 'problem.phone'],
    ['reporter_phone', 'no phone', 'problem.phone'],
    ['reporter_phone', '9'.repeat(40), 'problem.phone'],
    ['country_now', 'no', 'problem.country'],
    ['country_now', 'I do not know', 'problem.country'],
    ['person_birth', '2020', 'problem.birth'],
    ['person_birth', '1920', 'problem.birth'],
    ['person_birth', '2030', 'problem.date'],
    ['last_contact_date', '2021', 'problem.date'],
    ['last_contact_date', 'long ago', 'problem.date'],
    ['place_text', '47.9031, 37.7502', 'problem.position'],
    ['urgent_need', 'https://maps.app.goo.gl/x', 'problem.position'],
    ['free_text', 'x'.repeat(1001), 'problem.long'],
    ['reporter_role', 'whoever', 'problem.choose'],
  ])('%s: %s is not taken: %s', (id, typed, problem) => {
    expect(read(id, typed)).toEqual({ problem });
  });
});

it('no text breaks it, and no value is too long or tells a position', () => {
  assert(
    property(constantFrom(...FIELD_IDS), hostileText, (id, typed) => {
      const answer = read(id, typed);
      const value = 'value' in answer ? answer.value : 'none';
      expect(value).not.toBe('');
      expect(Array.from(value).length).toBeLessThanOrEqual(1000);
      expect(id !== 'reported_elsewhere' && tellsPosition(value)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

it.each([
  ['today', '2026-11-22'],
  ['week', '>2026-11-15'],
  ['month', '>2026-10-23'],
  ['quarter', '>2026-08-24'],
  ['longer', '<2026-05-26'],
  ['unknown', 'unknown'],
])('the choice "%s" is kept as %s, so that the desk reads days', (option, value) => {
  expect(chosen(field('last_contact_date'), option, NOW)).toBe(value);
});
