import type { CaseRecord } from '../case/case-record.ts';
import { STAFF_ID } from '../case/desks.ts';
import type { TimerKind } from '../case/wakes.ts';
import type { DeskLine } from '../register/outbox.ts';
import type { UnitOfWork } from '../register/register.ts';
import type { OnTimer } from '../register/timers.ts';

/** Who of a desk is called, in this order: Slack ids. Where it has named nobody the whole channel is called. */
export type OnCall = { duty: readonly string[]; heads: readonly string[] };

/** The events name people by such ids only; with another one the alarm would never be written. */
const named = (ids: readonly string[]): string[] => ids.filter((id) => STAFF_ID.test(id));

/**
 * What the desk is woken up for: a promise that came due, a case of danger that nobody takes, a move that nobody
 * confirms, a form that was left. Each sees first whether there is still cause; a case that was closed, or is no more, gives none.
 */
export function wakeUps({
  people,
}: {
  people: (desk: string) => OnCall;
}): Record<Exclude<TimerKind, 'unconsented'>, OnTimer> {
  const onCall = (one: CaseRecord): OnCall => {
    const { duty, heads } = people(one.desk);
    return { duty: named(duty), heads: named(heads) };
  };
  return {
    async promise(unit, { subject, dueAt }) {
      const one = await openCase(unit, subject);
      if (!one || one.nextContactAt === null || one.overdueAt !== null) return;
      // Another date was told since: it has the timer.
      if (one.nextContactAt !== dueAt) return unit.timers.set('promise', one.id, one.nextContactAt);
      await unit.record({ by: 'helpline', case: one.id, kind: 'promise', what: 'missed', due: dueAt });
      const mention = one.ownerId === null ? onCall(one).duty : [one.ownerId];
      await tell(unit, one, { what: 'promise-missed', by: dueAt, mention });
    },
    async untaken(unit, { subject }) {
      const one = await openCase(unit, subject);
      if (!one || one.priority !== 'P0' || one.ownerId !== null) return;
      const to = nextInLine(onCall(one), one.alarms);
      const what = to.length === 0 ? 'again' : 'next';
      await unit.record({ by: 'helpline', case: one.id, kind: 'alarm', what, to });
      const mention = to.length === 0 ? 'channel' : to;
      await tell(unit, one, { what: 'untaken', times: one.alarms + 1, mention });
    },
    async second(unit, { subject }) {
      const one = await openCase(unit, subject);
      if (!one?.request) return;
      const { to, by } = one.request;
      await unit.record({ by: 'helpline', case: one.id, kind: 'second', what: 'lapsed' });
      await tell(unit, one, { what: 'second-lapsed', to, mention: [by] });
    },
    async form(unit, { subject }) {
      const one = await openCase(unit, subject);
      if (!one || one.formDone || one.formLeft) return;
      await unit.record({ by: 'helpline', case: one.id, kind: 'form', what: 'abandoned' });
      await tell(unit, one, { what: 'form-left' });
    },
  };
}

/** First the whole channel (nobody), then one after the other: duty, heads, and from the beginning. */
function nextInLine({ duty, heads }: OnCall, alarms: number): string[] {
  const line = [...new Set([...duty, ...heads])];
  const next = alarms === 0 ? undefined : line[(alarms - 1) % line.length];
  return next === undefined ? [] : [next];
}

async function openCase(unit: UnitOfWork, id: string): Promise<CaseRecord | null> {
  const one = await unit.cases.byId(id);
  return one?.status === 'closed' ? null : one;
}

const tell = (unit: UnitOfWork, one: CaseRecord, line: DeskLine): Promise<void> =>
  unit.send({ kind: 'card-line', caseId: one.id, line });
