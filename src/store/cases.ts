import { type Insertable, type SelectQueryBuilder } from 'kysely';
import type { CaseRecord, CaseState, Officer } from '../core/case/case-record.ts';
import { makeReference } from '../core/case/reference.ts';
import type { RequestContent, UnitOfWork } from '../core/register/register.ts';
import type { CaseBox } from './case-keys.ts';
import { columnsOf, stateOf } from './case-row.ts';
import type { Row, Tables } from './schema.ts';
import type { Place } from './sealed-box.ts';
import type { UnitContext } from './unit-context.ts';

const place = (caseId: string, column: 'owner_name' | 'request_content'): Place => ['cases', caseId, column];

/** Reading cases, and where their cards stand. What happens to them is written by `record.ts` alone. */
export function cases(unit: UnitContext): UnitOfWork['cases'] {
  const { tx } = unit;
  const records = async (rows: Row<'cases'>[]): Promise<CaseRecord[]> => {
    const all: CaseRecord[] = [];
    for (const row of rows) all.push(await recordOf(unit, row));
    return all;
  };
  return {
    async freshReference() {
      for (;;) {
        const reference = makeReference(unit.random);
        const taken = await tx
          .selectFrom('cases')
          .select('id')
          .where('reference', '=', reference)
          .executeTakeFirst();
        if (!taken) return reference;
      }
    },
    async byId(id) {
      const row = await lockedRow(unit, id);
      return row ? recordOf(unit, row) : null;
    },
    async byReference(reference) {
      const row = await tx
        .selectFrom('cases')
        .selectAll()
        .where('reference', '=', reference)
        .executeTakeFirst();
      return row ? recordOf(unit, row) : null;
    },
    async ofChat(chatId) {
      const rows = await tx
        .selectFrom('cases')
        .selectAll()
        .where('chat_id', '=', chatId)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute();
      return records(rows);
    },
    async queue({ limit, ...filter }) {
      const rows = await open(tx.selectFrom('cases').selectAll(), filter)
        .orderBy('priority')
        // Since the desk's last answer, not since the family's last word: writing again must not move anybody back.
        .orderBy((e) => e.fn.coalesce('desk_at', 'created_at'))
        .orderBy('id')
        .limit(limit)
        .execute();
      return records(rows);
    },
    async count(filter) {
      const counted = tx.selectFrom('cases').select((e) => e.fn.countAll<number>().as('count'));
      return (await open(counted, filter).executeTakeFirstOrThrow()).count;
    },
    async recordCard(id, card) {
      await tx
        .updateTable('cases')
        .set({ card_channel: card?.channel ?? null, card_ts: card?.ts ?? null })
        .where('id', '=', id)
        .execute();
    },
    async request(caseId) {
      const row = await lockedRow(unit, caseId);
      if (!row || row.request_content === null) return null;
      const box = await unit.caseKeys.of(caseId);
      const content: RequestContent = JSON.parse(
        box.open(row.request_content, place(caseId, 'request_content')),
      );
      return content;
    },
  };
}

/** Cases that are not closed, of these desks and this owner. */
const open = <Out>(
  query: SelectQueryBuilder<Tables, 'cases', Out>,
  { owner, desks }: { owner?: string | null; desks: readonly string[] },
): SelectQueryBuilder<Tables, 'cases', Out> => {
  const some = query
    .where('status', '<>', 'closed')
    // Postgres refuses a list that is empty; whoever has no desk sees no case.
    .where((e) => (desks.length === 0 ? e.lit(false) : e('desk', 'in', [...desks])));
  if (owner === undefined) return some;
  return owner === null ? some.where('owner_id', 'is', null) : some.where('owner_id', '=', owner);
};

/** The row, held by this unit until it ends. */
const lockedRow = ({ tx, engine }: UnitContext, id: string): Promise<Row<'cases'> | undefined> =>
  tx
    .selectFrom('cases')
    .selectAll()
    .where('id', '=', id)
    // Not a full lock: rows that refer to the case may still be written by others.
    .$if(engine === 'postgres', (query) => query.forNoKeyUpdate())
    .executeTakeFirst();

/** A stored case, held by this unit. Throws when there is none: whoever writes has read it before. */
export async function lockedCase(unit: UnitContext, id: string): Promise<CaseRecord> {
  const row = await lockedRow(unit, id);
  if (!row) throw new Error('there is no such case');
  return recordOf(unit, row);
}

async function recordOf(unit: UnitContext, row: Row<'cases'>): Promise<CaseRecord> {
  const { owner_id: id, owner_name: name, card_channel: channel, card_ts: ts } = row;
  const owner = async (): Promise<Officer | null> => {
    if (id === null) return null;
    const box = name === null ? null : await unit.caseKeys.of(row.id);
    return { id, name: (name !== null && box?.open(name, place(row.id, 'owner_name'))) || '' };
  };
  return {
    ...stateOf(row),
    owner: await owner(),
    card: channel !== null && ts !== null ? { channel, ts } : null,
  };
}

/** A new case with its own data key. */
export async function insertCase(unit: UnitContext, state: CaseState): Promise<CaseRecord> {
  // The key refers to the case, so the row comes first.
  const row: Insertable<Tables['cases']> = {
    ...columnsOf(state),
    id: state.id,
    owner_name: null,
    request_content: null,
    card_channel: null,
    card_ts: null,
  };
  await unit.tx.insertInto('cases').values(row).execute();
  await unit.caseKeys.make(state.id);
  return { ...state, owner: null, card: null };
}

/** The projection after one more event. Refuses to overwrite what another unit has written meanwhile. */
export async function updateCase(
  unit: UnitContext,
  before: CaseState,
  state: CaseState,
  sealed: { ownerName?: string | null; request?: RequestContent | null },
): Promise<CaseRecord> {
  const { ownerName, request } = sealed;
  const box = ownerName || request ? await unit.caseKeys.of(state.id) : null;
  const row = await unit.tx
    .updateTable('cases')
    .set({
      ...columnsOf(state),
      ...(ownerName !== undefined && { owner_name: sealedOr(box, ownerName, place(state.id, 'owner_name')) }),
      ...(request !== undefined && {
        request_content: sealedOr(
          box,
          request && JSON.stringify(request),
          place(state.id, 'request_content'),
        ),
      }),
    })
    .where('id', '=', state.id)
    .where('events', '=', before.events)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new Error('a case changed inside its own unit of work');
  return recordOf(unit, row);
}

const sealedOr = (box: CaseBox | null, plain: string | null, at: Place): string | null =>
  plain === null || !box ? null : box.seal(plain, at);
