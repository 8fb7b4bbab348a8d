import type { Refusal } from './desk.ts';
import type { CaseRecord, Officer } from '../case/case-record.ts';
import type { UnitOfWork } from '../register/register.ts';

export const NO_SUCH_CASE: Refusal = { done: false, why: 'no-such-case' };
/** Who acted, for the audit. */
export const actor = (officer: Officer): string => `staff:${officer.id}`;

/** One change of a case by the desk, with its audit line and its card. */
export async function write(
  unit: UnitOfWork,
  officer: Officer,
  one: CaseRecord,
  change: Parameters<UnitOfWork['cases']['change']>[2],
  action: string,
  fields: string[],
): Promise<void> {
  if ((await unit.cases.change(one.id, one.version, change)) === null)
    throw new Error('a case changed inside its own unit of work');
  await unit.audit({ actor: actor(officer), action, object: `case:${one.id}`, fields });
  await unit.send({ kind: 'card', caseId: one.id });
}

/** A word among staff, kept with the case. It never reaches the family. */
export async function note(unit: UnitOfWork, officer: Officer, one: CaseRecord, text: string): Promise<void> {
  if (text.trim() === '') return;
  await unit.messages.add({
    caseId: one.id,
    from: 'note',
    author: officer,
    text,
    attachment: null,
    language: null,
    at: unit.now,
    delivery: null,
    failure: null,
    platformId: null,
    edits: null,
  });
  await unit.audit({
    actor: actor(officer),
    action: 'note-added',
    object: `case:${one.id}`,
    fields: ['text'],
  });
}

/** The family has taken its consent back and has said nothing in this case since: nobody writes to it any more. */
export async function wantsNoWord(unit: UnitOfWork, one: CaseRecord): Promise<boolean> {
  const consent = await unit.consents.latest(one.chatId);
  return consent?.withdrawnAt != null && one.familyAt <= consent.withdrawnAt;
}
