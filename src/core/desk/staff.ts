import type { Officer } from '../case/case-record.ts';
import { idsOf, type Desks, type Role } from '../case/desks.ts';

/** Somebody who works on the register: what they are, by the id of each desk (and of those whose cases it took over). */
export type Staff = Officer & { roles: Readonly<Record<string, readonly Role[]>> };

/**
 * Who an officer is by the desk file and the channels they are in at this moment. Only members of a desk's channel are of
 * the desk, whatever the file says: who has left the channel has left the desk.
 */
export function staffOf(desks: Desks, officer: Officer, channels: ReadonlySet<string>): Staff {
  const roles = desks
    .filter((desk) => channels.has(desk.channel))
    .flatMap((desk) => {
      const listed = desk.people.find((person) => person.id === officer.id)?.roles;
      return idsOf(desk).map((id) => [id, listed ?? (['officer'] as const)] as const);
    });
  return { id: officer.id, name: officer.name, roles: Object.fromEntries(roles) };
}

/** Ids of the desks whose cases this person may see. */
export const desksOf = (staff: Staff): string[] =>
  Object.keys(staff.roles).filter((desk) => rolesAt(staff, desk).length > 0);

/** None at a desk that is not theirs. */
export const rolesAt = (staff: Staff, desk: string): readonly Role[] =>
  Object.hasOwn(staff.roles, desk) ? (staff.roles[desk] ?? []) : [];
