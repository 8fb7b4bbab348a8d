import type { Officer } from '../../src/core/case/case-record.ts';
import { movesFrom } from '../../src/core/case/case-status.ts';
import type { CardPlace, CaseCard } from '../../src/core/desk/case-card.ts';
import type { CaseDetails, DeskActions, Done, Refusal, StatusWish } from '../../src/core/desk/desk.ts';
import { type ActName, isHead, may } from '../../src/core/desk/may.ts';
import { moveNeeds } from '../../src/core/desk/move-needs.ts';
import type { Staff } from '../../src/core/desk/staff.ts';
import type { RequestContent } from '../../src/core/register/register.ts';
import { recordOf, caseOf } from './memory-desk-cards.ts';

type Kept = { card: CaseCard; content: RequestContent | null };

const contentOf = ({ id, name }: Staff, wish: StatusWish): RequestContent => {
  const { note, tell, voice, takeUp, reason } = wish;
  return { officer: { id, name }, note, tell, voice, takeUp, reason };
};
const wordsOf = ({ note, tell, voice, takeUp, reason }: RequestContent): string =>
  [note, tell && 'told', voice, takeUp && `(${Object.values(takeUp).join('; ')})`, reason]
    .filter(Boolean)
    .join(', ');

const list = (all: CaseCard[], most: number) => ({ cards: all.slice(0, most), count: all.length });

const atOnce = (): Promise<void> => Promise.resolve();

/**
 * The desk's acts on cases in memory. Who may do what and what a move needs is asked of the core's own tables; the rest is
 * as little as Slack's side has to show. Every act is written down.
 */
