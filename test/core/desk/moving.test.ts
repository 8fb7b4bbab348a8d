import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseRecord } from '../../../src/core/case/case-record.ts';
import type { Status } from '../../../src/core/case/case-status.ts';
import type { StatusWish } from '../../../src/core/desk/desk.ts';
import type { Staff } from '../../../src/core/desk/staff.ts';
import {
  ARJUN,
  AUDITOR,
  HEAD,
  helplineBench,
  MEERA,
  officerOf,
  type HelplineBench,
} from '../../support/helpline-bench.ts';

const FAMILY = '501';
let bench: HelplineBench;
let one: CaseRecord;
beforeEach(async () => {
  bench = await helplineBench();
  one = await sharing('s:russia');
});
afterEach(() => bench.clean());

/** A case whose family has agreed to this much. */
async function sharing(button: string, address = FAMILY): Promise<CaseRecord> {
  await bench.says(address, 'My brother is missing in Russia');
  await bench.presses(address, 'd:no', 'n:agree', button);
  return bench.theCase(address);
}

const now = (): Promise<CaseRecord> => bench.theCase(FAMILY);
const TAKE_UP = {
  door: 'embassy_moscow' as const,
  counterpart: 'Ministry of Defence',
  date: '2026-11-20',
  reference: 'NV 12/2026',
};
let press = 0;
const set = async (staff: Staff, to: Status, over: Partial<StatusWish> = {}, key = `p${++press}`) => {
  const { id, version } = await now();
  const wish = { note: 'seen on paper', tell: false, voice: null, takeUp: null, reason: null };
  return bench.desk.setStatus(staff, { caseId: id, version, to, ...wish, ...over }, key);
};
const confirm = async (staff: Staff, key = `c${++press}`) =>
  bench.desk.confirmSecond(staff, one.id, (await now()).request?.id ?? '', key);
/** Through the Embassy to a reply. */
async function replied(): Promise<void> {
  await set(MEERA, 'sent_to_embassy');
  await set(MEERA, 'raised_with_russia', { takeUp: TAKE_UP });
  await confirm(ARJUN);
  await set(MEERA, 'reply_received');
}
const texts = (): string[] => bench.heard(FAMILY).map(({ text }) => text);
const OK = { done: true, asked: false };

describe('a press that is repeated', () => {
  it('still says that the move waits for a second officer, and no longer when it does not', async () => {
    await set(MEERA, 'sent_to_embassy');
    const again = () => set(MEERA, 'raised_with_russia', { takeUp: TAKE_UP }, 'the-same');
    expect(await again()).toEqual({ done: true, asked: true });
    const { version } = await now();
    expect(await again()).toEqual({ done: true, asked: true });
    expect((await now()).version).toBe(version);
    await confirm(ARJUN);
    expect(await again()).toEqual(OK);
  });
});

