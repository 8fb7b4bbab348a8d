import { isThirdParty } from '../case/intake-form.ts';
import type { CaseRecord } from '../case/case-record.ts';
import type { Act, DeskParts, Known } from './act.ts';
import type { DeskActions, Done } from './desk.ts';
import { tellFamily } from './telling.ts';

/** Taking a case, taking it over, and giving it back: whose it may be by then is asked of `may`. */
export const taking = (act: Act, { knowledge }: DeskParts): Pick<DeskActions, 'take' | 'release'> => ({
  take: (staff, caseId, press, more) =>
    act.change(
      'take',
      staff,
      caseId,
      press,
      async ({ unit, one }): Promise<Done> => {
        if (one.ownerId === staff.id) return { done: true };
        if (one.owner && isAnother(one, more)) return { done: false, why: 'taken', owner: one.owner };
        const by = { staff };
        if (one.owner) await unit.record({ by, case: caseId, kind: 'released' });
        await unit.record({ by, case: caseId, kind: 'taken' });
        if (one.status === 'received')
          await unit.record({
            by,
            case: caseId,
            kind: 'status',
            from: 'received',
            to: 'acknowledged',
            told: false,
            due: null,
            second: null,
            beyondConsent: false,
            voice: null,
          });
        await unit.send({ kind: 'card-line', caseId, line: { what: 'taken', by: staff.name } });
        // Somebody outside the family is told by a person or not at all.
        if (!isThirdParty(await unit.fields.read(caseId)))
          await tellFamily(unit, knowledge(), one, 'desk.taken', { owner: staff.name });
        return { done: true };
      },
      more,
    ),

  release: (staff, caseId, press, more) =>
    act.change(
      'release',
      staff,
      caseId,
      press,
      async ({ unit, one }): Promise<Done> => {
        if (!one.owner) return { done: true };
        if (one.ownerId !== staff.id && isAnother(one, more))
          return { done: false, why: 'taken', owner: one.owner };
        await unit.record({ by: { staff }, case: caseId, kind: 'released' });
        await unit.send({ kind: 'card-line', caseId, line: { what: 'released', by: staff.name } });
        return { done: true };
      },
      more,
    ),
});

/** Somebody took it after the door had looked: two who press Take at once do not take it from each other. */
const isAnother = (one: CaseRecord, { owner }: Known = {}): boolean =>
  owner !== undefined && one.ownerId !== owner;
