import { FIELD_IDS } from '../case/intake-form.ts';
import { readReference } from '../case/reference.ts';
import type { CaseRecord } from '../case/case-record.ts';
import type { UnitOfWork } from '../register/register.ts';
import type { Act, DeskParts } from './act.ts';
import { cardOf } from './case-card.ts';
import type { DeskActions } from './desk.ts';
import { may } from './may.ts';
import { desksOf } from './staff.ts';

const MESSAGES_SHOWN = 60;

type Reading = Pick<DeskActions, 'look' | 'find' | 'readDetails' | 'queue'>;

/** What staff look at. Whatever holds something personal is on record as read. */
export const reading = (act: Act, { register }: DeskParts): Reading => ({
  look: (staff, caseId) =>
    act.read('look', staff, caseId, async ({ unit, one }): ReturnType<Reading['look']> => ({
      done: true,
      card: await cardOf(unit, one),
    })),

  find: (staff, typed) =>
    register.work(async (unit) => {
      const reference = readReference(typed);
      const one = reference === null ? null : await unit.cases.byReference(reference);
      // Another desk's case reads like none: a reference must not tell that it exists.
      if (!one || may(staff, 'find', one) !== null) return null;
      await unit.record({ by: { staff }, case: one.id, kind: 'found' });
      return { card: await cardOf(unit, one), place: one.card };
    }),

  readDetails: (staff, caseId) =>
    act.read('readDetails', staff, caseId, async ({ unit, one }): ReturnType<Reading['readDetails']> => {
      const values = await unit.fields.read(caseId);
      const fields = FIELD_IDS.flatMap((id) => (values[id] === undefined ? [] : [{ id, value: values[id] }]));
      const read = [...fields.map(({ id }) => id), 'messages' as const, 'take-ups' as const];
      await unit.record({ by: { staff }, case: caseId, kind: 'read', fields: read });
      const messages = await unit.messages.ofCase(caseId, MESSAGES_SHOWN);
      const takeUps = await unit.takeUps.ofPerson(one.personId);
      return { done: true, details: { case: one, fields, messages, takeUps } };
    }),

  queue: (staff, most) =>
    register.work(async (unit) => {
      const desks = may(staff, 'queue', null) === null ? desksOf(staff) : [];
      const list = async (owner: string | null) => ({
        cards: await cardsOf(unit, await unit.cases.queue({ owner, desks, limit: most })),
        count: await unit.cases.count({ owner, desks }),
      });
      return { mine: await list(staff.id), free: await list(null), open: await unit.cases.count({ desks }) };
    }),
});

async function cardsOf(unit: UnitOfWork, cases: readonly CaseRecord[]) {
  const cards = [];
  for (const one of cases) cards.push(await cardOf(unit, one));
  return cards;
}
