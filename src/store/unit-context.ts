import type { CaseKeys } from './case-keys.ts';
import type { KeyRing } from './key-ring.ts';
import type { Engine, Tx } from './schema.ts';
import type { Line } from './story.ts';

/** What the parts of one unit of work share. */
export type UnitContext = {
  tx: Tx;
  engine: Engine;
  now: number;
  keys: KeyRing;
  caseKeys: CaseKeys;
  /** A new random id. */
  newId(this: void): string;
  random(this: void, bytes: number): Uint8Array;
  /** Written last, so that the lock on the end of the chain is held for an instant only. */
  story: Line[];
  /** Cases whose card this unit has asked for already. */
  cards: Set<string>;
  /** Timers that this unit has taken, by `timerName`. */
  fired: ReadonlySet<string>;
  /** Timers that it has set or cleared. */
  moved: Set<string>;
  /** Call the listeners after the commit: there is something to send or to handle. */
  wake(this: void): void;
};
