import type { Updateable } from 'kysely';
import { makeReference } from '../core/case/reference.ts';
import type { CaseRecord, Officer, UnitOfWork } from '../core/register/register.ts';
import type { CaseBox } from './case-keys.ts';
import type { Row, Tables } from './schema.ts';
import type { Place } from './sealed-box.ts';
import type { UnitContext } from './unit-context.ts';

const place = (caseId: string, column: 'owner_name' | 'reported_status'): Place => ['cases', caseId, column];

export function cases(unit: UnitContext): UnitOfWork['cases'] {
  const { tx, engine, now } = unit;

  const record = async (row: Row<'cases'>): Promise<CaseRecord> => {
    const sealed = row.owner_name !== null || row.reported_status !== null;
    const box = sealed ? await unit.caseKeys.of(row.id) : null;
    const opened = (value: string | null, column: 'owner_name' | 'reported_status'): string | null =>
      value !== null && box ? box.open(value, place(row.id, column)) : null;
    return {
      id: row.id,
      reference: row.reference,
      personId: row.person_id,
      chatId: row.chat_id,
      status: row.status,
      priority: row.priority,
      owner:
        row.owner_id === null ? null : { id: row.owner_id, name: opened(row.owner_name, 'owner_name') ?? '' },
      country: row.country,
      language: row.language,
      needs: JSON.parse(row.needs),
      reportedStatus: opened(row.reported_status, 'reported_status'),
      formDone: row.form_done === 1,
      version: row.version,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      familyAt: row.family_at,
      deskAt: row.desk_at,
      nextContactAt: row.next_contact_at,
      card:
        row.card_channel !== null && row.card_ts !== null
          ? { channel: row.card_channel, ts: row.card_ts }
          : null,
      cardVersion: row.card_version,
    };
  };
  const records = async (rows: Row<'cases'>[]): Promise<CaseRecord[]> => {
    const all: CaseRecord[] = [];
    for (const row of rows) all.push(await record(row));
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
    async open(fresh) {
      const id = unit.newId();
      const personId = unit.newId();
      await tx.insertInto('people').values({ id: personId, outcome: null, created_at: now }).execute();
      // The key refers to the case and the case's sealed columns need the key: the row first, then what is sealed in it.
      const { owner, reportedStatus, ...plain } = fresh;
      const row: Row<'cases'> = {
        id,
        person_id: personId,
        reference: plain.reference,
        chat_id: plain.chatId,
        status: plain.status,
        priority: plain.priority,
        owner_id: owner?.id ?? null,
        owner_name: null,
        country: plain.country,
        language: plain.language,
        needs: JSON.stringify(plain.needs),
        reported_status: null,
        form_done: plain.formDone ? 1 : 0,
        version: 1,
        created_at: plain.createdAt,
        updated_at: now,
        family_at: plain.familyAt,
        desk_at: plain.deskAt,
        next_contact_at: plain.nextContactAt,
        card_channel: null,
        card_ts: null,
        card_version: 0,
      };
      await tx.insertInto('cases').values(row).execute();
      const box = await unit.caseKeys.make(id);
      const sealed = sealedColumns(id, box, fresh);
      if (owner || reportedStatus !== null)
        await tx.updateTable('cases').set(sealed).where('id', '=', id).execute();
      return record({ ...row, ...sealed });
    },
    async byId(id) {
      const row = await tx
        .selectFrom('cases')
        .selectAll()
        .where('id', '=', id)
        // Not a full lock: rows that refer to the case may still be written by others.
        .$if(engine === 'postgres', (query) => query.forNoKeyUpdate())
        .executeTakeFirst();
      return row ? record(row) : null;
    },
    async byReference(reference) {
      const row = await tx
        .selectFrom('cases')
        .selectAll()
        .where('reference', '=', reference)
        .executeTakeFirst();
      return row ? record(row) : null;
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
    async queue({ owner, limit }) {
      let query = tx.selectFrom('cases').selectAll().where('status', '<>', 'closed');
      if (owner === null) query = query.where('owner_id', 'is', null);
      else if (owner !== undefined) query = query.where('owner_id', '=', owner);
      const rows = await query
        .orderBy('priority')
        // Since the desk's last answer, not since the family's last word: writing again must not move anybody back.
        .orderBy((e) => e.fn.coalesce('desk_at', 'created_at'))
        .orderBy('id')
        .limit(limit)
        .execute();
      return records(rows);
    },
    async change(id, version, change) {
      const sealed = 'owner' in change || 'reportedStatus' in change;
      const columns: Updateable<Tables['cases']> = {
        ...columnsOf(change),
        ...(sealed ? sealedColumns(id, await unit.caseKeys.of(id), change) : {}),
        updated_at: change.updatedAt ?? now,
        version: version + 1,
      };
      const row = await tx
        .updateTable('cases')
        .set(columns)
        .where('id', '=', id)
        .where('version', '=', version)
        .returningAll()
        .executeTakeFirst();
      return row ? record(row) : null;
    },
    async recordCard(id, card, shownVersion) {
      await tx
        .updateTable('cases')
        .set({ card_channel: card?.channel ?? null, card_ts: card?.ts ?? null, card_version: shownVersion })
        .where('id', '=', id)
        .execute();
    },
  };
}

type Change = Parameters<UnitOfWork['cases']['change']>[2];

function sealedColumns(
  id: string,
  box: CaseBox,
  values: { owner?: Officer | null; reportedStatus?: string | null },
): Pick<Updateable<Tables['cases']>, never> & {
  owner_name?: string | null;
  reported_status?: string | null;
} {
  const seal = (value: string | null, column: 'owner_name' | 'reported_status'): string | null =>
    value === null ? null : box.seal(value, place(id, column));
  return {
    ...(values.owner === undefined ? {} : { owner_name: seal(values.owner?.name ?? null, 'owner_name') }),
    ...(values.reportedStatus === undefined
      ? {}
      : { reported_status: seal(values.reportedStatus, 'reported_status') }),
  };
}

/** Columns of what is not sealed; what is not given stays as it is. */
const columnsOf = (change: Change): Updateable<Tables['cases']> =>
  Object.fromEntries(
    Object.entries({
      person_id: change.personId,
      status: change.status,
      priority: change.priority,
      owner_id: change.owner === undefined ? undefined : (change.owner?.id ?? null),
      country: change.country,
      language: change.language,
      needs: change.needs && JSON.stringify(change.needs),
      form_done: change.formDone === undefined ? undefined : Number(change.formDone),
      created_at: change.createdAt,
      family_at: change.familyAt,
      desk_at: change.deskAt,
      next_contact_at: change.nextContactAt,
    }).filter(([, value]) => value !== undefined),
  );
