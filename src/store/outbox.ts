import type { Errand } from '../core/register/outbox.ts';
import type { OutboxEntry } from '../core/register/register.ts';
import { unwrapCaseKey, type CaseBox } from './case-keys.ts';
import type { InboxContext } from './inbox.ts';
import { lanes } from './lanes.ts';
import type { Row, Tx } from './schema.ts';
import type { Place } from './sealed-box.ts';
import type { UnitContext } from './unit-context.ts';

/** What must be done in order: the messages of one chat, and what is shown of one case. */
const streamOf = (errand: Errand): string =>
  errand.kind === 'message' ? `chat:${errand.chatId}` : `case:${errand.caseId}`;

export const payloadPlace = (uid: string): Place => ['outbox', uid, 'payload'];

/** Keeps an errand; what belongs to a case under that case's key, so that it goes when the case is erased. */
export async function addErrand(unit: UnitContext, errand: Errand): Promise<void> {
  const uid = unit.newId();
  const stream = streamOf(errand);
  const box = errand.caseId === null ? unit.keys : await unit.caseKeys.of(errand.caseId);
  if (errand.kind === 'card' && (await cardIsDue(unit, stream, box))) return unit.wake();
  const { id } = await unit.tx
    .insertInto('outbox')
    .values({
      uid,
      stream,
      case_id: errand.caseId,
      payload: box.seal(JSON.stringify(errand), payloadPlace(uid)),
      state: 'waiting',
      attempts: 0,
      in_hand: 0,
      unsure: 0,
      queued_at: unit.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await lanes('outbox', unit.tx, unit.engine, unit.now).join(new Map([[stream, id]]));
  unit.wake();
}

/**
 * True when the last errand of the stream is a card that nobody has begun to show: it will show the case as this unit
 * leaves it. The lane is held until the commit, or a claim could show it as it was before; while one is being claimed,
 * another card is written.
 */
async function cardIsDue(
  { tx, engine }: UnitContext,
  stream: string,
  box: Pick<CaseBox, 'open'>,
): Promise<boolean> {
  const lane = await tx
    .selectFrom('lanes')
    .select('lane')
    .where('queue', '=', 'outbox')
    .where('lane', '=', stream)
    .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked())
    .executeTakeFirst();
  if (!lane) return false;
  const last = await tx
    .selectFrom('outbox')
    .select(['uid', 'payload', 'in_hand'])
    .where('stream', '=', stream)
    .where('state', '=', 'waiting')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last || last.in_hand !== 0) return false;
  try {
    const { kind }: Errand = JSON.parse(box.open(last.payload, payloadPlace(last.uid)));
    return kind === 'card';
  } catch {
    return false;
  }
}

/** Errands under a lease, longest unserved stream first. What cannot be opened is parked: its case was erased. */
export async function claimErrands(
  context: InboxContext,
  limit: number,
  leaseMs: number,
): Promise<{ entries: OutboxEntry[]; unreadable: number[] }> {
  const { tx, engine, now } = context;
  const heads = await lanes('outbox', tx, engine, now).take(limit, leaseMs);
  if (heads.length === 0) return { entries: [], unreadable: [] };
  const rows = await tx
    .updateTable('outbox')
    .set((e) => ({ attempts: e('attempts', '+', 1), unsure: e('unsure', '+', e.ref('in_hand')), in_hand: 1 }))
    .where('id', 'in', heads)
    .returningAll()
    .execute();
  const entries: OutboxEntry[] = [];
  const unreadable: number[] = [];
  for (const row of rows.toSorted((a, b) => heads.indexOf(a.id) - heads.indexOf(b.id))) {
    const errand = await opened(context, row);
    if (errand) {
      const { id, attempts, queued_at: queuedAt, unsure } = row;
      entries.push({ id, errand, attempts, queuedAt, maybeSent: unsure > 0 });
    } else {
      unreadable.push(row.id);
      await settleErrand(context, row.id, 'parked');
    }
  }
  return { entries, unreadable };
}

async function opened({ tx, keys }: InboxContext, row: Row<'outbox'>): Promise<Errand | null> {
  // Asked outside the net below: a failing database is not an unreadable errand.
  const key = row.case_id === null ? null : await wrappedKey(tx, row.case_id);
  if (key === undefined) return null;
  try {
    const box = key === null ? keys : unwrapCaseKey(keys, key.case_id, key.wrapped);
    return JSON.parse(box.open(row.payload, payloadPlace(row.uid)));
  } catch {
    return null;
  }
}

const wrappedKey = (tx: Tx, caseId: string): Promise<Row<'data_keys'> | undefined> =>
  tx.selectFrom('data_keys').selectAll().where('case_id', '=', caseId).executeTakeFirst();

/** Forgets an errand that was sent, keeps one that is parked; either way its stream goes on. */
export async function settleErrand(
  { tx, engine, now }: Pick<InboxContext, 'tx' | 'engine' | 'now'>,
  id: number,
  outcome: 'sent' | 'parked',
): Promise<void> {
  const row =
    outcome === 'sent'
      ? await tx
          .deleteFrom('outbox')
          .where('id', '=', id)
          .where('state', '=', 'waiting')
          .returning('stream')
          .executeTakeFirst()
      : await tx
          .updateTable('outbox')
          .set({ state: 'parked' })
          .where('id', '=', id)
          .where('state', '=', 'waiting')
          .returning('stream')
          .executeTakeFirst();
  if (!row) return;
  await lanes('outbox', tx, engine, now).advance(row.stream, async () => {
    const next = await tx
      .selectFrom('outbox')
      .select((e) => e.fn.min('id').as('id'))
      .where('stream', '=', row.stream)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    return next?.id ?? null;
  });
}

/** Back to the head of its stream, which waits until `at`. Nothing happens when it was settled meanwhile. */
export async function retryErrand(
  { tx, engine, now }: InboxContext,
  id: number,
  at: number,
  maybeSent: boolean,
): Promise<void> {
  const row = await tx
    .updateTable('outbox')
    .set((e) => ({ in_hand: 0, unsure: e('unsure', '+', maybeSent ? 1 : 0) }))
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .returning('stream')
    .executeTakeFirst();
  if (row) await lanes('outbox', tx, engine, now).hold(row.stream, at);
}
