import type { CaseState } from './case-record.ts';

/**
 * What wakes up by itself. One timer a kind and subject: setting it again moves it.
 *
 * - `promise`: the date that a family was told comes.
 * - `untaken`: nobody has taken a case of danger within the desk's limit.
 * - `second`: a move has waited a day for a second officer.
 * - `form`: a family has left the form unfinished.
 * - `unconsented`: words that were said before the notice was answered have had their day.
 */
export const TIMER_KINDS = ['promise', 'untaken', 'second', 'form', 'unconsented'] as const;
export type TimerKind = (typeof TIMER_KINDS)[number];

/** How long the desk may leave things before it is called again, in ms. From desk.yaml; these are the defaults. */
export type DeskLimits = {
  /** A case of danger that nobody takes. */
  untakenMs: number;
  /** A move that waits for a second officer. */
  secondMs: number;
  /** A form that the family has left. */
  formMs: number;
};

export const DEFAULT_LIMITS: DeskLimits = {
  untakenMs: 15 * 60_000,
  secondMs: 24 * 3600_000,
  formMs: 24 * 3600_000,
};

/** Called ever more slowly, and in the end four times a day: a desk that hears an alarm without end stops hearing it. */
const MOST_DOUBLINGS = 5;

/** When to look at a case again, by kind; what is not listed has no timer. Unix ms. Pure. */
export function timersOf(state: CaseState, limits: DeskLimits): [TimerKind, number][] {
  if (state.status === 'closed') return [];
  const due: [TimerKind, number][] = [];
  if (state.nextContactAt !== null && state.overdueAt === null) due.push(['promise', state.nextContactAt]);
  if (state.priority === 'P0' && state.ownerId === null)
    due.push(['untaken', state.calledAt + limits.untakenMs * 2 ** Math.min(state.alarms, MOST_DOUBLINGS)]);
  if (state.request) due.push(['second', state.request.at + limits.secondMs]);
  if (!state.formDone && !state.formLeft) due.push(['form', state.familyAt + limits.formMs]);
  return due;
}
