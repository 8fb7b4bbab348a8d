import type { CaseRecord } from '../case/case-record.ts';
import { deskOf, type Desk, type Desks } from '../case/desks.ts';
import type { Knowledge } from '../case/knowledge.ts';
import type { Log } from '../log.ts';
import { Impossible } from '../register/happened.ts';
import type { Register, UnitOfWork } from '../register/register.ts';
import type { Done, Refusal } from './desk.ts';
import { may, type ActName } from './may.ts';
import type { Staff } from './staff.ts';

export type DeskParts = {
  register: Pick<Register, 'work'>;
  knowledge: () => Knowledge;
  desks: () => Desks;
  random: (bytes: number) => Uint8Array;
  log: Log;
};

/** A case of a desk, in the hands of somebody who may do what they are doing. */
export type Hands = { unit: UnitOfWork; staff: Staff; one: CaseRecord; desk: Desk };

/**
 * What a door knows beside. `ownerLeft`: the officer who has the case is no longer of the desk. `owner`: whose it was when
 * the door looked (Slack id), null when nobody's; what was known then holds for nobody who has taken it since.
 */
export type Known = { ownerLeft?: boolean; owner?: string | null };

/** The one way into a stored case for staff, whichever door they come through. */
export type Act = {
  /** Changes a case, once a press: a repeated one finds it done. A refusal rolls everything back, the press too. */
  change(
    name: ActName,
    staff: Staff,
    caseId: string,
    press: string,
    job: (hands: Hands) => Promise<Done>,
    more?: Known,
  ): Promise<Done>;
  /** Reads a case. */
  read<T>(
    name: ActName,
    staff: Staff,
    caseId: string,
    job: (hands: Hands) => Promise<Done<T>>,
  ): Promise<Done<T>>;
};

/** Carried through the transaction, so that it rolls back. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.why);
    this.refusal = refusal;
  }
}

export function acts({ register, desks, log }: Pick<DeskParts, 'register' | 'desks' | 'log'>): Act {
  async function run<T>(
    name: ActName,
    staff: Staff,
    caseId: string,
    job: (hands: Hands) => Promise<Done<T>>,
    more: Known = {},
    repeated: (unit: UnitOfWork) => Promise<Done<T> | null> = () => Promise.resolve(null),
  ): Promise<Done<T>> {
    const seen: { one: CaseRecord | null } = { one: null };
    try {
      const result = await register.work(async (unit) => {
        seen.one = await unit.cases.byId(caseId);
        const before = await repeated(unit);
        if (before) return before;
        const denied = refusalOf(may(staff, name, seen.one, more), seen.one);
        if (denied) throw new Refused(denied);
        if (!seen.one) throw new Refused({ done: false, why: 'no-such-case' });
        const done = await job({ unit, staff, one: seen.one, desk: deskOf(desks(), seen.one.desk) });
        if (!done.done) throw new Refused(done);
        return done;
      });
      log('desk-acted', { caseId, kind: name });
      return result;
    } catch (error) {
      const refusal =
        error instanceof Refused
          ? error.refusal
          : error instanceof Impossible
            ? refusalOf(error.refusal, seen.one)
            : null;
      if (!refusal) throw error;
      log('desk-refused', { caseId, kind: name, why: refusal.why });
      return refusal;
    }
  }
  return {
    read: (name, staff, caseId, job) => run(name, staff, caseId, job),
    change: (name, staff, caseId, press, job, more) =>
      // Asked before all else: what the press has done may be just what would refuse it now.
      run(name, staff, caseId, job, more, async (unit) =>
        (await unit.firstTime('press', `${staff.id}|${press}`)) ? null : { done: true },
      ),
  };
}

type Impediment = ReturnType<typeof may> | Impossible['refusal'];

/** A refusal of the table or of the story, with the names that the officer knows. */
export function refusalOf(impediment: Impediment, one: Pick<CaseRecord, 'owner'> | null): Refusal | null {
  if (impediment === null) return null;
  switch (impediment.why) {
    case 'not-yours':
      return { done: false, why: 'not-yours', owner: one?.owner ?? null };
    case 'taken':
      return { done: false, why: 'taken', owner: one?.owner ?? { id: impediment.owner, name: '' } };
    case 'not-taken':
      return { done: false, why: 'not-yours', owner: null };
    case 'unknown-act':
    case 'not-raised':
    case 'second-missing':
      return { done: false, why: 'not-your-role' };
    default:
      return { done: false, ...impediment };
  }
}
