import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Impossible } from '../../../src/core/register/happened.ts';
import { ARJUN, HEAD, MEERA } from '../../support/helpline-bench.ts';
import { REASON, sharingBench, wish, type SharingBench } from '../../support/sharing-bench.ts';

let bench: SharingBench;
beforeAll(async () => {
  bench = await sharingBench();
});
afterAll(() => bench.clean());

describe('a move that waits when the family takes its consent back', () => {
  it.each([
    ['an officer', MEERA, null, 'needs-consent'],
    ['the head without a reason', HEAD, null, 'needs-consent'],
    ['the head with a reason, while the consent still stood', HEAD, REASON, 'needs-consent'],
  ] as const)('asked for by %s', async (_who, staff, reason, answer) => {
    const one = await bench.caseIn('sent_to_embassy', 'all');
    expect(await bench.ask(staff, one, 'raised_with_russia', reason)).toBe('asked');
    const request = await bench.requestOf(one);
    await bench.withdraw(one);
    expect(await bench.confirm(ARJUN, one, request)).toBe(answer);
    expect(await bench.standing(one)).toEqual({
      status: 'sent_to_embassy',
      waitsFor: 'raised_with_russia',
      takeUps: 0,
    });
  });

  it('is not confirmed by the press that confirmed an earlier one', async () => {
    const one = await bench.caseIn('sent_to_embassy', 'all');
    expect(await bench.ask(MEERA, one, 'raised_with_russia', null)).toBe('asked');
    expect(await bench.confirm(ARJUN, one, await bench.requestOf(one), 'pressed-once')).toBe('made');
    await bench.withdraw(one);
    expect(await bench.ask(HEAD, await bench.now(one.id), 'sent_to_ministry', REASON)).toBe('asked');
    await bench.confirm(ARJUN, one, await bench.requestOf(one), 'pressed-once');
    expect(await bench.standing(one)).toMatchObject({
      status: 'raised_with_russia',
      waitsFor: 'sent_to_ministry',
    });
  });
});

describe('a second officer', () => {
  it('is nobody whose name is typed: not as evidence, reason, counterpart or reference, nor as a field of its own', async () => {
    const one = await bench.caseIn('sent_to_embassy', 'only the desk');
    const typed = 'Confirmed by the second officer UARJUN, Arjun Rao';
    const asked = {
      ...wish(one, 'raised_with_russia', typed),
      note: typed,
      takeUp: { door: 'embassy_moscow' as const, counterpart: typed, date: '2026-11-20', reference: typed },
      second: ARJUN.id,
      secondOfficer: { id: ARJUN.id, name: ARJUN.name },
    };
    expect(await bench.desk.setStatus(HEAD, asked, bench.press())).toEqual({ done: true, asked: true });
    expect(await bench.standing(one)).toEqual({
      status: 'sent_to_embassy',
      waitsFor: 'raised_with_russia',
      takeUps: 0,
    });
  });

  it('confirms nothing that has lapsed', async () => {
    const one = await bench.caseIn('sent_to_embassy', 'all');
    expect(await bench.ask(MEERA, one, 'raised_with_russia', null)).toBe('asked');
    const request = await bench.requestOf(one);
    await bench.register.work((unit) =>
      unit.record({ by: 'helpline', case: one.id, kind: 'second', what: 'lapsed' }),
    );
    expect(await bench.confirm(ARJUN, one, request)).toBe('no-request');
  });

  it.each([
    ['nobody', null, 'second-missing'],
    ['the same officer', MEERA.id, 'same-officer'],
  ])('is asked for by the register too: %s', async (_who, second, why) => {
    const one = await bench.caseIn('sent_to_embassy', 'all');
    const codes = { told: false, due: null, second, beyondConsent: false, voice: null };
    const by = { staff: MEERA };
    const raised = bench.register.work((unit) =>
      unit.record({ by, case: one.id, kind: 'status', from: one.status, to: 'raised_with_russia', ...codes }),
    );
    await expect(raised).rejects.toSatisfy(
      (error) => error instanceof Impossible && error.refusal.why === why,
    );
  });
});
