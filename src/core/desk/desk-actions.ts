import { acts, type DeskParts } from './act.ts';
import type { DeskActions } from './desk.ts';
import { grading } from './grading.ts';
import { moving } from './moving.ts';
import { reading } from './reading.ts';
import { replying } from './replying.ts';
import { taking } from './taking.ts';

/** The desk's acts. Each is one unit of work: the event, the card, and the word to the family. */
export function deskActions(parts: DeskParts): DeskActions {
  const act = acts(parts);
  return {
    ...taking(act, parts),
    ...grading(act),
    ...moving(act, parts),
    ...reading(act, parts),
    ...replying(act, parts),
  };
}
