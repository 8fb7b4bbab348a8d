import type { CaseRecord, Purpose } from '../case/case-record.ts';
import { isOutcome, movesFrom, ruleOf, type Status } from '../case/case-status.ts';
import { purposesIn } from '../case/consent.ts';
import { nextContact } from '../case/triage.ts';
import type { RequestContent, UnitOfWork } from '../register/register.ts';
import type { Act, DeskParts, Hands } from './act.ts';
import type { DeskActions, Done, Refusal, StatusWish } from './desk.ts';
import { isHead } from './may.ts';
import { isReason, missingConsent, moveNeeds, type MoveNeed } from './move-needs.ts';
import type { Staff } from './staff.ts';
import { tellFamily } from './telling.ts';

type Moves = Pick<
  DeskActions,
  'setStatus' | 'readRequest' | 'confirmSecond' | 'refuseSecond' | 'takeBackOutcome'
>;

const purposesOf = async (unit: UnitOfWork, one: CaseRecord): Promise<Purpose[] | null> =>
  purposesIn(await unit.consents.latest(one.chatId));

/** The desk's moves from status to status, alone or with a second officer. */
export function moving(act: Act, { knowledge }: DeskParts): Moves {
  return {
    setStatus: async (staff, wish, press) => {
      // Null until the wish is looked at: a press that was seen before is not.
      const seen: { asked: boolean | null } = { asked: null };
      const done = await act.change('setStatus', staff, wish.caseId, press, async (hands): Promise<Done> => {
        const { unit, one } = hands;
        if (wish.version < one.settled)
          return { done: false, why: 'changed-meanwhile', owner: one.owner, status: one.status };
        const need = await needOf(hands, staff, wish, null);
        if (need && need.why !== 'needs-second') return refusalOf(need, hands);
        if (need === null) {
          await make(hands, contentOf(staff, wish), wish.to, null);
          seen.asked = false;
          return { done: true };
        }
        seen.asked = true;
        const beyondConsent = missingConsent(wish.to, await purposesOf(unit, one)) !== null;
        await unit.record({
          by: { staff },
          case: one.id,
          kind: 'second',
          what: 'asked',
          to: wish.to,
          beyondConsent,
          content: contentOf(staff, wish),
        });
        const line = { what: 'second-asked' as const, by: staff.name, to: wish.to };
        await unit.send({ kind: 'card-line', caseId: one.id, line });
        return { done: true };
      });
      return done.done ? { ...done, asked: seen.asked ?? (await stillWaits(staff, wish)) } : done;
    },

    readRequest: (staff, caseId) =>
      act.read('readRequest', staff, caseId, async ({ unit, one }): ReturnType<Moves['readRequest']> => {
        const content = await unit.cases.request(caseId);
        if (!one.request || !content) return { done: false, why: 'no-request' };
        await unit.record({ by: { staff }, case: caseId, kind: 'read', fields: ['take-ups'] });
        return { done: true, request: { ...content, to: one.request.to, id: one.request.id } };
      }),

    confirmSecond: (staff, caseId, request, press) =>
      act.change('confirmSecond', staff, caseId, press, async (hands): Promise<Done> => {
        const { unit, one } = hands;
        const content = await unit.cases.request(caseId);
        if (one.request?.id !== request || !content) return { done: false, why: 'no-request' };
        const { to, beyondConsent } = one.request;
        // A reason alone makes nobody a head: past their consent goes only what was asked for as such.
        const missing = missingConsent(to, await purposesOf(unit, one));
        if (missing !== null && !beyondConsent)
          return { done: false, why: 'needs-consent', purpose: missing, mayGoBeyond: false };
        // Asked again now: the family may have taken its consent back since.
        const need = await needOf(hands, asker(content, one), { ...content, to }, staff.id);
        if (need) return refusalOf(need, hands);
        const confirmed = await unit.record({
          by: { staff },
          case: caseId,
          kind: 'second',
          what: 'confirmed',
        });
        await make({ ...hands, one: confirmed.one }, content, to, staff);
        return { done: true };
      }),

    refuseSecond: (staff, caseId, request, press) =>
      act.change('refuseSecond', staff, caseId, press, async ({ unit, one }): Promise<Done> => {
        if (one.request?.id !== request) return { done: false, why: 'no-request' };
        await unit.record({ by: { staff }, case: caseId, kind: 'second', what: 'refused' });
        const line = { what: 'second-refused' as const, by: staff.name, to: one.request.to };
        await unit.send({ kind: 'card-line', caseId, line });
        return { done: true };
      }),

    takeBackOutcome: (staff, caseId, reason, press) =>
      act.change('takeBackOutcome', staff, caseId, press, async ({ unit, one }): Promise<Done> => {
        if (!isOutcome(one.status) || one.previous === null) return { done: false, why: 'no-outcome' };
        if (!isReason(reason)) return { done: false, why: 'needs-reason' };
        const by = { staff };
        await unit.record({ by, case: caseId, kind: 'taken-back', from: one.status, to: one.previous });
        const earlier = isOutcome(one.previous) ? one.previous : null;
        await unit.record({ by, case: caseId, kind: 'outcome', to: earlier });
        await unit.record({ by, case: caseId, kind: 'noted', text: reason });
        const line = { what: 'taken-back' as const, by: staff.name, from: one.status };
        await unit.send({ kind: 'card-line', caseId, line });
        return { done: true };
      }),
  };

  /** Whether what this officer asked for waits for a second officer now. */
  async function stillWaits(staff: Staff, { caseId, to }: StatusWish): Promise<boolean> {
    const looked = await act.read('look', staff, caseId, ({ one: { request } }) =>
      Promise.resolve({ done: true, waits: request?.by === staff.id && request.to === to }),
    );
    return looked.done && looked.waits;
  }

  /** Makes a move that has all it needs. `second`: who confirmed it. */
  async function make(
    { unit, one, desk }: Hands,
    content: RequestContent,
    to: Status,
    second: Staff | null,
  ): Promise<void> {
    const by = { staff: content.officer };
    const beyondConsent = missingConsent(to, await purposesOf(unit, one)) !== null;
    if (content.takeUp && second)
      await unit.record({ by, case: one.id, kind: 'taken-up', second, takeUp: content.takeUp });
    // No sentence of ours follows an outcome, whatever the status is: a person speaks with them.
    const mayBeTold = ruleOf(to).told === 'bot' && (await unit.people.outcome(one.personId)) === null;
    const told = content.tell && mayBeTold && (await tellFamily(unit, knowledge(), one, `desk.status.${to}`));
    await unit.record({
      by,
      case: one.id,
      kind: 'status',
      from: one.status,
      to,
      told,
      due: told && to !== 'closed' ? nextContact(one.priority, unit.now, desk.hours) : null,
      second: second?.id ?? null,
      beyondConsent,
      voice: content.voice,
    });
    if (isOutcome(to)) await unit.record({ by, case: one.id, kind: 'outcome', to });
    const text = [content.note, content.reason].filter(Boolean).join('\n');
    if (text !== '') await unit.record({ by, case: one.id, kind: 'noted', text });
    await unit.send({
      kind: 'card-line',
      caseId: one.id,
      line: { what: 'status', by: content.officer.name, to, ...(second && { second: second.name }) },
    });
  }
}