export function memoryDesk(...cards: CaseCard[]) {
  const cases = new Map<string, Kept>(cards.map((card) => [card.caseId, { card, content: null }]));
  const acts: string[] = [];
  const presses = new Set<string>();
  const drafts = new Map<string, { caseId: string; text: string; number: number | null }>();
  const sent: { caseId: string; text: string }[] = [];
  let before = atOnce;
  let details: Partial<CaseDetails> = {};
  let place: CardPlace | null = null;
  let requests = 0;

  const put = (card: CaseCard, content: RequestContent | null = null): void =>
    void cases.set(card.caseId, { card, content });

  /** The case, or why this officer is not let in. */
  const enter = (
    name: ActName,
    staff: Staff,
    caseId: string,
    more: { ownerLeft?: boolean } = {},
  ): ({ done: true } & Kept) | Refusal => {
    const kept = cases.get(caseId);
    const denied = may(staff, name, kept ? recordOf(kept.card) : null, more);
    if (denied?.why === 'not-yours')
      return { done: false, why: 'not-yours', owner: kept?.card.owner ?? null };
    if (denied?.why === 'unknown-act') return { done: false, why: 'not-your-role' };
    if (denied) return { done: false, ...denied };
    return kept ? { done: true, ...kept } : { done: false, why: 'no-such-case' };
  };

  type Changed = { done: true; says: string; to?: CaseCard; content?: RequestContent | null };
  const change = async (
    name: ActName,
    staff: Staff,
    caseId: string,
    press: string,
    job: (kept: Kept) => Changed | Refusal,
    more: { ownerLeft?: boolean } = {},
  ): Promise<Done> => {
    await before();
    const entered = enter(name, staff, caseId, more);
    if (!entered.done) return entered;
    if (presses.has(press)) return { done: true };
    const result = job(entered);
    if (!result.done) return result;
    presses.add(press);
    acts.push(result.says);
    const { to = entered.card, content = entered.content } = result;
    put({ ...to, moves: movesFrom(to.status), version: to.version + 1 }, content);
    return { done: true };
  };

  const desk: DeskActions = {
    take: (staff, caseId, press, more) =>
      change(
        'take',
        staff,
        caseId,
        press,
        ({ card }) => ({
          done: true,
          says: `take by ${staff.name}`,
          to: { ...card, owner: { id: staff.id, name: staff.name } },
        }),
        more,
      ),
    release: (staff, caseId, press, more) =>
      change(
        'release',
        staff,
        caseId,
        press,
        ({ card }) => ({ done: true, says: `release by ${staff.name}`, to: { ...card, owner: null } }),
        more,
      ),
    setPriority: (staff, caseId, priority, press) =>
      change('setPriority', staff, caseId, press, ({ card }) => ({
        done: true,
        says: `priority ${priority} by ${staff.name}`,
        to: { ...card, priority },
      })),
    async setStatus(staff, wish, press) {
      const seen: { asked: boolean | null } = { asked: null };
      const done = await change('setStatus', staff, wish.caseId, press, ({ card }) => {
        if (wish.version < card.version)
          return { done: false, why: 'changed-meanwhile', owner: card.owner, status: card.status };
        if (card.request) return { done: false, why: 'second-waits', to: card.request.to };
        const ground = { purposes: card.purposes, by: staff, now: Date.now(), timeZone: 'Asia/Kolkata' };
        const need = moveNeeds(recordOf(card), wish.to, { ...wish, second: null }, ground);
        const content = contentOf(staff, wish);
        const says = `${wish.to} by ${staff.name}: ${wordsOf(content)}`;
        seen.asked = need?.why === 'needs-second';
        if (need === null) return { done: true, says: `status ${says}`, to: { ...card, status: wish.to } };
        if (need.why === 'needs-consent')
          return { done: false, ...need, mayGoBeyond: isHead(staff, card.desk) };
        if (need.why === 'illegal-move')
          return { done: false, why: 'illegal-move', from: card.status, moves: card.moves };
        if (need.why !== 'needs-second') return { done: false, ...need };
        requests += 1;
        const request = { id: `request-${requests}`, to: wish.to, by: staff.id, at: Date.now() };
        return {
          done: true,
          says: `asked ${says}`,
          to: { ...card, request: { ...request, beyondConsent: false } },
          content,
        };
      });
      const { request } = cases.get(wish.caseId)?.card ?? caseOf();
      const waits = request?.by === staff.id && request.to === wish.to;
      return done.done ? { ...done, asked: seen.asked ?? waits } : done;
    },
    async readRequest(staff, caseId) {
      const entered = enter('readRequest', staff, caseId);
      if (!entered.done) return entered;
      const { card, content } = entered;
      if (!card.request || !content) return { done: false, why: 'no-request' };
      acts.push(`request read by ${staff.name}`);
      return { done: true, request: { ...content, to: card.request.to, id: card.request.id } };
    },
    confirmSecond: (staff, caseId, request, press) =>
      change('confirmSecond', staff, caseId, press, ({ card, content }) => {
        if (card.request?.id !== request || !content) return { done: false, why: 'no-request' };
        const { to } = card.request;
        const by: Staff = {
          ...content.officer,
          roles: { [card.desk]: [content.reason ? 'head' : 'officer'] },
        };
        const ground = { purposes: card.purposes, by, now: Date.now(), timeZone: 'Asia/Kolkata' };
        const need = moveNeeds(recordOf(card), to, { ...content, second: staff.id }, ground);
        if (need?.why === 'needs-consent')
          return { done: false, ...need, mayGoBeyond: isHead(staff, card.desk) };
        if (need) throw new Error(`a move that was asked for needs something: ${need.why}`);
        return {
          done: true,
          says: `confirmed ${to} by ${staff.name}`,
          to: { ...card, status: to, request: null },
          content: null,
        };
      }),
    refuseSecond: (staff, caseId, request, press) =>
      change('refuseSecond', staff, caseId, press, ({ card }) =>
        card.request?.id === request
          ? {
              done: true,
              says: `refused ${card.request.to} by ${staff.name}`,
              to: { ...card, request: null },
              content: null,
            }
          : { done: false, why: 'no-request' },
      ),
    takeBackOutcome: (staff, caseId, reason, press) =>
      change('takeBackOutcome', staff, caseId, press, ({ card }) =>
        reason.length < 10
          ? { done: false, why: 'needs-reason' }
          : {
              done: true,
              says: `took back ${card.status} by ${staff.name}: ${reason}`,
              to: { ...card, status: 'reply_received' },
            },
      ),
    look: async (staff, caseId) => {
      const entered = enter('look', staff, caseId);
      return entered.done ? { done: true, card: entered.card } : entered;
    },
    async find(staff, reference) {
      const found = [...cases.values()].find(({ card }) => card.reference === reference);
      acts.push(`find ${reference} by ${staff.name}`);
      return found && enter('find', staff, found.card.caseId).done ? { card: found.card, place } : null;
    },
    async readDetails(staff, caseId) {
      const entered = enter('readDetails', staff, caseId);
      if (!entered.done) return entered;
      acts.push(`details read by ${staff.name}`);
      const one = recordOf(entered.card);
      return { done: true, details: { case: one, fields: [], messages: [], takeUps: [], ...details } };
    },
    async draftReply(staff, caseId, text) {
      const entered = enter('draftReply', staff, caseId);
      if (!entered.done) return entered;
      if (entered.card.channel === 'slack') return { done: false, why: 'no-family' };
      if (entered.card.blocked) return { done: false, why: 'blocked' };
      const draft = `draft-${drafts.size + 1}`;
      drafts.set(draft, { caseId, text, number: null });
      return {
        done: true,
        draft,
        preview: [{ kind: 'paragraph', children: [{ text: `${staff.name} writes: ${text}` }] }],
        to: { reporter_name: 'Balwinder Kaur', reporter_role: 'parent' },
      };
    },
    async sendReply(staff, draft) {
      const kept = drafts.get(draft);
      if (!kept) return { done: false, why: 'draft-gone' };
      const entered = enter('sendReply', staff, kept.caseId);
      if (!entered.done) return entered;
      if (kept.number !== null) return { done: true, number: kept.number };
      sent.push({ caseId: kept.caseId, text: kept.text });
      kept.number = sent.length;
      return { done: true, number: sent.length };
    },
    addNote: (staff, caseId, text, press) =>
      change('addNote', staff, caseId, press, () => ({
        done: true,
        says: `note by ${staff.name}: ${text}`,
      })),
    async queue(staff, most) {
      acts.push(`queue of ${staff.name}`);
      const all = [...cases.values()].map(({ card }) => card);
      return {
        mine: list(
          all.filter(({ owner }) => owner?.id === staff.id),
          most,
        ),
        free: list(
          all.filter(({ owner }) => owner === null),
          most,
        ),
        open: all.length,
      };
    },
  };

  const calls: string[] = [];
  const watched = new Proxy(desk, {
    get(target, name: keyof DeskActions) {
      return (...args: never[]): unknown => {
        calls.push(name);
        return Reflect.apply(target[name], target, args);
      };
    },
  });

  return {
    desk: watched,
    /** Every method that was called, looking included. */
    calls,
    acts,
    sent,
    card: (id = 'case-1'): CaseCard => cases.get(id)?.card ?? caseOf(),
    put: (card: CaseCard) => put(card, cases.get(card.caseId)?.content),
    /** A move that waits for somebody else, asked for by this officer. */
    asks(officer: Officer, to: CaseCard['status'], more: Partial<RequestContent> = {}, id = 'case-1'): void {
      const card = cases.get(id)?.card ?? caseOf();
      requests += 1;
      const request = { id: `request-${requests}`, to, by: officer.id, at: Date.now(), beyondConsent: false };
      put({ ...card, request }, { ...ASKED, officer, ...more });
    },
    standsAt: (at: CardPlace) => void (place = at),
    /** What Details shows besides the case itself. */
    tell: (more: Partial<CaseDetails>) => void (details = more),
    /** Runs before each later act; throw in it to play a store that is down. */
    beforeAct: (step: () => Promise<void>) => void (before = step),
  };
}

/** As it can be confirmed for "raised with Russia". */
const ASKED: Omit<RequestContent, 'officer'> = {
  note: 'Note verbale sent',
  tell: false,
  voice: null,
  takeUp: { door: 'embassy_moscow', counterpart: 'Foreign ministry', date: '2026-01-02', reference: 'N-12' },
  reason: null,
};
