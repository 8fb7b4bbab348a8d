import { describe, expect, it, test } from 'vitest';
import type { CaseState } from '../../../src/core/case/case-record.ts';
import { ROLES, type Role } from '../../../src/core/case/desks.ts';
import { ACTS, type ActName, may } from '../../../src/core/desk/may.ts';
import type { Staff } from '../../../src/core/desk/staff.ts';
import { aCase } from '../../support/a-case.ts';

/**
 * What is expected, written out. Rows: an act, and whose the case is (`any`: untaken, own or another's makes no
 * difference; `-`: there is no case yet, and so any desk of theirs will do). Columns: what somebody is at the case's desk, `elsewhere` a head of another desk.
 * yes; yours: only its officer and a head; head: only a head; role: not this role's; desk: not this desk's.
 */
const EXPECTED = `
                             officer  duty   head   auditor  elsewhere
  take             untaken   yes      yes    yes    role     desk
  take             own       yes      yes    yes    role     desk
  take             another's yours    yours  yes    role     desk
  release          untaken   yes      yes    yes    role     desk
  release          own       yes      yes    yes    role     desk
  release          another's yours    yours  yes    role     desk
  setPriority      any       yes      yes    yes    role     desk
  setStatus        any       yes      yes    yes    role     desk
  takeBackOutcome  any       head     head   yes    role     desk
  confirmSecond    any       yes      yes    yes    role     desk
  refuseSecond     any       yes      yes    yes    role     desk
  draftReply       any       yes      yes    yes    role     desk
  sendReply        any       yes      yes    yes    role     desk
  addNote          any       yes      yes    yes    role     desk
  look             any       yes      yes    yes    yes      desk
  readDetails      any       yes      yes    yes    yes      desk
  readRequest      any       yes      yes    yes    yes      desk
  find             any       yes      yes    yes    yes      desk
  find             -         yes      yes    yes    yes      yes
  queue            -         yes      yes    yes    yes      yes
  ask              -         yes      yes    yes    yes      yes
  openCase         -         yes      yes    yes    role     yes
`;
const ANSWERS: Record<string, string | null> = {
  yes: null,
  yours: 'not-yours',
  head: 'needs-head',
  role: 'not-your-role',
  desk: 'other-desk',
};
const COLUMNS = ['officer', 'duty', 'head', 'auditor', 'elsewhere'];
const OWNERS: Record<string, (string | null)[]> = {
  untaken: [null],
  own: ['UME'],
  "another's": ['UOTHER'],
  any: [null, 'UME', 'UOTHER'],
};

const me = (roles: Record<string, readonly Role[]>): Staff => ({ id: 'UME', name: 'Meera', roles });
const somebody = (column: string): Staff =>
  me(column === 'elsewhere' ? { moscow: ['head'] } : { delhi: ROLES.filter((role) => role === column) });
/** At the desk in Delhi, with a move that somebody else has asked for. */
const caseOf = (ownerId: string | null, more: Partial<CaseState> = {}): CaseState =>
  aCase({
    desk: 'delhi',
    ownerId,
    request: { id: '1'.repeat(32), to: 'raised_with_russia', by: 'UASKED', at: 0, beyondConsent: false },
    ...more,
  });

const isAct = (name: string): name is ActName => Object.hasOwn(ACTS, name);
const rows = EXPECTED.split('\n')
  .map((line) => line.trim().split(/\s+/))
  .filter(([act]) => act !== undefined && isAct(act));
const cells = rows.flatMap(([act = '', whose = '', ...answers]) =>
  COLUMNS.map((column, index) => ({ act, whose, column, answer: answers[index] ?? '' })),
);

describe('who may do what:', () => {
  it.each(cells)('$act, $whose, by $column: $answer', ({ act, whose, column, answer }) => {
    expect(Object.keys(ANSWERS)).toContain(answer);
    if (!isAct(act)) throw new Error(`no such act: ${act}`);
    const staff = somebody(column);
    const verdicts =
      whose === '-'
        ? [may(staff, act, null)]
        : (OWNERS[whose] ?? []).map((owner) => may(staff, act, caseOf(owner)));
    expect(verdicts.length).toBeGreaterThan(0);
    for (const verdict of verdicts) expect(verdict?.why ?? null).toBe(ANSWERS[answer]);
  });

  test('the table above leaves no act and no ownership out', () => {
    expect(new Set(rows.map(([act]) => act))).toEqual(new Set(Object.keys(ACTS)));
    const whole = ['any', '-', '-+any', "another's+own+untaken"];
    for (const act of Object.keys(ACTS)) {
      const whose = rows.filter(([name]) => name === act).map(([, whose = '']) => whose);
      expect(whole).toContain(whose.toSorted().join('+'));
    }
  });
});

