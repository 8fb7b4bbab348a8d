import { sql } from 'kysely';
import type { ChatRecord, UnitOfWork } from '../core/register/register.ts';
import type { ChannelName } from '../core/words/messages.ts';
import type { Row } from './schema.ts';
import type { Place } from './sealed-box.ts';
import type { UnitContext } from './unit-context.ts';

export const addressPlace = (chatId: string): Place => ['chats', chatId, 'address'];

export function chats({ tx, engine, now, keys, newId }: UnitContext): UnitOfWork['chats'] {
  const record = (row: Row<'chats'>): ChatRecord => ({
    id: row.id,
    channel: row.channel,
    address: keys.open(row.address, addressPlace(row.id)),
    blockedAt: row.blocked_at,
    createdAt: row.created_at,
  });
  const blindOf = (channel: ChannelName, address: string): string =>
    keys.blind('address', `${channel}\0${address}`);
  const byBlind = async (blind: string): Promise<ChatRecord | null> => {
    const row = await tx
      .selectFrom('chats')
      .selectAll()
      .where('address_blind', '=', blind)
      .executeTakeFirst();
    return row ? record(row) : null;
  };
  return {
    async byId(id) {
      const row = await tx.selectFrom('chats').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? record(row) : null;
    },
    async open(channel, address) {
      const blind = blindOf(channel, address);
      // A chat that is not there yet has no row to lock. SQLite lets one unit write at a time anyway.
      if (engine === 'postgres')
        await sql`select pg_advisory_xact_lock(hashtextextended(${blind}, 0))`.execute(tx);
      const known = await byBlind(blind);
      if (known) return known;
      const id = newId();
      await tx
        .insertInto('chats')
        .values({
          id,
          channel,
          address: keys.seal(address, addressPlace(id)),
          address_blind: blind,
          blocked_at: null,
          created_at: now,
          events: 0,
        })
        .execute();
      return { id, channel, address, blockedAt: null, createdAt: now };
    },
    async countRefusal() {
      await tx
        .insertInto('counters')
        .values({ name: 'refused-notice', count: 1 })
        .onConflict((on) => on.column('name').doUpdateSet((e) => ({ count: e('counters.count', '+', 1) })))
        .execute();
    },
  };
}