describe('the status', () => {
  it('an illegal move is refused and changes nothing', async () => {
    const before = await now();
    expect(await set(MEERA, 'returned')).toMatchObject({
      why: 'illegal-move',
      from: 'received',
      moves: expect.arrayContaining(['acknowledged', 'closed']),
    });
    expect(await now()).toEqual(before);
  });

  it('a refused form can be sent off again with another choice', async () => {
    expect(await set(MEERA, 'returned', {}, 'same-form')).toMatchObject({ done: false });
    expect(await set(MEERA, 'need_info', {}, 'same-form')).toEqual(OK);
    expect((await now()).status).toBe('need_info');
    expect(bench.log.lines).toContainEqual({
      event: 'desk-refused',
      fields: { caseId: one.id, kind: 'setStatus', why: 'illegal-move' },
    });
  });

  it('sent off twice is set once', async () => {
    const { version } = await now();
    expect(await set(MEERA, 'need_info', { version }, 'p')).toEqual(OK);
    const after = await now();
    expect(await set(MEERA, 'need_info', { version }, 'p')).toMatchObject({ done: true });
    expect(await now()).toEqual(after);
    await bench.drained();
    expect(bench.lines(one.reference)).toEqual(['status']);
  });

  it('from a form that was opened before somebody else moved the case is refused, also where the move is still possible', async () => {
    const { version } = await now();
    await set(ARJUN, 'need_info');
    expect(await set(MEERA, 'closed', { version })).toMatchObject({
      why: 'changed-meanwhile',
      status: 'need_info',
    });
    expect((await now()).status).toBe('need_info');
  });

  it('may be set although the family has written, and somebody has read, in the meantime', async () => {
    const { version } = await now();
    await bench.says(FAMILY, 'one more thing about him');
    await bench.desk.readDetails(ARJUN, one.id);
    expect(await set(MEERA, 'need_info', { version })).toEqual(OK);
  });

  it('needs to say how it is known', async () => {
    expect(await set(MEERA, 'need_info', { note: ' - ' })).toEqual({ done: false, why: 'needs-evidence' });
  });

  it('is told to the family only where the desk wants it, and only then moves what they were promised', async () => {
    const promised = (await now()).nextContactAt;
    const before = texts().length;
    bench.clock.now += 24 * 3600_000;
    await set(MEERA, 'sent_to_ministry');
    await bench.drained();
    expect(texts()).toHaveLength(before);
    expect((await now()).nextContactAt).toBe(promised);
    await set(MEERA, 'need_info', { tell: true });
    await bench.drained();
    expect(texts().at(-1)).toContain('needs something from you');
    expect((await now()).nextContactAt).toBeGreaterThan(promised ?? Infinity);
  });

  it('a closed case promises no further contact', async () => {
    await set(MEERA, 'closed');
    expect((await now()).nextContactAt).toBeNull();
  });

  it('an auditor sets none', async () => {
    expect(await set(AUDITOR, 'need_info')).toMatchObject({ done: false, why: 'not-your-role' });
  });
});

describe('consent binds', () => {
  const only = async (button: string): Promise<void> => {
    await bench.clean();
    bench = await helplineBench();
    one = await sharing(button);
  };

  it.each(['sent_to_embassy', 'sent_to_ministry'] as const)(
    '"only the desk": %s is refused for want of the purpose, and nothing happens',
    async (to) => {
      await only('s:none');
      const before = await now();
      expect(await set(MEERA, to, { tell: true })).toEqual({
        done: false,
        why: 'needs-consent',
        purpose: 'embassy_ministry',
        mayGoBeyond: false,
      });
      await bench.drained();
      expect(await now()).toEqual(before);
    },
  );

  it('the Embassy only: raised with Russia is refused', async () => {
    await only('s:embassy');
    await set(MEERA, 'sent_to_embassy');
    expect(await set(MEERA, 'raised_with_russia', { takeUp: TAKE_UP })).toMatchObject({
      why: 'needs-consent',
      purpose: 'russia_icrc',
    });
  });

  it('taken back, it binds again, also a move that already waits for the second officer', async () => {
    await set(MEERA, 'sent_to_embassy');
    await set(MEERA, 'raised_with_russia', { takeUp: TAKE_UP });
    await bench.commands(FAMILY, 'stop');
    expect(await confirm(ARJUN)).toMatchObject({ done: false, why: 'needs-consent' });
    expect((await now()).status).toBe('sent_to_embassy');
    expect(await bench.sql('select * from take_ups')).toEqual([]);
  });

  it('taken back, it stays so for an officer who had given a reason: that makes nobody a head', async () => {
    await set(MEERA, 'sent_to_embassy');
    await set(MEERA, 'raised_with_russia', { takeUp: TAKE_UP, reason: 'He called: tonight they go.' });
    await bench.commands(FAMILY, 'stop');
    expect(await confirm(ARJUN)).toMatchObject({ done: false, why: 'needs-consent' });
    expect((await now()).status).toBe('sent_to_embassy');
  });

  it('a head goes past it to save a life: with a reason, and only when a second officer confirms; the story shows it', async () => {
    await only('s:none');
    const reason = 'He called: they are taken to the line tonight.';
    expect(await set(MEERA, 'sent_to_embassy', { reason })).toMatchObject({ why: 'needs-consent' });
    expect(await set(HEAD, 'sent_to_embassy', { reason: 'urgent' })).toMatchObject({ why: 'needs-reason' });
    expect(await set(HEAD, 'sent_to_embassy', { reason })).toEqual({ done: true, asked: true });
    expect((await now()).status).toBe('received');
    expect(await confirm(HEAD)).toMatchObject({ why: 'same-officer' });
    expect(await confirm(MEERA)).toEqual({ done: true });
    expect((await now()).status).toBe('sent_to_embassy');
    const story = await bench.story(one.reference);
    expect(story?.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({
        kind: 'status',
        to: 'sent_to_embassy',
        beyondConsent: true,
        second: 'UMEERA',
      }),
    );
  });
});

