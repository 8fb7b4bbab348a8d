import { describe, expect, it, test } from 'vitest';
import { PURPOSES, type TakeUpContent } from '../../../src/core/case/case-record.ts';
import { movesFrom, STATUSES, type Status } from '../../../src/core/case/case-status.ts';
import type { Role } from '../../../src/core/case/desks.ts';
import {
  missingConsent,
  type MoveGround,
  moveNeeds,
  type MoveWish,
} from '../../../src/core/desk/move-needs.ts';
import { aCase } from '../../support/a-case.ts';

const takeUp: TakeUpContent = {
  door: 'ministry_delhi',
  counterpart: 'Consular section',
  date: '2026-11-20',
  reference: 'NV-44/2026',
};
/** Everything that any move could want, but for going past consent. */
const full: MoveWish = {
  note: 'Note verbale received',
  takeUp,
  voice: 'told',
  reason: null,
  second: 'UOTHER',
};
const by = (...roles: Role[]) => ({ id: 'UME', name: 'Meera', roles: { desk: roles } });
const ground: MoveGround = {
  purposes: PURPOSES,
  by: by('officer'),
  now: Date.parse('2026-11-22T12:00+05:30'),
  timeZone: 'Asia/Kolkata',
};
/** The needs of the move to `to`, from a status that leads there. */
const needs = (to: Status, wish: Partial<MoveWish> = {}, more: Partial<MoveGround> = {}) => {
  const from = STATUSES.find((status) => movesFrom(status).includes(to)) ?? 'received';
  return moveNeeds(aCase({ status: from }), to, { ...full, ...wish }, { ...ground, ...more });
};
const plain = { takeUp: null, voice: null, second: null };
const reachable = STATUSES.filter((to) => STATUSES.some((from) => movesFrom(from).includes(to)));

describe('every move', () => {
  it.each(reachable)('to %s goes through when all is given', (to) => {
    expect(needs(to)).toBeNull();
  });

  it.each(reachable)('to %s wants evidence of three letters', (to) => {
    for (const note of ['', '  ', '...', '12/3', 'ok', '-'])
      expect(needs(to, { note })).toEqual({ why: 'needs-evidence' });
    expect(needs(to, { note: 'फोन' })).toBeNull();
  });
});

/** What each status wants beside evidence, written out. */
const WANTED: Partial<Record<Status, string[]>> = {
  sent_to_embassy: ['embassy_ministry'],
  sent_to_ministry: ['embassy_ministry'],
  raised_with_russia: ['take-up', 'russia_icrc', 'second'],
  death_confirmed: ['voice', 'second'],
};

it.each(reachable)('%s wants what is written for it and no more', (to) => {
  const wanted = WANTED[to] ?? [];
  expect(needs(to, { takeUp: null })?.why ?? null).toBe(wanted.includes('take-up') ? 'needs-take-up' : null);
  expect(needs(to, { voice: null })?.why ?? null).toBe(
    wanted.includes('voice') ? 'needs-voice-answer' : null,
  );
  expect(
    needs(to, { ...plain, takeUp: wanted.includes('take-up') ? takeUp : null, voice: 'not-yet' }),
  ).toEqual(wanted.includes('second') ? { why: 'needs-second' } : null);
  const purpose = wanted.find((one) => PURPOSES.some((known) => known === one));
  for (const purposes of [null, [], ['desk', 'police'] as const])
    expect(needs(to, {}, { purposes })).toEqual(purpose ? { why: 'needs-consent', purpose } : null);
  const others = PURPOSES.filter((known) => known !== purpose);
  expect(needs(to, {}, { purposes: others })).toEqual(purpose ? { why: 'needs-consent', purpose } : null);
  expect(missingConsent(to, others)).toBe(purpose ?? null);
  expect(missingConsent(to, PURPOSES)).toBeNull();
});

test('a move that the table does not know is refused, with everything given', () => {
  expect(moveNeeds(aCase({ status: 'received' }), 'raised_with_russia', full, ground)).toEqual({
    why: 'illegal-move',
  });
  expect(Reflect.apply(moveNeeds, undefined, [aCase(), 'forgotten', full, ground])).toEqual({
    why: 'illegal-move',
  });
});