async function needOf(
  { unit, one, desk }: Hands,
  by: Staff,
  wish: Pick<StatusWish, 'to' | 'note' | 'takeUp' | 'voice' | 'reason'>,
  second: string | null,
): Promise<MoveNeed | null> {
  const ground = { purposes: await purposesOf(unit, one), by, now: unit.now, timeZone: desk.hours.timeZone };
  return moveNeeds(one, wish.to, { ...wish, second }, ground);
}

function refusalOf(need: MoveNeed, { one, staff }: Hands): Refusal {
  switch (need.why) {
    case 'illegal-move':
      return { done: false, why: 'illegal-move', from: one.status, moves: movesFrom(one.status) };
    case 'needs-consent':
      return { done: false, ...need, mayGoBeyond: isHead(staff, one.desk) };
    case 'needs-second':
      return { done: false, why: 'same-officer' };
    default:
      return { done: false, ...need };
  }
}

const contentOf = (staff: Staff, wish: StatusWish): RequestContent => ({
  officer: { id: staff.id, name: staff.name },
  note: wish.note,
  tell: wish.tell,
  voice: wish.voice,
  takeUp: wish.takeUp,
  reason: wish.reason,
});

/** Who asked, with what they were when they asked: a reason is only taken from a head. */
const asker = ({ officer, reason }: RequestContent, one: CaseRecord): Staff => ({
  ...officer,
  roles: { [one.desk]: [one.request?.beyondConsent && reason !== null ? 'head' : 'officer'] },
});
