import type { CaseRecord, Purpose } from '../../src/core/case/case-record.ts';
import type { Status } from '../../src/core/case/case-status.ts';
import type { Refusal, StatusWish } from '../../src/core/desk/desk.ts';
import type { Staff } from '../../src/core/desk/staff.ts';
import { helplineBench } from './helpline-bench.ts';
import { move, openCase } from './register-bench.ts';

/** The moves by which a case leaves the desk, and from where they may be made. Written out, not read from the table. */
export const SHARING = {
  sent_to_embassy: 'received acknowledged need_info sent_to_ministry raised_with_russia reopened',
  sent_to_ministry: 'received acknowledged need_info sent_to_embassy raised_with_russia reopened',
  raised_with_russia:
    'sent_to_embassy sent_to_ministry reply_received located injured_confirmed captured_confirmed',
} as const;
export type Move = keyof typeof SHARING;
export const MOVES = ['sent_to_embassy', 'sent_to_ministry', 'raised_with_russia'] as const satisfies Move[];

/** What a family has said, and which moves it has agreed to with that. */
export const CONSENTS: Record<
  string,
  { purposes: Purpose[] | null; withdrawn?: true; agreed: readonly Move[] }
> = {
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

export type Answer = 'made' | 'asked' | Refusal['why'];
/** Reason enough for a head. */
export const REASON = 'He called: they are taken to the line tonight.';

export const wish = (one: CaseRecord, to: Move, reason: string | null): StatusWish => ({
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

/** A helpline with cases in any status, and the desk's moves that share them. */
export async function sharingBench() {
  const bench = await helplineBench();
  let serial = 0;
  const press = (): string => `p${++serial}`;
  const now = async (id: string): Promise<CaseRecord> => {
    const one = await bench.register.work((unit) => unit.cases.byId(id));
    if (!one) throw new Error('no such case');
    return one;
  };
  return {
    ...bench,
    press,
    now,
    async caseIn(status: Status, consent: string): Promise<CaseRecord> {
      const { purposes, withdrawn } = CONSENTS[consent] ?? { purposes: null };
      return bench.register.work(async (unit) => {
        let one = await openCase(unit, `7${++serial}`);
        const of = { by: { family: one.chatId }, chat: one.chatId };
        const notice = { noticeVersion: 'v1', noticeHash: '0'.repeat(64), language: 'en' };
        if (purposes)
          await unit.record({ ...of, kind: 'consent', consent: { ...notice, purposes }, purposes });
        for (const to of WAY[status]) one = await move(unit, one, to);
        if (withdrawn) await unit.record({ ...of, kind: 'withdrawn' });
        return one;
      });
    },
    withdraw: ({ chatId }: CaseRecord) =>
      bench.register.work((unit) => unit.record({ by: { family: chatId }, chat: chatId, kind: 'withdrawn' })),
    async ask(staff: Staff, one: CaseRecord, to: Move, reason: string | null): Promise<Answer> {
      const result = await bench.desk.setStatus(staff, wish(one, to, reason), press());
      return result.done ? (result.asked ? 'asked' : 'made') : result.why;
    },
    async confirm(staff: Staff, one: CaseRecord, request: string, key = press()): Promise<Answer> {
      const result = await bench.desk.confirmSecond(staff, one.id, request, key);
      return result.done ? 'made' : result.why;
    },
    /** Where the case is, what waits for a second officer, and how many take-ups are on record. */
    async standing(one: CaseRecord) {
      const { status, request } = await now(one.id);
      const takeUps = await bench.register.work((unit) => unit.takeUps.ofPerson(one.personId));
      return { status, waitsFor: request?.to ?? null, takeUps: takeUps.length };
    },
    requestOf: async (one: CaseRecord): Promise<string> => (await now(one.id)).request?.id ?? '',
  };
}

export type SharingBench = Awaited<ReturnType<typeof sharingBench>>;
