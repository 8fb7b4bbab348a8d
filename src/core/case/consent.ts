import type { CaseState, Consent, Purpose } from './case-record.ts';

/** What a family has agreed to at this moment; null when it was never asked, or has taken it back. */
export const purposesIn = (consent: Consent | null): Purpose[] | null =>
  consent !== null && consent.withdrawnAt === null ? consent.purposes : null;

/** The family has taken its consent back, and has said nothing in this case since. */
export const isWithdrawn = (consent: Consent | null, { familyAt }: Pick<CaseState, 'familyAt'>): boolean =>
  consent !== null && consent.withdrawnAt !== null && familyAt <= consent.withdrawnAt;
