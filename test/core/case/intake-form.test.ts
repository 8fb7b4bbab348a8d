import { describe, expect, it } from 'vitest';
import {
  fieldBefore,
  fieldById,
  FIELD_IDS,
  fieldsToAsk,
  isThirdParty,
  nextField,
  SITUATIONS,
} from '../../../src/core/case/intake-form.ts';
import { KNOWLEDGE } from '../../support/helpline-bench.ts';

const asked = (values: Record<string, string>): string =>
  fieldsToAsk(values)
    .map(({ id }) => id)
    .filter(
      (id) =>
        ![
          'reporter_role',
          'reporter_name',
          'person_name',
          'country_now',
          'situation',
          'reporter_phone',
        ].includes(id),
    )
    .join(' ');

describe('besides who, whom, where and what,', () => {
  it.each([
    ['army-contract', 'last_contact_date contract_signed passport_status'],
    ['missing', 'last_contact_date last_contact_how place_text'],
    ['injured', 'last_contact_date place_text urgent_need'],
    ['captured', 'last_contact_date place_text'],
    ['detained', 'last_contact_date place_text urgent_need'],
    ['passport-taken', 'place_text passport_status'],
    ['stranded-city', 'place_text passport_status'],
    ['unpaid', 'contract_signed promised_job'],
    ['left-unit', ''],
    ['other', 'urgent_need'],
    ['told-dead', ''],
    ['told-dead,missing', ''],
    [
      'army-contract,missing,injured,unpaid',
      'last_contact_date last_contact_how place_text contract_signed passport_status',
    ],
  ])('for %s is asked: %s', (situation, fields) => {
    expect(asked({ situation })).toBe(fields);
  });
});

it('the order is who, whom, where, what, and the phone last', () => {
  const ids = fieldsToAsk({ situation: 'missing' }).map(({ id }) => id);
  expect(ids.slice(0, 5)).toEqual([
    'reporter_role',
    'reporter_name',
    'person_name',
    'country_now',
    'situation',
  ]);
  expect(ids.at(-1)).toBe('reporter_phone');
});

it('somebody who writes for himself gives one name', () => {
  expect(fieldsToAsk({ reporter_role: 'self' }).map(({ id }) => id)).not.toContain('person_name');
});

it('a field that has a value or was skipped is not asked again; one that was withdrawn is', () => {
  const values: Record<string, string> = {};
  const order: string[] = [];
  for (let field = nextField(values); field; field = nextField(values)) {
    order.push(field.id);
    values[field.id] = field.id === 'situation' ? 'missing' : '-';
  }
  expect(order).toHaveLength(new Set(order).size);
  expect(nextField(values)).toBeNull();
  expect(fieldBefore(values, 'reporter_name')?.id).toBe('reporter_role');
  expect(fieldBefore(values, 'reporter_role')).toBeNull();
});

it.each(['friend', 'official', 'other'])('%s is a third party', (role) => {
  expect(isThirdParty({ reporter_role: role })).toBe(true);
});
it.each(['self', 'parent', 'spouse', 'sibling', 'child', 'kin'])('%s is family', (role) => {
  expect(isThirdParty({ reporter_role: role })).toBe(false);
});

it('papers, passport numbers, units and medical facts are never asked for', () => {
  expect(FIELD_IDS.join(' ')).not.toMatch(/passport_number|unit|medical|document|photo|location/);
});

it.each(KNOWLEDGE.languages)('every question, option and name of a field has its words in %s', (language) => {
  const speech = KNOWLEDGE.speech(language);
  for (const id of FIELD_IDS) {
    expect(speech.label(`ask.${id}`).length).toBeGreaterThan(1);
    expect(speech.label(`field.${id}`).length).toBeGreaterThan(1);
    const field = fieldById(id);
    const options = (field?.options ?? []).filter(
      (option) => field?.kind !== 'country' || option === 'unknown',
    );
    for (const option of options) expect(speech.label(`option.${id}.${option}`)).not.toBe('');
  }
  expect(SITUATIONS.length).toBe(11);
});

it('the ids of all buttons fit into Telegram’s 64 bytes', () => {
  for (const id of FIELD_IDS)
    for (const option of [...(fieldById(id)?.options ?? []), 'skip', 'done'])
      expect(Buffer.byteLength(`f:${id}:${option}`)).toBeLessThanOrEqual(64);
});