const changing = Object.entries(ACTS)
  .filter(([, rule]) => rule.changes)
  .map(([act]) => act)
  .filter(isAct);

test.each(changing)('who audits the desk does not %s, whatever else they are', (act) => {
  const both = me({ delhi: ['head', 'officer', 'auditor'] });
  const one = act === 'openCase' ? null : caseOf('UME');
  expect(may(both, act, one)).toEqual({ why: 'not-your-role' });
});

test.each(Object.keys(ACTS).filter(isAct))('somebody of no desk and with no known role may not %s', (act) => {
  const unknown: Record<string, Role[]> = JSON.parse('{"delhi": ["minister", "toString"]}');
  for (const roles of [{}, { delhi: [] }, unknown])
    for (const one of [caseOf('UME'), null]) expect(may(me(roles), act, one)).not.toBeNull();
});

test('a head of one desk is none at another where they are an officer', () => {
  const staff = me({ moscow: ['head'], delhi: ['officer'] });
  expect(may(staff, 'release', caseOf('UOTHER'))).toEqual({ why: 'not-yours', ownerId: 'UOTHER' });
  expect(may(staff, 'takeBackOutcome', caseOf(null))).toEqual({ why: 'needs-head' });
  expect(may(staff, 'release', caseOf('UOTHER', { desk: 'moscow' }))).toBeNull();
});

test.each(['take', 'release'] as const)('a case whose officer has left is locked to nobody: %s', (act) => {
  const one = caseOf('UGONE');
  for (const role of ['officer', 'duty', 'head'] as const)
    expect(may(me({ delhi: [role] }), act, one, { ownerLeft: true })).toBeNull();
  expect(may(somebody('officer'), act, one, { ownerLeft: false })).toEqual({
    why: 'not-yours',
    ownerId: 'UGONE',
  });
  expect(may(somebody('auditor'), act, one, { ownerLeft: true })).toEqual({ why: 'not-your-role' });
  expect(may(somebody('elsewhere'), act, one, { ownerLeft: true })).toEqual({ why: 'other-desk' });
});

test('an auditor of one desk still works at the other', () => {
  const staff = me({ delhi: ['auditor'], moscow: ['officer'] });
  expect(may(staff, 'setStatus', caseOf(null))).toEqual({ why: 'not-your-role' });
  expect(may(staff, 'setStatus', caseOf(null, { desk: 'moscow' }))).toBeNull();
  expect(may(staff, 'openCase', null)).toBeNull();
});

test('whoever asks for a second officer is not the second, be it the head; they may take it back', () => {
  for (const role of ['officer', 'duty', 'head'] as const) {
    const asked = me({ delhi: [role] });
    const one = caseOf(null, {
      request: { id: '1'.repeat(32), to: 'death_confirmed', by: 'UME', at: 0, beyondConsent: true },
    });
    expect(may(asked, 'confirmSecond', one)).toEqual({ why: 'same-officer' });
    expect(may(asked, 'refuseSecond', one)).toBeNull();
  }
});

test('where nothing waits for a second officer there is nothing to confirm or refuse', () => {
  const one = caseOf(null, { request: null });
  expect(may(somebody('head'), 'confirmSecond', one)).toEqual({ why: 'no-request' });
  expect(may(somebody('head'), 'refuseSecond', one)).toEqual({ why: 'no-request' });
});

test('an act on a case that is not there is refused', () => {
  expect(may(somebody('head'), 'take', null)).toEqual({ why: 'no-such-case' });
  expect(may(somebody('head'), 'readDetails', null)).toEqual({ why: 'no-such-case' });
});

test.each(['erase', 'toString', 'constructor', '__proto__'])(
  'the act "%s" is not in the table: refused',
  (act) => {
    expect(Reflect.apply(may, undefined, [somebody('head'), act, caseOf('UME')])).toEqual({
      why: 'unknown-act',
    });
  },
);

test.each(['toString', '__proto__', 'constructor'])('nobody is of the desk "%s"', (desk) => {
  expect(may(somebody('head'), 'take', caseOf(null, { desk }))).toEqual({ why: 'other-desk' });
});
