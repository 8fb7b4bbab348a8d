import { setImmediate as others } from 'node:timers/promises';
import type { Verdict } from '../core/register/register.ts';
import type { KeyRing } from './key-ring.ts';
import { readingOnly, type ReadOnly } from './read-only.ts';
import type { Db } from './schema.ts';
import type { Head } from './story.ts';
import { verifyCases } from './verify-cases.ts';
import { verifyChain } from './verify-chain.ts';
import { verifyChats, verifyPeople } from './verify-people.ts';
import type { Subject } from './verify-story.ts';
import { readWitness } from './witness.ts';

/** A place that the story once went through, and who says so. */
export type Checkpoint = Head & { from: string };

/** What each part of the examination is given. */
export type Examination = {
  db: Db;
  keys: KeyRing;
  checkpoints: readonly Checkpoint[];
  fault(this: void, where: string, what: string): void;
  /** Called after each page: tells how far it has come, and lets others run. */
  page(this: void, what: 'event' | Subject, count: number): Promise<void>;
};

type Options = {
  checkpoints?: readonly Checkpoint[];
  /** So many events read, so many cases compared. */
  progress?(this: void, events: number, cases: number): void;
};

/** Opens the database for reading only, with its witness, and examines it as it is at this moment. `end`: where its story ends. */
export function verifyDatabase(
  at: ReadOnly,
  { checkpoints = [], progress }: Options = {},
): Promise<Verdict & { end: Head | null }> {
  const witness = readWitness(at.dataDir, at.keys);
  const seen = witness === null || witness === 'damaged' ? [] : [{ ...witness, from: 'story-head.json' }];
  return readingOnly(at, async (tx) => {
    const verdict = await verifyStory(tx, at.keys, {
      checkpoints: [...seen, ...checkpoints],
      ...(progress && { progress }),
    });
    if (witness === 'damaged')
      verdict.faults.push({
        where: 'story-head.json',
        what: 'was not sealed with the keys of this helpline',
      });
    const end = await tx.selectFrom('story_head').select(['seq', 'hash']).executeTakeFirst();
    return { ...verdict, end: end ?? null };
  });
}

/**
 * Walks the chain of the story, then tells every case, person and chat anew from it and compares what comes out with what
 * stands in the tables. Only reads; page by page.
 */
export async function verifyStory(db: Db, keys: KeyRing, options: Options = {}): Promise<Verdict> {
  const faults: Verdict['faults'] = [];
  const read = { event: 0, case: 0, person: 0, chat: 0 };
  const examination: Examination = {
    db,
    keys,
    checkpoints: options.checkpoints ?? [],
    fault: (where, what) => void faults.push({ where, what }),
    async page(what, count) {
      read[what] += count;
      options.progress?.(read.event, read.case);
      await others();
    },
  };
  await verifyChain(examination);
  await verifyCases(examination);
  await verifyPeople(examination);
  await verifyChats(examination);
  return { events: read.event, cases: read.case, faults };
}
