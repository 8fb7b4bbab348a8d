import type { TimerKind } from '../case/wakes.ts';
import type { UnitOfWork } from './register.ts';

/** `subject`: the case's id; of `unconsented` the chat's. `dueAt` in Unix ms. */
export type DueTimer = { kind: TimerKind; subject: string; dueAt: number; attempts: number };

/**
 * What a kind of timer does when it comes due. Only writes, so that they stand or fall with the timer; what is to be sent goes
 * into the outbox. It may run again when its unit lost a race, and must see for itself whether there is still cause.
 */
export type OnTimer = (unit: UnitOfWork, timer: DueTimer) => Promise<void>;

/** What came of firing: the effect stands of `fired`; of `failed` nothing does, and it is put off. */
export type Fired = { fired: DueTimer[]; failed: { timer: DueTimer; error: unknown }[] };

/** Timers, written in the unit that makes the promise. */
export type Timers = {
  set(kind: TimerKind, subject: string, dueAt: number): Promise<void>;
  clear(kind: TimerKind, subject: string): Promise<void>;
};
