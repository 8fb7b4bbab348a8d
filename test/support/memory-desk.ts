import type { CardPlace, CaseCard } from '../../src/core/desk/case-card.ts';
import { mayMove, movesFrom, needsTakeUp } from '../../src/core/case/case-status.ts';
import type { DeskActions, Done } from '../../src/core/desk/desk.ts';
import type { CaseDetails } from '../../src/core/desk/desk.ts';
import type { CaseRecord, Officer } from '../../src/core/case/case-record.ts';

export const caseOf = (over: Partial<CaseCard> = {}): CaseCard => {
  const status = over.status ?? 'received';
  return {
    caseId: 'case-1',
    reference: '7K3MQ2X4',
    status,
    priority: 'P1',
    country: 'RU',
    language: 'pa',
    needs: ['missing', 'passport-taken'],
    owner: null,
    formDone: true,
    createdAt: Date.now() - 3_600_000,
    familyAt: Date.now() - 600_000,
    deskAt: null,
    nextContactAt: Date.now() + 86_400_000,
    version: 1,
    received: 2,
    answered: 0,
    lastAnswer: null,
    hasFamily: true,
    blocked: false,
    moves: movesFrom(status),
    ...over,
  };
};

export const recordOf = (card: CaseCard): CaseRecord => ({
  id: card.caseId,
  reference: card.reference,
  personId: 'person-1',
  chatId: 'chat-1',
  status: card.status,
  priority: card.priority,
  owner: card.owner,
  country: card.country,
  language: card.language,
  needs: card.needs,
  reportedStatus: null,
  formDone: card.formDone,
  version: card.version,
  createdAt: card.createdAt,
  updatedAt: card.createdAt,
  familyAt: card.familyAt,
  deskAt: card.deskAt,
  nextContactAt: card.nextContactAt,
  card: null,
  cardVersion: 0,
});

const atOnce = (): Promise<void> => Promise.resolve();

/** The desk's acts on cases in memory, with the rules that Slack's side has to show. Every act is written down. */
export function memoryDesk(...cards: CaseCard[]) {
  const cases = new Map(cards.map((card) => [card.caseId, card]));
  const acts: string[] = [];
  const presses = new Set<string>();
  const drafts = new Map<string, { caseId: string; text: string }>();
  const sent: { caseId: string; text: string }[] = [];
  let before = atOnce;
  let details: Partial<CaseDetails> = {};
  let place: CardPlace | null = null;

  const act = async (
    name: string,
    caseId: string,
    press: string,
    job: (card: CaseCard) => Done<{ card?: CaseCard }>,
  ): Promise<Done> => {
    await before();
    const card = cases.get(caseId);
    if (!card) return { done: false, why: 'no-such-case' };
    if (presses.has(press)) return { done: true };
    const result = job(card);
    if (!result.done) return result;
    presses.add(press);
    acts.push(name);
    if (result.card) cases.set(caseId, { ...result.card, version: card.version + 1 });
    return { done: true };
  };

  const desk: DeskActions = {
    take: (officer, caseId, press) =>
      act(`take by ${officer.name}`, caseId, press, (card) =>
        card.owner && card.owner.id !== officer.id
          ? { done: false, why: 'taken', owner: card.owner }
          : { done: true, card: { ...card, owner: officer } },
      ),
    release: (officer, caseId, press) =>
      act(`release by ${officer.name}`, caseId, press, (card) =>
        card.owner?.id === officer.id
          ? { done: true, card: { ...card, owner: null } }
          : { done: false, why: 'not-yours', owner: card.owner },
      ),
    setPriority: (officer, caseId, to, press) =>
      act(`priority ${to} by ${officer.name}`, caseId, press, (card) => ({
        done: true,
        card: { ...card, priority: to },
      })),
    setStatus: (officer, wish, press) =>
      act(
        `status ${wish.to} by ${officer.name}: ${wish.note}${wish.tell ? ', told' : ''}${wish.takeUp ? ` (${Object.values(wish.takeUp).join('; ')})` : ''}`,
        wish.caseId,
        press,
        (card) =>
          wish.version !== card.version
            ? { done: false, why: 'changed-meanwhile', owner: card.owner, status: card.status }
            : !mayMove(card.status, wish.to)
              ? { done: false, why: 'illegal-move', from: card.status, moves: card.moves }
              : needsTakeUp(wish.to) && !wish.takeUp
                ? { done: false, why: 'needs-take-up' }
                : { done: true, card: { ...card, status: wish.to, moves: movesFrom(wish.to) } },
      ),
    look: async (caseId) => cases.get(caseId) ?? null,
    async find(officer, reference) {
      const card = [...cases.values()].find((one) => one.reference === reference);
      acts.push(`find ${reference} by ${officer.name}`);
      return card ? { card, place } : null;
    },
    async readDetails(officer, caseId) {
      const card = cases.get(caseId);
      if (!card) return { done: false, why: 'no-such-case' };
      acts.push(`details read by ${officer.name}`);
      return {
        done: true,
        details: { case: recordOf(card), fields: [], messages: [], takeUps: [], ...details },
      };
    },
    async draftReply(officer, caseId, text) {
      const card = cases.get(caseId);
      if (!card) return { done: false, why: 'no-such-case' };
      if (card.owner?.id !== officer.id) return { done: false, why: 'not-yours', owner: card.owner };
      const draft = `draft-${drafts.size + 1}`;
      drafts.set(draft, { caseId, text });
      return {
        done: true,
        draft,
        preview: [{ kind: 'paragraph', children: [{ text: `${officer.name} writes: ${text}` }] }],
        to: { reporter_name: 'Balwinder Kaur', reporter_role: 'parent' },
      };
    },
    async sendReply(_officer, draft, press) {
      const kept = drafts.get(draft);
      if (presses.has(press)) return { done: true, number: sent.length };
      if (!kept) return { done: false, why: 'draft-gone' };
      presses.add(press);
      sent.push(kept);
      return { done: true, number: sent.length };
    },
    addNote: (officer, caseId, text, press) =>
      act(`note by ${officer.name}: ${text}`, caseId, press, () => ({ done: true })),
    async queue(officer: Officer) {
      acts.push(`queue of ${officer.name}`);
      const all = [...cases.values()];
      return {
        mine: all.filter((card) => card.owner?.id === officer.id),
        free: all.filter((card) => card.owner === null),
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
    card: (id = 'case-1'): CaseCard => cases.get(id) ?? caseOf(),
    put: (card: CaseCard) => void cases.set(card.caseId, card),
    standsAt: (at: CardPlace) => void (place = at),
    /** What Details shows besides the case itself. */
    tell: (more: Partial<CaseDetails>) => void (details = more),
    /** Runs before each later act; throw in it to play a store that is down. */
    beforeAct: (step: () => Promise<void>) => void (before = step),
  };
}