describe('the second officer', () => {
  beforeEach(async () => void (await set(MEERA, 'sent_to_embassy')));

  it('"raised with Russia" waits until somebody else presses, and until then nothing is told and nothing is on record', async () => {
    const before = texts().length;
    expect(await set(MEERA, 'raised_with_russia', { takeUp: TAKE_UP, tell: true })).toEqual({
      done: true,
      asked: true,
    });
    await bench.drained();
    expect(await now()).toMatchObject({ status: 'sent_to_embassy', request: { to: 'raised_with_russia' } });
    expect(texts()).toHaveLength(before);
    expect(await bench.sql('select * from take_ups')).toEqual([]);
    const read = await bench.desk.readRequest(ARJUN, one.id);
    expect(read).toMatchObject({
      request: { takeUp: TAKE_UP, officer: officerOf(MEERA), note: 'seen on paper' },
    });
    expect(await confirm(ARJUN)).toEqual({ done: true });
    await bench.drained();
    expect(await now()).toMatchObject({ status: 'raised_with_russia', request: null });
    const details = await bench.desk.readDetails(MEERA, one.id);
    expect(details.done && details.details.takeUps).toMatchObject([
      { ...TAKE_UP, officer: officerOf(MEERA), secondOfficer: { id: 'UARJUN' } },
    ]);
    expect(texts().at(-1)).toContain('taken up with the Russian side');
    expect(bench.lines(one.reference)).toEqual(['status', 'second-asked', 'status']);
  });

  it.each([
    ['no take-up', null, { why: 'needs-take-up' }],
    ['a day before the war', { ...TAKE_UP, date: '1900-01-01' }, { why: 'bad-take-up', field: 'date' }],
    ['a day to come', { ...TAKE_UP, date: '2027-01-01' }, { why: 'bad-take-up', field: 'date' }],
    ['a reference that is none', { ...TAKE_UP, reference: '-' }, { why: 'bad-take-up', field: 'reference' }],
    [
      'a counterpart that is nobody',
      { ...TAKE_UP, counterpart: 'zzz' },
      { why: 'bad-take-up', field: 'counterpart' },
    ],
  ])('is not even asked with %s', async (_name, takeUp, refusal) => {
    expect(await set(MEERA, 'raised_with_russia', { takeUp })).toMatchObject({ done: false, ...refusal });
    expect((await now()).request).toBeNull();
  });

  it('one officer alone can not: not by confirming, by a second form, by a replay, nor by an old request', async () => {
    const wish = { takeUp: TAKE_UP };
    await set(MEERA, 'raised_with_russia', wish, 'form');
    const request = (await now()).request?.id ?? '';
    expect(await confirm(MEERA)).toMatchObject({ done: false, why: 'same-officer' });
    expect(await set(MEERA, 'raised_with_russia', wish, 'form')).toMatchObject({ done: true });
    expect(await set(MEERA, 'raised_with_russia', wish, 'other')).toMatchObject({
      done: false,
      why: 'second-waits',
    });
    await bench.desk.refuseSecond(MEERA, one.id, request, 'r');
    await set(ARJUN, 'raised_with_russia', wish);
    expect(await bench.desk.confirmSecond(MEERA, one.id, request, 'old')).toMatchObject({
      why: 'no-request',
    });
    expect(
      await bench.desk.confirmSecond(AUDITOR, one.id, (await now()).request?.id ?? '', 'a'),
    ).toMatchObject({
      why: 'not-your-role',
    });
    expect((await now()).status).toBe('sent_to_embassy');
  });

  it('may refuse, and the case stays as it was; who asked may take it back', async () => {
    for (const [key, staff] of [
      ['1', ARJUN],
      ['2', MEERA],
    ] as const) {
      await set(MEERA, 'raised_with_russia', { takeUp: TAKE_UP }, `ask${key}`);
      const request = (await now()).request?.id ?? '';
      expect(await bench.desk.refuseSecond(staff, one.id, request, `refuse${key}`)).toEqual({ done: true });
      expect(await now()).toMatchObject({ status: 'sent_to_embassy', request: null });
    }
  });

  it('a decision that is sent off again, since its answer was lost, is done and not refused', async () => {
    for (const decide of ['refuseSecond', 'confirmSecond'] as const) {
      await set(MEERA, 'raised_with_russia', { takeUp: TAKE_UP });
      const request = (await now()).request?.id ?? '';
      for (let times = 0; times < 2; times += 1)
        expect(await bench.desk[decide](ARJUN, one.id, request, decide)).toEqual({ done: true });
      // Somebody else's press is another one, whatever its key.
      expect(await bench.desk[decide](HEAD, one.id, request, decide)).toMatchObject({ why: 'no-request' });
    }
    expect(await bench.sql('select * from take_ups')).toHaveLength(1);
  });

  it('two who confirm at once make one take-up', async () => {
    await set(MEERA, 'raised_with_russia', { takeUp: TAKE_UP, tell: true });
    const request = (await now()).request?.id ?? '';
    await Promise.all([
      bench.desk.confirmSecond(ARJUN, one.id, request, 'a'),
      bench.desk.confirmSecond(HEAD, one.id, request, 'b'),
      bench.desk.confirmSecond(ARJUN, one.id, request, 'a'),
    ]);
    await bench.drained();
    expect(await bench.sql('select * from take_ups')).toHaveLength(1);
    expect(texts().filter((text) => text.includes('taken up with the Russian side'))).toHaveLength(1);
  });
});