describe('a take-up', () => {
  it.each([
    ['counterpart', ''],
    ['counterpart', 'zzz'],
    ['counterpart', 'Zz z'],
    ['counterpart', '-----'],
    ['counterpart', 'MD'],
    ['counterpart', '12345'],
    ['reference', ''],
    ['reference', '-'],
    ['reference', '.'],
    ['reference', '--//--'],
    ['reference', ' 7 '],
    ['date', ''],
    ['date', '1900-01-01'],
    ['date', '2022-02-23'],
    ['date', '2026-11-23'],
    ['date', '2026-02-30'],
    ['date', '2026-13-01'],
    ['date', '22.11.2026'],
    ['date', '2026-11-22T00:00'],
  ] as const)('with the %s "%s" is none', (field, value) => {
    expect(needs('raised_with_russia', { takeUp: { ...takeUp, [field]: value } })).toEqual({
      why: 'bad-take-up',
      field,
    });
  });

  it.each([
    ['counterpart', 'МИД'],
    ['counterpart', 'MEA'],
    ['counterpart', 'रूसी दूतावास'],
    ['reference', '44'],
    ['reference', '№7'],
    ['date', '2022-02-24'],
    ['date', '2026-11-22'],
  ] as const)('with the %s "%s" is one', (field, value) => {
    expect(needs('raised_with_russia', { takeUp: { ...takeUp, [field]: value } })).toBeNull();
  });

  test('through a door that there is not is none', () => {
    const odd: Pick<TakeUpContent, 'door'> = JSON.parse('{"door": "kremlin"}');
    expect(needs('raised_with_russia', { takeUp: { ...takeUp, ...odd } })).toEqual({
      why: 'bad-take-up',
      field: 'door',
    });
  });

  test('has no day that is still to come where the desk is', () => {
    const now = Date.parse('2026-11-22T20:00Z');
    const wish = { takeUp: { ...takeUp, date: '2026-11-23' } };
    expect(needs('raised_with_russia', wish, { now, timeZone: 'Asia/Kolkata' })).toBeNull();
    expect(needs('raised_with_russia', wish, { now, timeZone: 'Europe/Berlin' })).toEqual({
      why: 'bad-take-up',
      field: 'date',
    });
  });

  test('beside a move that needs none still has a second officer', () => {
    expect(needs('need_info', { second: null })).toEqual({ why: 'needs-second' });
    expect(needs('need_info', { ...plain })).toBeNull();
  });
});

describe('past the family’s consent', () => {
  const reason = 'He is to be moved to the front tonight';
  const doors = ['sent_to_embassy', 'sent_to_ministry', 'raised_with_russia'] as const;

  it.each(doors)('to %s goes a head with a reason and a second officer', (to) => {
    for (const purposes of [null, ['desk'] as const])
      expect(needs(to, { reason }, { purposes, by: by('head') })).toBeNull();
  });

  it.each(doors)('to %s nobody but a head of that desk goes', (to) => {
    const elsewhere = {
      id: 'UME',
      name: 'Meera',
      roles: { desk: ['officer' as const], moscow: ['head' as const] },
    };
    for (const other of [by('officer'), by('duty'), by('auditor'), by('head', 'auditor'), by(), elsewhere])
      expect(needs(to, { reason }, { purposes: null, by: other })?.why).toBe('needs-consent');
  });

  it.each(doors)('to %s a head does not go without a reason of ten letters', (to) => {
    const head = { purposes: null, by: by('head') };
    expect(needs(to, { reason: null }, head)?.why).toBe('needs-consent');
    for (const short of ['', 'urgent', '..............', '1234567890 12'])
      expect(needs(to, { reason: short }, head)).toEqual({ why: 'needs-reason' });
  });

  it.each(doors)('to %s a head does not go alone', (to) => {
    const head = { purposes: null, by: by('head') };
    const more = to === 'raised_with_russia' ? {} : { takeUp: null };
    expect(needs(to, { reason, second: null, ...more }, head)).toEqual({ why: 'needs-second' });
    expect(needs(to, { reason, second: 'UME', ...more }, head)).toEqual({ why: 'same-officer' });
  });
});

test('whoever asks is not the second officer', () => {
  expect(needs('death_confirmed', { second: 'UME' })).toEqual({ why: 'same-officer' });
  expect(needs('raised_with_russia', { second: 'UME' })).toEqual({ why: 'same-officer' });
});
