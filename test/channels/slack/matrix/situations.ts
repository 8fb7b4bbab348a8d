import type { CaseRecord } from '../../../../src/core/case/case-record.ts';
import type { Status } from '../../../../src/core/case/case-status.ts';
import type { RequestContent, UnitOfWork } from '../../../../src/core/register/register.ts';
import { openCase } from '../../../support/register-bench.ts';
import { fresh } from '../../../support/slack-payloads.ts';
import type { MatrixBench } from './bench.ts';
import { COLLEAGUE, GONE, INSIDERS, onceOfficer, OWNER } from './people.ts';

/** How a case stands when its card is shown or a form is opened. */
export const CASES = {
  untaken: 'received, with nobody',
  taken: 'with the owner',
  orphan: 'with an officer who has left the desk',
  waiting: 'the owner asks for "raised with Russia": it waits for a second officer',
  ended: 'an outcome is set',
} as const;
export type CaseWord = keyof typeof CASES;

/** What has become of it before the button is pressed or the form is sent off. */
export const MEANWHILE = {
  '-': 'nothing',
  moved: 'a colleague set another status',
  took: 'a colleague took it',
  released: 'the owner gave it back',
  refused: 'a colleague refused the move that waits',
  'asked-anew': 'that move was refused, and the owner has asked for it again',
  'taken-back': 'the head took the outcome back',
  withdrawn: 'the family took its consent back',
} as const;
export type MeanwhileWord = keyof typeof MEANWHILE;

/** A case, and what a card or form of it carries: as it was when that was shown. */
export type Situation = { one: CaseRecord; version: number; request: string; draft: string };

const SECRET = 'Balwinder Kaur';
/** What nobody who is refused may read. */
export const PERSONAL = new RegExp(SECRET);

const TAKE_UP = {
  door: 'embassy_moscow' as const,
  counterpart: 'Ministry of Defence',
  date: '2026-11-20',
  reference: 'NV 12/2026',
};
const ASKED: RequestContent = {
  officer: OWNER,
  note: 'seen on paper',
  tell: true,
  voice: null,
  takeUp: TAKE_UP,
  reason: null,
};

const consent = {
  noticeVersion: 'v1',
  noticeHash: '0'.repeat(64),
  language: 'en',
  purposes: ['desk' as const, 'embassy_ministry' as const, 'russia_icrc' as const],
};

/** Puts a case and its moment into the register. `actor` once began an answer to the family, while they were an officer. */
export async function situation(
  { register, desk }: MatrixBench,
  of: { desk: string; case: CaseWord; meanwhile: MeanwhileWord; draftOf: string | null },
): Promise<Situation> {
  if (of.draftOf === null) {
    const [shown, one] = await register.work(async (unit) => {
      const first = await stand(unit, of.desk, of.case);
      return [first, await passes(unit, first, of.meanwhile)];
    });
    return as(shown, one, '0');
  }
  const shown = await register.work((unit) => stand(unit, of.desk, of.case));
  const draft = await desk.draftReply(onceOfficer(of.draftOf), shown.id, 'We have written to them.', 'en');
  if (!draft.done) throw new Error(`no draft: ${draft.why}`);
  return as(shown, await register.work((unit) => passes(unit, shown, of.meanwhile)), draft.draft);
}

const as = ({ version, request }: CaseRecord, one: CaseRecord, draft: string): Situation => ({
  one,
  version,
  request: request?.id ?? '0'.repeat(32),
  draft,
});

const again = async (unit: UnitOfWork, { id }: CaseRecord): Promise<CaseRecord> => {
  const one = await unit.cases.byId(id);
  if (!one) throw new Error('the case is gone');
  return one;
};

async function moves(unit: UnitOfWork, one: CaseRecord, ...to: Status[]): Promise<void> {
  for (const next of to) {
    const { status: from } = await again(unit, one);
    const second = next === 'raised_with_russia' ? COLLEAGUE.id : null;
    const codes = { told: false, due: null, second, beyondConsent: false, voice: null };
    await unit.record({ by: { staff: OWNER }, case: one.id, kind: 'status', from, to: next, ...codes });
  }
}

const asks = (unit: UnitOfWork, { id }: CaseRecord) =>
  unit.record({
    by: { staff: OWNER },
    case: id,
    kind: 'second',
    what: 'asked',
    to: 'raised_with_russia',
    beyondConsent: false,
    content: ASKED,
  });

async function stand(unit: UnitOfWork, desk: string, word: CaseWord): Promise<CaseRecord> {
  const one = await openCase(unit, String(50_000 + fresh()), {
    desk,
    language: 'en',
    values: { reporter_name: SECRET },
  });
  const by = { family: one.chatId };
  await unit.record({ by, chat: one.chatId, kind: 'consent', consent, purposes: consent.purposes });
  if (word === 'untaken') return one;
  await unit.record({ by: { staff: word === 'orphan' ? GONE : OWNER }, case: one.id, kind: 'taken' });
  await moves(unit, one, 'acknowledged');
  if (word === 'waiting' || word === 'ended') await moves(unit, one, 'sent_to_embassy');
  if (word === 'waiting') await asks(unit, one);
  if (word === 'ended') await moves(unit, one, 'raised_with_russia', 'reply_received', 'located');
  return again(unit, one);
}

async function passes(unit: UnitOfWork, one: CaseRecord, word: MeanwhileWord): Promise<CaseRecord> {
  const colleague = { by: { staff: COLLEAGUE }, case: one.id };
  switch (word) {
    case 'moved':
      await moves(unit, one, one.status === 'located' ? 'travelling' : 'need_info');
      break;
    case 'took':
      await unit.record({ ...colleague, kind: 'taken' });
      await moves(unit, one, 'acknowledged');
      break;
    case 'released':
      await unit.record({ by: { staff: OWNER }, case: one.id, kind: 'released' });
      break;
    case 'refused':
    case 'asked-anew':
      await unit.record({ ...colleague, kind: 'second', what: 'refused' });
      if (word === 'asked-anew') await asks(unit, one);
      break;
    case 'taken-back': {
      const by = { staff: { id: INSIDERS.head, name: 'Hema Iyer' } };
      await unit.record({ by, case: one.id, kind: 'taken-back', from: one.status, to: 'reply_received' });
      break;
    }
    case 'withdrawn':
      await unit.record({ by: { family: one.chatId }, chat: one.chatId, kind: 'withdrawn' });
      break;
    case '-':
  }
  return again(unit, one);
}