describe('outcomes', () => {
  beforeEach(replied);

  it.each(['discharge_ordered', 'located', 'injured_confirmed', 'captured_confirmed'] as const)(
    'the outcome %s is never told by a sentence of ours, nor is the closing after it',
    async (outcome) => {
      await bench.drained();
      const before = texts().length;
      expect(await set(MEERA, outcome, { tell: true })).toEqual(OK);
      expect(await bench.sql('select outcome from people')).toMatchObject([{ outcome }]);
      expect(await set(MEERA, 'closed', { tell: true })).toEqual(OK);
      await bench.drained();
      expect(texts()).toHaveLength(before);
    },
  );

  it('a death is recorded by two officers who say whether a person has told the family by voice; and nothing is sent', async () => {
    await bench.drained();
    const before = texts().length;
    expect(await set(MEERA, 'death_confirmed')).toMatchObject({ why: 'needs-voice-answer' });
    expect(await set(MEERA, 'death_confirmed', { voice: 'told', tell: true })).toEqual({
      done: true,
      asked: true,
    });
    expect(await bench.sql('select outcome from people')).toMatchObject([{ outcome: null }]);
    expect(await confirm(MEERA)).toMatchObject({ why: 'same-officer' });
    expect(await confirm(ARJUN)).toEqual({ done: true });
    expect(await bench.sql('select outcome from people')).toMatchObject([{ outcome: 'death_confirmed' }]);
    await set(MEERA, 'closed', { tell: true });
    await bench.drained();
    expect(texts()).toHaveLength(before);
  });

  it('a wrong one is taken back by a head, with a reason, and the person file is as it was', async () => {
    await set(MEERA, 'located');
    const back = (staff: Staff, reason: string) =>
      bench.desk.takeBackOutcome(staff, one.id, reason, `t${++press}`);
    expect(await back(MEERA, 'It was another man of that name.')).toMatchObject({ why: 'needs-head' });
    expect(await back(HEAD, 'wrong')).toMatchObject({ why: 'needs-reason' });
    expect(await back(HEAD, 'It was another man of that name.')).toEqual({ done: true });
    expect((await now()).status).toBe('reply_received');
    expect(await bench.sql('select outcome from people')).toMatchObject([{ outcome: null }]);
    expect(await back(HEAD, 'It was another man of that name.')).toMatchObject({ why: 'no-outcome' });
  });
});

describe('a grading by staff', () => {
  it('stands when the family goes on with the form, until there is new danger', async () => {
    await bench.desk.setPriority(MEERA, one.id, 'P3', 'g');
    await bench.presses(FAMILY, 'x:situation', 'f:situation:injured');
    expect((await now()).priority).toBe('P3');
    await bench.says(FAMILY, 'They are taking me to the front now');
    expect((await now()).priority).toBe('P0');
  });
});
