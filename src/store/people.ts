import { createHash } from 'node:crypto';
import type { Officer, TakeUp, TakeUpContent } from '../core/case/case-record.ts';
import type { UnitOfWork } from '../core/register/register.ts';
import type { Place } from './sealed-box.ts';
import type { UnitContext } from './unit-context.ts';

const place = (takeUpId: string): Place => ['take_ups', takeUpId, 'content'];

type Content = Omit<TakeUpContent, 'door'> & { officer: Officer; secondOfficer: Officer | string };

/** The sum of a sealed take-up, as it stands in the story. */
export const sumOfSealed = (sealed: string): string => createHash('sha256').update(sealed).digest('hex');

/** Keeps a take-up, sealed; gives its id, and the sum of what was sealed for the story. */
export async function addTakeUp(
  { tx, caseKeys, newId }: UnitContext,
  takeUp: Omit<TakeUp, 'id'>,
): Promise<{ id: string; sum: string }> {
  const id = newId();
  const { counterpart, date, reference, officer, secondOfficer } = takeUp;
  const content: Content = { counterpart, date, reference, officer, secondOfficer };
  const box = await caseKeys.of(takeUp.caseId);
  const sealed = box.seal(JSON.stringify(content), place(id));
  await tx
    .insertInto('take_ups')
    .values({
      id,
      person_id: takeUp.personId,
      case_id: takeUp.caseId,
      door: takeUp.door,
      content: sealed,
      at: takeUp.at,
    })
    .execute();
  return { id, sum: sumOfSealed(sealed) };
}

export const takeUps = ({ tx, caseKeys }: UnitContext): UnitOfWork['takeUps'] => ({
  async ofPerson(personId) {
    const rows = await tx
      .selectFrom('take_ups')
      .selectAll()
      .where('person_id', '=', personId)
      .orderBy('at')
      .orderBy('id')
      .execute();
    const all: TakeUp[] = [];
    for (const row of rows) {
      const content: Content = JSON.parse((await caseKeys.of(row.case_id)).open(row.content, place(row.id)));
      const { secondOfficer: second } = content;
      all.push({
        ...content,
        id: row.id,
        personId,
        caseId: row.case_id,
        door: row.door,
        at: row.at,
        // Before the second officer pressed, a name was typed.
        secondOfficer: typeof second === 'string' ? { id: '', name: second } : second,
      });
    }
    return all;
  },
});

export const people = ({ tx }: UnitContext): UnitOfWork['people'] => ({
  async outcome(personId) {
    const row = await tx.selectFrom('people').select('outcome').where('id', '=', personId).executeTakeFirst();
    return row?.outcome ?? null;
  },
});
