import type { Act } from './act.ts';
import type { DeskActions, Done } from './desk.ts';

/** How urgent a person finds a case, and words among staff. Neither reaches the family, nor moves what it was promised. */
export const grading = (act: Act): Pick<DeskActions, 'setPriority' | 'addNote'> => ({
  setPriority: (staff, caseId, to, press) =>
    act.change('setPriority', staff, caseId, press, async ({ unit, one }): Promise<Done> => {
      if (one.priority === to && one.gradedAt !== null) return { done: true };
      await unit.record({ by: { staff }, case: caseId, kind: 'graded', to });
      if (one.priority !== to)
        await unit.send({ kind: 'card-line', caseId, line: { what: 'priority', by: staff.name, to } });
      return { done: true };
    }),

  addNote: (staff, caseId, text, press) =>
    act.change('addNote', staff, caseId, press, async ({ unit }): Promise<Done> => {
      if (text.trim() === '') return { done: true };
      await unit.record({ by: { staff }, case: caseId, kind: 'noted', text });
      await unit.send({ kind: 'card-line', caseId, line: { what: 'note', by: staff.name } });
      return { done: true };
    }),
});
