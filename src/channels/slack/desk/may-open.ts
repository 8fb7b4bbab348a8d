import { isOutcome } from '../../../core/case/case-status.ts';
import { refusalOf } from '../../../core/desk/act.ts';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import type { Refusal } from '../../../core/desk/desk.ts';
import { type ActName, may } from '../../../core/desk/may.ts';
import type { Staff } from '../../../core/desk/staff.ts';
import { hasFamily } from './case-card.ts';
import type { SecondReader } from './second-form.ts';

/** Why somebody gets no form, or null. */
export type Bars = (staff: Staff, card: CaseCard) => Refusal | null;

const mayOnCard = (staff: Staff, act: ActName, card: CaseCard) =>
  may(staff, act, { ...card, ownerId: card.owner?.id ?? null });

/** Who may not do what the form does: they would fill it in for nothing. Whoever sends it off is asked again by the core. */
export const barredFrom =
  (act: ActName): Bars =>
  (staff, card) =>
    refusalOf(mayOnCard(staff, act, card), card);

/** There must be somebody to answer. */
export const barredFromReply: Bars = (staff, card) =>
  barredFrom('draftReply')(staff, card) ?? (hasFamily(card) ? null : { done: false, why: 'no-family' });

/** There must be an outcome. */
export const barredFromTakeBack: Bars = (staff, card) =>
  barredFrom('takeBackOutcome')(staff, card) ??
  (isOutcome(card.status) ? null : { done: false, why: 'no-outcome' });

/** What somebody is to the move that waits for a second officer. */
export function readerOf(staff: Staff, card: CaseCard): SecondReader {
  const denied = mayOnCard(staff, 'confirmSecond', card);
  return denied === null ? 'decides' : denied.why === 'same-officer' ? 'asked' : 'reads';
}
