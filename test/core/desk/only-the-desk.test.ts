import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATUSES, type Status } from '../../../src/core/case/case-status.ts';
import type { Staff } from '../../../src/core/desk/staff.ts';
import { ARJUN, AUDITOR, ELSEWHERE, HEAD, MEERA } from '../../support/helpline-bench.ts';
import {
  CONSENTS,
  MOVES,
  REASON,
  SHARING,
  sharingBench,
  type Answer,
  type Move,
  type SharingBench,
} from '../../support/sharing-bench.ts';

/** Who asks, and what comes of it where the family has agreed and where it has not. */
const ASKERS: { who: string; staff: Staff; reason: string | null; agreed: Answer; not: Answer }[] = [
  { who: 'the auditor', staff: AUDITOR, reason: REASON, agreed: 'not-your-role', not: 'not-your-role' },
  { who: 'another desk', staff: ELSEWHERE, reason: REASON, agreed: 'other-desk', not: 'other-desk' },
  { who: 'an officer', staff: MEERA, reason: null, agreed: 'made', not: 'needs-consent' },
  { who: 'an officer with a reason', staff: MEERA, reason: REASON, agreed: 'made', not: 'needs-consent' },
  { who: 'the head', staff: HEAD, reason: null, agreed: 'made', not: 'needs-consent' },
  { who: 'the head with "urgent"', staff: HEAD, reason: 'urgent', agreed: 'made', not: 'needs-reason' },
  { who: 'the head with a reason', staff: HEAD, reason: REASON, agreed: 'made', not: 'asked' },
];

let bench: SharingBench;
beforeAll(async () => {
  bench = await sharingBench();
});
afterAll(() => bench.clean());

const isAgreed = (consent: string, to: Move): boolean => CONSENTS[consent]?.agreed.includes(to) ?? false;
const isLegal = (status: Status, to: Move): boolean => SHARING[to].split(' ').includes(status);

/** Russia always waits for the second officer. */
function wanted(consent: string, status: Status, to: Move, asker: (typeof ASKERS)[number]): Answer {
  const mayAsk = asker.staff !== AUDITOR && asker.staff !== ELSEWHERE;
  if (mayAsk && !isLegal(status, to)) return 'illegal-move';
  if (!isAgreed(consent, to)) return asker.not;
  return asker.agreed === 'made' && to === 'raised_with_russia' ? 'asked' : asker.agreed;
}

const combinations = Object.keys(CONSENTS).flatMap((consent) =>
  STATUSES.map((status) => ({ consent, status })),
);

describe.each(combinations)('consent: $consent; a case that is $status:', ({ consent, status }) => {
  it.each(MOVES)('%s is answered to each as written', async (to) => {
    let one = await bench.caseIn(status, consent);
    for (const asker of ASKERS) {
      const { who, staff, reason } = asker;
      const answer = wanted(consent, status, to, asker);
      const moves = answer === 'made' || answer === 'asked';
      const before = await bench.now(one.id);
      expect([who, await bench.ask(staff, one, to, reason)]).toEqual([who, answer]);
      expect(await bench.standing(one)).toEqual({
        status: answer === 'made' ? to : status,
        waitsFor: answer === 'asked' ? to : null,
        takeUps: 0,
      });
      expect(isDeepStrictEqual(await bench.now(one.id), before)).toBe(!moves);
      if (moves) one = await bench.caseIn(status, consent);
    }
  });
});

const waiting = combinations.flatMap(({ consent, status }) =>
  MOVES.filter((to) => isLegal(status, to) && (!isAgreed(consent, to) || to === 'raised_with_russia')).map(
    (to) => ({ consent, status, to }),
  ),
);

describe.each(waiting)('consent: $consent; from $status to $to:', ({ consent, status, to }) => {
  it('one officer alone can not, a second one can, once', async () => {
    const one = await bench.caseIn(status, consent);
    expect(await bench.ask(HEAD, one, to, isAgreed(consent, to) ? null : REASON)).toBe('asked');
    const request = await bench.requestOf(one);
    const asked = { status, waitsFor: to, takeUps: 0 };
    for (const [staff, id, why] of [
      [HEAD, request, 'same-officer'],
      // Under another name, and as everything at once.
      [{ ...HEAD, name: ARJUN.name }, request, 'same-officer'],
      [{ ...HEAD, roles: { desk: ['officer', 'duty', 'head'] } }, request, 'same-officer'],
      [AUDITOR, request, 'not-your-role'],
      [ELSEWHERE, request, 'other-desk'],
      [ARJUN, '0'.repeat(32), 'no-request'],
      [ARJUN, ARJUN.name, 'no-request'],
    ] as const)
      expect(await bench.confirm(staff, one, id)).toBe(why);
    expect(await bench.standing(one)).toEqual(asked);

    // Taken back and asked for again: the old request is worth nothing.
    await bench.desk.refuseSecond(HEAD, one.id, request, bench.press());
    expect(await bench.confirm(ARJUN, one, request)).toBe('no-request');
    expect(await bench.ask(HEAD, await bench.now(one.id), to, REASON)).toBe('asked');
    expect(await bench.confirm(ARJUN, one, request)).toBe('no-request');
    expect(await bench.standing(one)).toEqual(asked);

    const again = await bench.requestOf(one);
    const key = bench.press();
    expect(await bench.confirm(ARJUN, one, again, key)).toBe('made');
    const made = await bench.now(one.id);
    const takeUps = to === 'raised_with_russia' ? 1 : 0;
    expect(await bench.standing(one)).toEqual({ status: to, waitsFor: null, takeUps });
    await bench.confirm(ARJUN, one, again, key);
    expect(await bench.confirm(ARJUN, one, again)).toBe('no-request');
    expect(await bench.now(one.id)).toEqual(made);
  });
});
