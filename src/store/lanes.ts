import type { Db, Engine, Tables, Tx } from './schema.ts';

/**
 * The order of a queue. A lane is one chat's messages, or one case's card: its entries are taken one at a time, oldest
 * first. A lane with something waiting points to it (`head`); `free_at` is when it may be taken: the end of a lease, or
 * the time of a retry, or for an idle lane since when it is idle. `turn` tells when it was last served, in claims: whoever waited longest goes first, so that
 * ten thousand messages of one chat delay nobody else. A claim reads as many rows as it takes, however long the queue.
 */
export type Lanes = {
  /** Entries were added to these lanes; each with the oldest of its new ones. */
  join(heads: ReadonlyMap<string, number>): Promise<void>;
  /** The heads of up to `limit` free lanes, longest unserved first, each lane now under a lease. */
  take(limit: number, leaseMs: number): Promise<number[]>;
  /** No sooner than `at`. */
  hold(lane: string, at: number): Promise<void>;
  /** The head was dealt with: the lane moves on to what `next` finds, and is free. True when that is something. */
  advance(lane: string, next: () => Promise<number | null>): Promise<boolean>;
};

export function lanes(queue: Tables['lanes']['queue'], tx: Tx, engine: Engine, now: number): Lanes {
  const turn = async (): Promise<number> => {
    const row = await tx
      .selectFrom('lanes')
      .select((e) => e.fn.max('turn').as('turn'))
      .where('queue', '=', queue)
      .executeTakeFirst();
    return row?.turn ?? 0;
  };
  return {
    async join(heads) {
      if (heads.size === 0) return;
      // A newcomer counts as served just now, or a flood of them would go before everybody who came back.
      const next = (await turn()) + 1;
      // Sorted, so that two units that join the same lanes cannot wait for each other.
      const rows = [...heads]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([lane, head]) => ({ queue, lane, head, free_at: 0, taken: 0, turn: next }));
      await tx
        .insertInto('lanes')
        .values(rows)
        .onConflict((on) =>
          on.columns(['queue', 'lane']).doUpdateSet((e) => ({
            head: e.fn.coalesce('lanes.head', 'excluded.head'),
            free_at: e.case().when('lanes.head', 'is', null).then(0).else(e.ref('lanes.free_at')).end(),
          })),
        )
        .execute();
    },
    async take(limit, leaseMs) {
      const free = await tx
        .selectFrom('lanes')
        .select(['lane', 'head'])
        .where('queue', '=', queue)
        .where('head', 'is not', null)
        .where('free_at', '<=', now)
        .orderBy('turn')
        .orderBy('head')
        .limit(limit)
        .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked())
        .execute();
      if (free.length === 0) return [];
      await tx
        .updateTable('lanes')
        .set({ free_at: now + leaseMs, taken: 1, turn: (await turn()) + 1 })
        .where('queue', '=', queue)
        .where(
          'lane',
          'in',
          free.map((one) => one.lane),
        )
        .execute();
      return free.flatMap((one) => one.head ?? []);
    },
    async hold(lane, at) {
      await tx
        .updateTable('lanes')
        .set({ free_at: at, taken: 0 })
        .where('queue', '=', queue)
        .where('lane', '=', lane)
        .execute();
    },
    async advance(lane, next) {
      // Locked by a statement of its own: only the next one is sure to see what another process has just put in.
      if (engine === 'postgres') {
        await tx
          .selectFrom('lanes')
          .select('lane')
          .where('queue', '=', queue)
          .where('lane', '=', lane)
          .forUpdate()
          .execute();
      }
      const head = await next();
      await tx
        .updateTable('lanes')
        .set({ head, free_at: head === null ? now : 0, taken: 0 })
        .where('queue', '=', queue)
        .where('lane', '=', lane)
        .execute();
      return head !== null;
    },
  };
}

/** Frees what a process that is no more had in its hands. Only for a process that knows it is the only one. */
export async function freeTakenLanes(db: Db): Promise<void> {
  await db.updateTable('lanes').set({ free_at: 0, taken: 0 }).where('taken', '=', 1).execute();
}
