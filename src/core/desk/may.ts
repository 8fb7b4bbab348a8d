import type { CaseState } from '../case/case-record.ts';
import type { Role } from '../case/desks.ts';
import type { DeskActions } from './desk.ts';
import { desksOf, rolesAt, type Staff } from './staff.ts';

/** Every act of the desk, whichever door it comes through. One that is not in `ACTS` does not compile. */
export type ActName =
  | keyof DeskActions
  /** An advisory question, by direct message or mention. */
  | 'ask'
  /** A report, by direct message or mention. */
  | 'openCase';

type ActRule = {
  /** Who may, if the case is of a desk of theirs. */
  roles: readonly Role[];
  /** `case`: there must be one. `desk`: there is none yet. `either`: a search knows its case only when it has found it. */
  on: 'case' | 'desk' | 'either';
  /** An auditor never does what changes a case, whatever else they are. */
  changes: boolean;
  /** On a case that another officer has taken only that officer and a head of the desk may. */
  owners?: true;
};

const WORK: readonly Role[] = ['officer', 'duty', 'head'];
const READ: readonly Role[] = [...WORK, 'auditor'];

const change = { roles: WORK, on: 'case', changes: true } as const satisfies ActRule;
const read = { roles: READ, on: 'case', changes: false } as const satisfies ActRule;

/** The one table of who may do what. `setStatus` asks `moveNeeds` too. */
export const ACTS = {
  /** A head takes a case over. An officer who has left must not lock it. */
  take: { ...change, owners: true },
  release: { ...change, owners: true },
  setPriority: change,
  setStatus: change,
  takeBackOutcome: { ...change, roles: ['head'] },
  confirmSecond: change,
  refuseSecond: change,
  draftReply: change,
  sendReply: change,
  addNote: change,
  openCase: { ...change, on: 'desk' },
  look: read,
  readDetails: read,
  readRequest: read,
  find: { ...read, on: 'either' },
  queue: { ...read, on: 'desk' },
  ask: { ...read, on: 'desk' },
} satisfies Record<ActName, ActRule>;

/** Why an act is refused. Nothing was changed. */
export type Denied =
  | { why: 'unknown-act' }
  | { why: 'no-such-case' }
  /** The case is of a desk that is not theirs, or they are of no desk. */
  | { why: 'other-desk' }
  | { why: 'not-your-role' }
  | { why: 'needs-head' }
  | { why: 'not-yours'; ownerId: string }
  | { why: 'no-request' }
  /** The second officer is never the one who asks. */
  | { why: 'same-officer' };

/** What of a case decides who may act on it. */
type OfDesk = Pick<CaseState, 'desk' | 'ownerId' | 'request'>;

/**
 * Whether somebody may do an act, by what they are, whose desk and whose case it is: null, or why not. Pure, and closed to
 * every act and role that it does not know.
 * @param one the case; null for acts that have none: then any desk of theirs will do
 * @param more `ownerLeft`: the case's officer is of the desk no more, so that the case is free to all of it, where there is
 * no head too
 */
export function may(
  staff: Staff,
  act: ActName,
  one: OfDesk | null,
  more: { ownerLeft?: boolean } = {},
): Denied | null {
  if (!Object.hasOwn(ACTS, act)) return { why: 'unknown-act' };
  const rule: ActRule = ACTS[act];
  if (one === null) {
    if (rule.on === 'case') return { why: 'no-such-case' };
    return byRole(rule, desksOf(staff), staff);
  }
  return byRole(rule, [one.desk], staff) ?? byCase(rule, act, staff, one, more.ownerLeft === true);
}

/** Enough that one of the desks lets them. */
function byRole(rule: ActRule, desks: readonly string[], staff: Staff): Denied | null {
  const held = desks.map((desk) => rolesAt(staff, desk)).filter((roles) => roles.length > 0);
  if (held.length === 0) return { why: 'other-desk' };
  const active = rule.changes ? held.filter((roles) => !roles.includes('auditor')) : held;
  if (active.some((roles) => roles.some((role) => rule.roles.includes(role)))) return null;
  return active.some((roles) => roles.some((role) => WORK.includes(role)))
    ? { why: 'needs-head' }
    : { why: 'not-your-role' };
}

function byCase(rule: ActRule, act: ActName, staff: Staff, one: OfDesk, ownerLeft: boolean): Denied | null {
  const others = one.ownerId === staff.id || ownerLeft ? null : one.ownerId;
  if (rule.owners && others !== null && !isHead(staff, one.desk))
    return { why: 'not-yours', ownerId: others };
  if (act === 'confirmSecond' || act === 'refuseSecond') {
    if (one.request === null) return { why: 'no-request' };
    // Whoever asked may take it back, never grant it.
    if (act === 'confirmSecond' && one.request.by === staff.id) return { why: 'same-officer' };
  }
  return null;
}

/** A head of the desk who does not audit it too. */
export const isHead = (staff: Staff, desk: string): boolean => {
  const roles = rolesAt(staff, desk);
  return roles.includes('head') && !roles.includes('auditor');
};
