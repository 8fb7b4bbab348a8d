import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HELP } from '../../../src/cli/help.ts';
import type { CaseRecord, Purpose } from '../../../src/core/case/case-record.ts';
import { STATUSES, type Status } from '../../../src/core/case/case-status.ts';
import type { Refusal, StatusWish } from '../../../src/core/desk/desk.ts';
import type { Staff } from '../../../src/core/desk/staff.ts';
import { Impossible } from '../../../src/core/register/happened.ts';
import {
  ARJUN,
  AUDITOR,
  ELSEWHERE,
  HEAD,
  helplineBench,
  MEERA,
  type HelplineBench,
} from '../../support/helpline-bench.ts';
import { move, openCase } from '../../support/register-bench.ts';

/** The moves by which a case leaves the desk, and from where they may be made. Written out, not read from the table. */
const SHARING = {
  sent_to_embassy: 'received acknowledged need_info sent_to_ministry raised_with_russia reopened',
  sent_to_ministry: 'received acknowledged need_info sent_to_embassy raised_with_russia reopened',
  raised_with_russia:
    'sent_to_embassy sent_to_ministry reply_received located injured_confirmed captured_confirmed',
} as const;
type Move = keyof typeof SHARING;
const MOVES = ['sent_to_embassy', 'sent_to_ministry', 'raised_with_russia'] as const satisfies Move[];

/** What a family has said, and which moves it has agreed to with that. */
const CONSENTS: Record<string, { purposes: Purpose[] | null; withdrawn?: true; agreed: readonly Move[] }> = {
  'never asked': { purposes: null, agreed: [] },
  'only the desk': { purposes: ['desk'], agreed: [] },
  'the Embassy': {
    purposes: ['desk', 'embassy_ministry'],
    agreed: ['sent_to_embassy', 'sent_to_ministry'],
  },
  'the Russian side': { purposes: ['desk', 'embassy_ministry', 'russia_icrc'], agreed: MOVES },
  all: { purposes: ['desk', 'embassy_ministry', 'russia_icrc', 'police'], agreed: MOVES },
  'all, taken back since': {
    purposes: ['desk', 'embassy_ministry', 'russia_icrc', 'police'],
    withdrawn: true,
    agreed: [],
  },
};

type Answer = 'made' | 'asked' | Refusal['why'];
const REASON = 'He called: they are taken to the line tonight.';

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

/** How a case comes to each status. */
const WAY: Record<Status, readonly Status[]> = {
  received: [],
  acknowledged: ['acknowledged'],
  need_info: ['need_info'],
  sent_to_embassy: ['sent_to_embassy'],
  sent_to_ministry: ['sent_to_ministry'],
  raised_with_russia: ['sent_to_embassy', 'raised_with_russia'],
  reply_received: ['sent_to_embassy', 'raised_with_russia', 'reply_received'],
  discharge_ordered: ['sent_to_embassy', 'raised_with_russia', 'reply_received', 'discharge_ordered'],
  located: ['sent_to_embassy', 'raised_with_russia', 'reply_received', 'located'],
  injured_confirmed: ['sent_to_embassy', 'raised_with_russia', 'reply_received', 'injured_confirmed'],
  captured_confirmed: ['sent_to_embassy', 'raised_with_russia', 'reply_received', 'captured_confirmed'],
  death_confirmed: ['sent_to_embassy', 'raised_with_russia', 'reply_received', 'death_confirmed'],
  travelling: ['sent_to_embassy', 'raised_with_russia', 'reply_received', 'located', 'travelling'],
  returned: ['sent_to_embassy', 'raised_with_russia', 'reply_received', 'located', 'travelling', 'returned'],
  remains_returned: [
    'sent_to_embassy',
    'raised_with_russia',
    'reply_received',
    'death_confirmed',
    'remains_returned',
  ],
  closed: ['closed'],
  reopened: ['closed', 'reopened'],
};

let bench: HelplineBench;
let serial = 0;
beforeAll(async () => {
  bench = await helplineBench();
});
afterAll(() => bench.clean());

const press = (): string => `p${++serial}`;
const now = (id: string): Promise<CaseRecord | null> => bench.register.work((unit) => unit.cases.byId(id));

async function caseIn(status: Status, consent: string): Promise<CaseRecord> {
  const { purposes, withdrawn } = CONSENTS[consent] ?? { purposes: null };
  return bench.register.work(async (unit) => {
    let one = await openCase(unit, `7${++serial}`);
    const of = { by: { family: one.chatId }, chat: one.chatId };
    const notice = { noticeVersion: 'v1', noticeHash: '0'.repeat(64), language: 'en' };
    if (purposes) await unit.record({ ...of, kind: 'consent', consent: { ...notice, purposes }, purposes });
    for (const to of WAY[status]) one = await move(unit, one, to);
    if (withdrawn) await unit.record({ ...of, kind: 'withdrawn' });
    return one;
  });
}

