import { isOutcome } from '../../../core/case/case-status.ts';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import type { Refusal } from '../../../core/desk/desk.ts';
import { isHead, may } from '../../../core/desk/may.ts';
import type { Staff } from '../../../core/desk/staff.ts';
import type { RequestContent } from '../../../core/register/register.ts';
import { hasFamily } from './case-card.ts';
import type { SecondReader } from './second-form.ts';

/** Not for those who only read: they would fill in a form for nothing. Whoever sends one off is asked again by the core. */
export const mayWork = (staff: Staff, { desk }: CaseCard): Refusal | null =>
  may(staff, 'openCase', null, { desk }) === null ? null : { done: false, why: 'not-your-role' };

/** There must be somebody to answer. */
export const mayReply = (staff: Staff, card: CaseCard): Refusal | null =>
  mayWork(staff, card) ?? (hasFamily(card) ? null : { done: false, why: 'no-family' });

/** A head, and an outcome. */
export const mayTakeBack = (staff: Staff, card: CaseCard): Refusal | null =>
  mayWork(staff, card) ??
  (!isHead(staff, card.desk)
    ? { done: false, why: 'needs-head' }
    : isOutcome(card.status)
      ? null
      : { done: false, why: 'no-outcome' });

/** What somebody is to a move that waits for a second officer. */
export const readerOf = (staff: Staff, card: CaseCard, request: RequestContent): SecondReader =>
  mayWork(staff, card) !== null ? 'reads' : request.officer.id === staff.id ? 'asked' : 'decides';
