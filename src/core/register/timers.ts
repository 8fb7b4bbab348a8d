import type { TimerKind } from '../case/wakes.ts';

/** `subject`: the case's id; of `unconsented` the chat's. `dueAt` in Unix ms. */
export type DueTimer = { kind: TimerKind; subject: string; dueAt: number; attempts: number };

/** Timers, written in the unit that makes the promise. */
export type Timers = {
  set(kind: TimerKind, subject: string, dueAt: number): Promise<void>;
  clear(kind: TimerKind, subject: string): Promise<void>;
};
