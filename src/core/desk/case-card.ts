import type { CaseRecord, Delivery, Purpose } from '../case/case-record.ts';
import { purposesIn } from '../case/consent.ts';
import type { UnitOfWork } from '../register/register.ts';
import type { DeskLine, Sent } from '../register/outbox.ts';
import { movesFrom, type Status } from '../case/case-status.ts';

/** Where a card stands in the desk's channel. */
export type CardPlace = { channel: string; ts: string };

/**
 * A case as the desk's channel may show it: nothing personal. Made anew from the register each time; never patched,
 * never read back.
 */
export type CaseCard = Pick<
  CaseRecord,
  | 'reference'
  | 'status'
  | 'priority'
  | 'country'
  | 'language'
  | 'needs'
  | 'owner'
  | 'formDone'
  | 'createdAt'
  | 'familyAt'
  | 'deskAt'
  | 'nextContactAt'
  | 'overdueAt'
  | 'channel'
  | 'desk'
  | 'request'
  | 'version'
> & {
  caseId: string;
  /** What the family has agreed to; null when it was not asked, or has taken it back. */
  purposes: Purpose[] | null;
  /** Messages from the family, answers of the desk. */
  received: number;
  answered: number;
  /** The fate of the desk's last answer. */
  lastAnswer: { number: number; delivery: Delivery } | null;
  /** The family has blocked the bot. */
  blocked: boolean;
  /** Statuses that the desk may choose next. */
  moves: Status[];
};

/** What came of showing a card. */
export type CardSent = Exclude<Sent, { outcome: 'sent' }> | { outcome: 'sent'; place: CardPlace };

/** The desk's channel, as the outbox sees it. Both are safe to repeat: `mayBeThere` asks to look before posting. */
export type DeskChannel = {
  showCard(card: CaseCard, at: CardPlace | null, mayBeThere: boolean): Promise<CardSent>;
  /** Adds a line under the card. `key` tells repeated lines apart. `gone` = the card is no longer where it was shown. */
  addLine(
    one: Pick<CaseCard, 'reference' | 'desk' | 'status'>,
    at: CardPlace,
    line: DeskLine,
    key: string,
    mayBeThere: boolean,
  ): Promise<Sent>;
};

/** The case as the desk's channel may show it, read inside a unit. */
export async function cardOf(unit: UnitOfWork, one: CaseRecord): Promise<CaseCard> {
  const counts = await unit.messages.count(one.id);
  const chat = await unit.chats.byId(one.chatId);
  const { last } = counts;
  return {
    caseId: one.id,
    reference: one.reference,
    status: one.status,
    priority: one.priority,
    country: one.country,
    language: one.language,
    needs: one.needs,
    owner: one.owner,
    formDone: one.formDone,
    createdAt: one.createdAt,
    familyAt: one.familyAt,
    deskAt: one.deskAt,
    nextContactAt: one.nextContactAt,
    overdueAt: one.overdueAt,
    channel: one.channel,
    desk: one.desk,
    request: one.request,
    version: one.version,
    purposes: purposesIn(await unit.consents.latest(one.chatId)),
    received: counts.family,
    answered: counts.desk,
    lastAnswer: last?.delivery ? { number: last.number, delivery: last.delivery } : null,
    blocked: chat?.blockedAt != null,
    moves: movesFrom(one.status),
  };
}
