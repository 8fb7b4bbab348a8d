import { wrappedKeyPlace } from './case-keys.ts';
import { addressPlace } from './chats.ts';
import { bodyPlace } from './inbox.ts';
import type { KeyRing } from './key-ring.ts';
import { sessionPlace } from './keyv-store.ts';
import { payloadPlace } from './outbox.ts';
import type { Tx } from './schema.ts';
import type { Place } from './sealed-box.ts';

const ROWS_AT_ONCE = 500;

/**
 * Seals anew, a few hundred rows at a time, what an older key of the ring still holds; a case's own key stays the same
 * and is only wrapped anew. When nothing is left, the database forgets the older keys, and they may leave HELPLINE_KEYS.
 */
export async function rotateKeys(tx: Tx, keys: KeyRing): Promise<void> {
  const older = tx.selectFrom('ring_keys').select('kid').where('kid', 'not in', [keys.current, 'index']);
  if ((await older.execute()).length === 0) return;
  const current = `v1.${keys.current}.%`;
  const anew = (sealed: string, place: Place): string => keys.seal(keys.open(sealed, place), place);
  let found = 0;

  const wrapped = await tx
    .selectFrom('data_keys')
    .selectAll()
    .where('wrapped', 'not like', current)
    .limit(ROWS_AT_ONCE)
    .execute();
  for (const row of wrapped) {
    await tx
      .updateTable('data_keys')
      .set({ wrapped: anew(row.wrapped, wrappedKeyPlace(row.case_id)) })
      .where('case_id', '=', row.case_id)
      .execute();
  }
  found += wrapped.length;

  const chats = await tx
    .selectFrom('chats')
    .select(['id', 'address'])
    .where('address', 'not like', current)
    .limit(ROWS_AT_ONCE)
    .execute();
  for (const row of chats) {
    await tx
      .updateTable('chats')
      .set({ address: anew(row.address, addressPlace(row.id)) })
      .where('id', '=', row.id)
      .execute();
  }
  found += chats.length;

  const sessions = await tx
    .selectFrom('sessions')
    .select(['ns', 'key', 'value'])
    .where('value', 'not like', current)
    .limit(ROWS_AT_ONCE)
    .execute();
  for (const row of sessions) {
    await tx
      .updateTable('sessions')
      .set({ value: anew(row.value, sessionPlace(row.ns, row.key)) })
      .where('ns', '=', row.ns)
      .where('key', '=', row.key)
      // Written meanwhile: that one is newer.
      .where('value', '=', row.value)
      .execute();
  }
  found += sessions.length;

  const inbox = await tx
    .selectFrom('inbox')
    .select(['seq', 'source', 'key', 'body'])
    .where('body', 'not like', current)
    .limit(ROWS_AT_ONCE)
    .execute();
  for (const row of inbox) {
    if (row.body === null) continue;
    await tx
      .updateTable('inbox')
      .set({ body: anew(row.body, bodyPlace({ name: row.source, key: row.key })) })
      .where('seq', '=', row.seq)
      .where('body', '=', row.body)
      .execute();
  }
  found += inbox.length;

  const outbox = await tx
    .selectFrom('outbox')
    .select(['id', 'uid', 'payload'])
    .where('case_id', 'is', null)
    .where('payload', 'not like', current)
    .limit(ROWS_AT_ONCE)
    .execute();
  for (const row of outbox) {
    await tx
      .updateTable('outbox')
      .set({ payload: anew(row.payload, payloadPlace(row.uid)) })
      .where('id', '=', row.id)
      .execute();
  }
  found += outbox.length;

  if (found === 0) await tx.deleteFrom('ring_keys').where('kid', 'not in', [keys.current, 'index']).execute();
}
