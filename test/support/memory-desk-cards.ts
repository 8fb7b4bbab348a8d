import type { CaseRecord, Officer } from '../../src/core/case/case-record.ts';
import { movesFrom } from '../../src/core/case/case-status.ts';
import type { CaseCard } from '../../src/core/desk/case-card.ts';
import { aCase } from './a-case.ts';

/** A card as the desk's channel shows it, but for what is given. */
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
    overdueAt: null,
    channel: 'telegram',
    desk: 'desk',
    request: null,
    version: 1,
    purposes: ['desk', 'embassy_ministry', 'russia_icrc'],
    received: 2,
    answered: 0,
    lastAnswer: null,
    blocked: false,
    moves: movesFrom(status),
    ...over,
  };
};

/** The case that a card is of. */
export const recordOf = (card: CaseCard): CaseRecord => {
  const { caseId: id, owner, request, version } = card;
  const { reference, desk, channel, status, priority, country, language, needs, formDone } = card;
  const { createdAt, familyAt, deskAt, nextContactAt, overdueAt } = card;
  const shown = { reference, desk, channel, status, priority, country, language, needs, formDone };
  const times = { createdAt, familyAt, deskAt, nextContactAt, overdueAt };
  const more = { id, ownerId: owner?.id ?? null, request, settled: version, version };
  return { ...aCase({ ...shown, ...times, ...more }), owner, card: null };
};

export const MEERA: Officer = { id: 'UMEERA', name: 'Meera Nair' };
export const ARJUN: Officer = { id: 'UARJUN', name: 'Arjun Rao' };