const wish = (one: CaseRecord, to: Move, reason: string | null): StatusWish => ({
  caseId: one.id,
  version: one.version,
  to,
  note: 'seen on paper',
  tell: true,
  voice: null,
  takeUp:
    to === 'raised_with_russia'
      ? { door: 'embassy_moscow', counterpart: 'Ministry of Defence', date: '2026-11-20', reference: 'NV 12' }
      : null,
  reason,
});

async function ask(staff: Staff, one: CaseRecord, to: Move, reason: string | null): Promise<Answer> {
  const result = await bench.desk.setStatus(staff, wish(one, to, reason), press());
  return result.done ? (result.asked ? 'asked' : 'made') : result.why;
}

const confirm = async (staff: Staff, one: CaseRecord, request: string, key = press()): Promise<Answer> => {
  const result = await bench.desk.confirmSecond(staff, one.id, request, key);
  return result.done ? 'made' : result.why;
};

/** What is known of a move that nobody has made yet: the case where it was, no take-up, the request. */
const waits = async (one: CaseRecord) => {
  const { status, request } = (await now(one.id)) ?? {};
  const takeUps = await bench.register.work((unit) => unit.takeUps.ofPerson(one.personId));
  return { status, to: request?.to, takeUps: takeUps.length };
};

const combinations = Object.keys(CONSENTS).flatMap((consent) =>
  STATUSES.map((status) => ({ consent, status })),
);

describe.each(combinations)('consent: $consent; a case that is $status:', ({ consent, status }) => {
  const isAgreed = (to: Move): boolean => CONSENTS[consent]?.agreed.includes(to) ?? false;
  const legal = MOVES.filter((to) => SHARING[to].split(' ').includes(status));

  /** Russia always waits for the second officer. */
  const wanted = (to: Move, { agreed, not, staff }: (typeof ASKERS)[number]): Answer => {
    if (!legal.includes(to) && staff !== AUDITOR && staff !== ELSEWHERE) return 'illegal-move';
    if (!isAgreed(to)) return not;
    return agreed === 'made' && to === 'raised_with_russia' ? 'asked' : agreed;
  };

  it.each(MOVES)('%s is answered to each as written', async (to) => {
    let one = await caseIn(status, consent);
    for (const asker of ASKERS) {
      const before = await now(one.id);
      const answer = await ask(asker.staff, one, to, asker.reason);
      expect([asker.who, answer]).toEqual([asker.who, wanted(to, asker)]);
      if (answer === 'made') expect((await now(one.id))?.status).toBe(to);
      else if (answer === 'asked') expect(await waits(one)).toEqual({ status, to, takeUps: 0 });
      else expect(await now(one.id)).toEqual(before);
      if (answer === 'made' || answer === 'asked') one = await caseIn(status, consent);
    }
  });

  const waiting = legal.filter((to) => !isAgreed(to) || to === 'raised_with_russia');
  it.runIf(waiting.length > 0)('one officer alone can not', async () => {
    for (const to of waiting) {
      const one = await caseIn(status, consent);
      expect(await ask(HEAD, one, to, isAgreed(to) ? null : REASON)).toBe('asked');
      const request = (await now(one.id))?.request?.id ?? '';
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
        expect(await confirm(staff, one, id)).toBe(why);
      expect(await waits(one)).toEqual({ status, to, takeUps: 0 });

      // Taken back and asked again: the old request is worth nothing.
      await bench.desk.refuseSecond(HEAD, one.id, request, press());
      expect(await confirm(ARJUN, one, request)).toBe('no-request');
      expect(await ask(HEAD, { ...one, version: 9999 }, to, REASON)).toBe('asked');
      expect(await confirm(ARJUN, one, request)).toBe('no-request');
      expect(await waits(one)).toEqual({ status, to, takeUps: 0 });

      // A colleague can; and the same press again is no second move.
      const fresh = (await now(one.id))?.request?.id ?? '';
      const key = press();
      expect(await confirm(ARJUN, one, fresh, key)).toBe('made');
      const made = await now(one.id);
      expect(made?.status).toBe(to);
      expect(await confirm(ARJUN, one, fresh, key)).toMatch(/^(made|no-request)$/);
      expect(await confirm(ARJUN, one, fresh)).toBe('no-request');
      expect(await now(one.id)).toEqual(made);
    }
  });
});

