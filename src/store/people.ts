import type { TakeUp, UnitOfWork } from '../core/register/register.ts';
import type { Place } from './sealed-box.ts';
import type { UnitContext } from './unit-context.ts';

const place = (takeUpId: string): Place => ['take_ups', takeUpId, 'content'];

type Content = Pick<TakeUp, 'counterpart' | 'date' | 'reference' | 'officer' | 'secondOfficer'>;

export const people = ({ tx }: UnitContext): UnitOfWork['people'] => ({
  async setOutcome(personId, outcome) {
    await tx.updateTable('people').set({ outcome }).where('id', '=', personId).execute();
  },
});

export const takeUps = ({ tx, caseKeys, newId }: UnitContext): UnitOfWork['takeUps'] => ({
  async add(takeUp) {
    const id = newId();
    const { counterpart, date, reference, officer, secondOfficer } = takeUp;
    const content: Content = { counterpart, date, reference, officer, secondOfficer };
    const box = await caseKeys.of(takeUp.caseId);
    await tx
      .insertInto('take_ups')
      .values({
        id,
        person_id: takeUp.personId,
        case_id: takeUp.caseId,
        door: takeUp.door,
        content: box.seal(JSON.stringify(content), place(id)),
        at: takeUp.at,
      })
      .execute();
    return { ...takeUp, id };
  },
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
      all.push({ id: row.id, personId, caseId: row.case_id, door: row.door, at: row.at, ...content });
    }
    return all;
  },
});
