import { describe, expect, it } from 'vitest';
import { PRIORITIES } from '../../../src/core/case/case-status.ts';
import { SITUATIONS } from '../../../src/core/case/intake-form.ts';
import { nextContact, priorityFor, reportedStatus } from '../../../src/core/case/triage.ts';

/** `2026-11-22 14:30` in Indian time. */
const ist = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+05:30`);
const NOW = ist('2026-11-22 14:30');

describe('the priority', () => {
  it.each([
    [{ situation: 'told-dead' }, 'P1'],
    [{ situation: 'missing' }, 'P1'],
    [{ situation: 'captured,unpaid' }, 'P1'],
    [{ situation: 'army-contract' }, 'P2'],
    [{ situation: 'unpaid' }, 'P3'],
    [{ situation: 'something-new' }, 'P3'],
    [{}, 'P4'],
    [{ situation: 'unpaid', danger_now: 'yes' }, 'P0'],
    [{ danger_now: 'unknown' }, 'P4'],
    [{ person_birth: '2008-11-23' }, 'P0'],
    [{ person_birth: '2008-11-22' }, 'P4'],
    [{ person_birth: '2008-12' }, 'P0'],
    [{ person_birth: '2008' }, 'P0'],
    [{ person_birth: '2007' }, 'P4'],
    [{ person_birth: '-' }, 'P4'],
    [{ person_birth: 'nonsense' }, 'P4'],
  ])('of %o is %s', (values, priority) => {
    expect(priorityFor(values, NOW, 'P4')).toBe(priority);
  });

  it('is never lowered by any answer', () => {
    for (const now of PRIORITIES)
      for (const situation of SITUATIONS)
        expect(priorityFor({ situation, danger_now: 'no', person_birth: '1990' }, NOW, now) <= now).toBe(
          true,
        );
  });
});

describe('a person looks', () => {
  it.each([
    ['P0', '2026-11-23 09:00', '2026-11-23 11:00'],
    ['P1', '2026-11-23 13:59', '2026-11-23 18:00'],
    ['P1', '2026-11-23 14:01', '2026-11-24 12:00'],
    ['P1', '2026-11-23 23:30', '2026-11-24 12:00'],
    ['P0', '2026-11-22 02:00', '2026-11-22 04:00'],
    ['P1', '2026-11-27 20:00', '2026-11-28 12:00'],
    ['P2', '2026-11-23 10:00', '2026-11-25 18:00'],
    ['P2', '2026-11-26 23:59', '2026-11-30 18:00'],
    ['P2', '2026-11-27 10:00', '2026-12-01 18:00'],
    ['P2', '2026-11-28 10:00', '2026-12-01 18:00'],
    ['P3', '2026-11-27 10:00', '2026-12-04 18:00'],
    ['P4', '2026-12-31 10:00', '2027-01-07 18:00'],
    // Sunday: nobody is at the desk, somebody is on duty.
    ['P1', '2026-11-22 10:00', '2026-11-23 12:00'],
  ] as const)('at a %s that came on %s by %s, Indian time', (priority, came, by) => {
    expect(nextContact(priority, ist(came))).toBe(ist(by));
  });

  it('always later than now', () => {
    for (const priority of PRIORITIES)
      for (let hour = 0; hour < 24 * 8; hour += 1)
        expect(nextContact(priority, NOW + hour * 3600_000) - NOW).toBeGreaterThan(hour * 3600_000);
  });
});

it.each([
  [{ situation: 'missing,told-dead' }, 'believed_dead'],
  [{ situation: 'injured,captured' }, 'believed_captured'],
  [{ situation: 'injured' }, 'believed_injured'],
  [{ situation: 'missing' }, 'believed_missing'],
  [{ situation: 'unpaid', reporter_role: 'self' }, 'is_self'],
  [{}, 'seeking_info'],
])('from %o the family reports %s', (values, reported) => {
  expect(reportedStatus(values)).toBe(reported);
});