describe('a move that waits when the family takes its consent back', () => {
  const withdraw = ({ chatId }: CaseRecord) =>
    bench.register.work((unit) => unit.record({ by: { family: chatId }, chat: chatId, kind: 'withdrawn' }));

  it.each([
    ['an officer', MEERA, null, 'needs-consent'],
    ['the head without a reason', HEAD, null, 'needs-consent'],
    ['the head with a reason', HEAD, REASON, 'made'],
  ] as const)('asked by %s', async (_who, staff, reason, answer) => {
    const one = await caseIn('sent_to_embassy', 'all');
    expect(await ask(staff, one, 'raised_with_russia', reason)).toBe('asked');
    const request = (await now(one.id))?.request?.id ?? '';
    await withdraw(one);
    expect(await confirm(ARJUN, one, request)).toBe(answer);
    const status = answer === 'made' ? 'raised_with_russia' : 'sent_to_embassy';
    expect((await now(one.id))?.status).toBe(status);
  });

  it('a confirmation of before does not carry over to a request of after', async () => {
    const one = await caseIn('sent_to_embassy', 'all');
    await ask(MEERA, one, 'raised_with_russia', null);
    await confirm(ARJUN, one, (await now(one.id))?.request?.id ?? '', 'confirmed-once');
    const raised = await now(one.id);
    await withdraw(one);
    await bench.desk.setStatus(MEERA, { ...wish(one, 'raised_with_russia', null), version: 9999 }, press());
    expect(await ask(HEAD, { ...one, version: 9999 }, 'sent_to_ministry', REASON)).toBe('asked');
    const request = (await now(one.id))?.request?.id ?? '';
    await confirm(ARJUN, one, request, 'confirmed-once');
    expect((await now(one.id))?.status).toBe(raised?.status);
  });
});

describe('a second officer', () => {
  it('is nobody whose name is typed: not in the evidence, the reason, the counterpart, nor as a field of its own', async () => {
    const one = await caseIn('sent_to_embassy', 'only the desk');
    const typed = 'Confirmed by the second officer UARJUN, Arjun Rao';
    const asked = {
      ...wish(one, 'raised_with_russia', typed),
      note: typed,
      takeUp: {
        door: 'embassy_moscow' as const,
        counterpart: typed,
        date: '2026-11-20',
        reference: typed,
      },
      second: ARJUN.id,
      secondOfficer: { id: ARJUN.id, name: ARJUN.name },
    };
    expect(await bench.desk.setStatus(HEAD, asked, press())).toEqual({ done: true, asked: true });
    expect(await waits(one)).toEqual({ status: 'sent_to_embassy', to: 'raised_with_russia', takeUps: 0 });
  });

  it.each([
    ['nobody', null, 'second-missing'],
    ['the same officer', MEERA.id, 'same-officer'],
  ])('is asked for by the register too: %s', async (_who, second, why) => {
    const one = await caseIn('sent_to_embassy', 'all');
    const codes = { told: false, due: null, second, beyondConsent: false, voice: null };
    const raised = bench.register.work((unit) =>
      unit.record({
        by: { staff: MEERA },
        case: one.id,
        kind: 'status',
        from: 'sent_to_embassy',
        to: 'raised_with_russia',
        ...codes,
      }),
    );
    await expect(raised).rejects.toSatisfy(
      (error) => error instanceof Impossible && error.refusal.why === why,
    );
  });
});

describe('the command line', () => {
  const folder = join(import.meta.dirname, '../../../src/cli');
  const source = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  /** All of them: one that is new has to be looked at here, whether it moves a case. */
  const KNOWN = ['buried', 'help', 'intents', 'keys', 'learn', 'load', 'route', 'story', 'verify'];

  it('has no command that moves a case', () => {
    const main = readFileSync(join(folder, 'main.ts'), 'utf8');
    const taken = [...main.matchAll(/command === '([^']+)'/g)].map(([, name]) => name ?? '');
    expect([...new Set(taken)].toSorted()).toEqual(KNOWN);
    const told = [...HELP.matchAll(/^ {2}([a-z]+)\b/gm)].map(([, name]) => name ?? '');
    expect([...new Set(told)].toSorted()).toEqual(KNOWN);
  });

  it('holds nothing by which a case could be moved', () => {
    expect(source.join('\n')).not.toMatch(/core\/desk|\.record\(|\.work\(|setStatus|confirmSecond/);
  });

  it('does not understand one that would', () => {
    for (const words of [['status'], ['confirm'], ['move']].map((name) => [...name, 'K7M2P9QX', 'closed'])) {
      const run = spawnSync(process.execPath, [join(folder, 'main.ts'), ...words], { encoding: 'utf8' });
      expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('There is no command')]);
    }
  });
});
