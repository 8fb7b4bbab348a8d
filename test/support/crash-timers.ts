import { applyEvent } from '../../src/core/case/apply-event.ts';
import type { CaseState } from '../../src/core/case/case-record.ts';
import { parseEvent, type CaseEvent } from '../../src/core/case/events.ts';
import { timersOf, type DeskLimits, type TimerKind } from '../../src/core/case/wakes.ts';
import type { Register, StoryLine } from '../../src/core/register/register.ts';
import { openCase } from './register-bench.ts';

/** The shortest that a desk file may say. */
const MINUTE = 60_000;
/** Nothing comes due before the helpline has been launched. */
const HEAD_START_MS = 2_000;

/**
 * Limits, all alike, under which a case that was opened before the run comes due at any time of `spanMs`. A shorter one would want
 * cases opened by a clock ahead of the helpline’s, which takes that for a clock turned back and starts their time anew.
 */
export function limitsOver(spanMs: number): DeskLimits {
  const limit = Math.ceil((HEAD_START_MS + spanMs) / MINUTE) * MINUTE;
  return { untakenMs: limit, secondMs: limit, formMs: limit };
}

export const deskFile = ({ untakenMs, secondMs, formMs }: DeskLimits): string => `desks:
  - id: desk
    name: Demo desk
    channel: C0TRIAGE
    timeZone: Asia/Kolkata
    hours: { mon-fri: "09:00-18:00", sat-sun: closed }
    people:
      - { id: UMEERA, roles: [head] }
      - { id: UFATIMA, roles: [duty] }
    limits: { untaken: ${untakenMs / MINUTE}m, second: ${secondMs / MINUTE}m, form: ${formMs / MINUTE}m }
`;

const KINDS = ['untaken', 'promise', 'second', 'form'] as const;
const EACH = 6;
const FIRST_USER = 8000;

export type Waiting = { user: number; kind: (typeof KINDS)[number]; dueAt: number };

/** Cases opened before now whose timers come due one after the other in `spanMs` from now. Nobody touches them. */
export async function casesThatWait(
  register: Pick<Register, 'work'>,
  setClock: (now: number) => void,
  spanMs: number,
): Promise<Waiting[]> {
  const from = Date.now() + HEAD_START_MS;
  const { formMs: limit } = limitsOver(spanMs);
  const all: Waiting[] = [];
  for (let n = 0; n < KINDS.length * EACH; n += 1) {
    const kind = KINDS[n % KINDS.length] ?? 'form';
    const dueAt = Math.round(from + (n * spanMs) / (KINDS.length * EACH));
    const user = FIRST_USER + n;
    // The same time until it comes due for each kind: only so does the story stay in the order of time.
    setClock(dueAt - limit);
    await register.work(async (unit) => {
      const one = await openCase(unit, String(user), {
        priority: kind === 'untaken' ? 'P0' : 'P3',
        formDone: kind !== 'form',
        due: kind === 'promise' ? dueAt : null,
      });
      if (kind !== 'second') return;
      const officer = { id: 'UMEERA', name: 'Meera Nair' };
      const content = { officer, note: 'evidence', tell: false, voice: null, takeUp: null, reason: null };
      const asked = { kind: 'second', what: 'asked', to: 'closed', beyondConsent: false, content } as const;
      await unit.record({ by: { staff: officer }, case: one.id, ...asked });
    });
    all.push({ user, kind, dueAt });
  }
  return all;
}

export type Step = { event: CaseEvent; at: number; actor: string; before: CaseState | null };

/** The story of a case, each event with the state that it met. */
export function stepsOf(story: readonly StoryLine[]): { steps: Step[]; end: CaseState | null } {
  let end: CaseState | null = null;
  const steps: Step[] = [];
  for (const { about, event: written, ...told } of story) {
    if (about !== 'case') continue;
    const event = parseEvent('case', written);
    const applied = applyEvent(end, { ...told, event });
    if ('refused' in applied) throw new Error(`told what cannot be: ${JSON.stringify([told, event, end])}`);
    steps.push({ event, at: told.at, actor: told.actor, before: end });
    end = applied.state;
  }
  return { steps, end };
}

/** The timer whose firing an event is; null for all others. */
export function firedBy(event: CaseEvent): TimerKind | null {
  if (event.kind === 'alarm') return 'untaken';
  if (event.kind === 'promise' && event.what === 'missed') return 'promise';
  if (event.kind === 'second' && event.what === 'lapsed') return 'second';
  return event.kind === 'form' && event.what === 'abandoned' ? 'form' : null;
}

/** Every firing held against what was due when it fired, and what is due at the end against the end. */
export function timerFaults(
  reference: string,
  { steps, end }: ReturnType<typeof stepsOf>,
  endAt: number,
  limits: DeskLimits,
): { faults: string[]; fired: Record<TimerKind, number>; latestMs: number } {
  const faults: string[] = [];
  const fired = { promise: 0, untaken: 0, second: 0, form: 0, unconsented: 0 };
  let latestMs = 0;
  for (const { event, at, before } of steps) {
    const kind = firedBy(event);
    if (kind === null) continue;
    fired[kind] += 1;
    const due = new Map(before ? timersOf(before, limits) : []).get(kind);
    if (due === undefined) faults.push(`${reference}: ${kind} fired without cause, or twice`);
    else if (at < due) faults.push(`${reference}: ${kind} fired ${due - at} ms before its time, or twice`);
    else latestMs = Math.max(latestMs, at - due);
  }
  for (const [kind, due] of end ? timersOf(end, limits) : [])
    if (due < endAt - 5_000)
      faults.push(`${reference}: ${kind} was due ${endAt - due} ms ago and never fired`);
  return { faults: [...faults, ...rhythmFaults(reference, steps, limits.untakenMs)], fired, latestMs };
}

/** Twice as long after each alarm, by the events' own times and not by the rule that set the timer. */
function rhythmFaults(reference: string, steps: readonly Step[], limit: number): string[] {
  const faults: string[] = [];
  let last: number | null = null;
  let doublings = 0;
  for (const { event, at } of steps) {
    if (event.kind === 'alarm') {
      if (last !== null && at - last < limit * 2 ** doublings)
        faults.push(`${reference}: an alarm ${at - last} ms after the one before it`);
      doublings = last === null ? 1 : Math.min(doublings + 1, 5);
      last = at;
    } else if (['danger', 'raised', 'graded', 'released'].includes(event.kind)) last = null;
  }
  return faults;
}
