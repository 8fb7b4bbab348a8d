import { sql, type CreateTableBuilder, type Kysely } from 'kysely';
import type { Engine } from '../schema.ts';

/** The register as it was first released: frozen. */
export async function register(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const table = <Name extends string>(name: Name): CreateTableBuilder<Name> => db.schema.createTable(name);
  const numbered = <Name extends string>(name: Name, column: string): CreateTableBuilder<Name> =>
    engine === 'postgres'
      ? table(name).addColumn(column, 'bigint', (c) => c.generatedAlwaysAsIdentity().primaryKey())
      : table(name).addColumn(column, 'integer', (c) => c.autoIncrement().primaryKey());

  await table('chats')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('address_blind', 'text', (c) => c.notNull().unique())
    .addColumn('blocked_at', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await numbered('consents', 'seq')
    .addColumn('chat_id', 'text', (c) => c.notNull().references('chats.id'))
    .addColumn('notice_version', 'text', (c) => c.notNull())
    .addColumn('notice_hash', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('purposes', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('withdrawn_at', 'bigint')
    .execute();
  await db.schema.createIndex('consents_of_chat').on('consents').columns(['chat_id', 'seq']).execute();
  await table('counters')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('count', 'bigint', (c) => c.notNull())
    .execute();

  await table('people')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('outcome', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await table('cases')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('reference', 'text', (c) => c.notNull().unique())
    .addColumn('person_id', 'text', (c) => c.notNull().references('people.id'))
    .addColumn('chat_id', 'text', (c) => c.notNull().references('chats.id'))
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('priority', 'text', (c) => c.notNull())
    .addColumn('owner_id', 'text')
    .addColumn('owner_name', 'text')
    .addColumn('country', 'text')
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('needs', 'text', (c) => c.notNull())
    .addColumn('reported_status', 'text')
    .addColumn('form_done', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addColumn('family_at', 'bigint', (c) => c.notNull())
    .addColumn('desk_at', 'bigint')
    .addColumn('next_contact_at', 'bigint')
    .addColumn('card_channel', 'text')
    .addColumn('card_ts', 'text')
    .addColumn('card_version', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('cases_of_chat').on('cases').columns(['chat_id', 'created_at']).execute();
  await sql`create index cases_open on cases (priority, created_at) where status <> 'closed'`.execute(db);
  await table('data_keys')
    .addColumn('case_id', 'text', (c) => c.primaryKey().references('cases.id'))
    .addColumn('wrapped', 'text', (c) => c.notNull())
    .execute();
  await table('case_fields')
    .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id'))
    .addColumn('field', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('written_by', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('case_fields_key', ['case_id', 'field', 'version'])
    .execute();
  await table('messages')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('sender', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('language', 'text')
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('delivery', 'text')
    .addColumn('failure', 'text')
    .addColumn('platform_id', 'text')
    .addColumn('edits', 'text', (c) => c.references('messages.id'))
    .addUniqueConstraint('messages_number', ['case_id', 'number'])
    .execute();
  await sql`create index messages_platform_id on messages (platform_id) where platform_id is not null`.execute(
    db,
  );
  await table('take_ups')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull().references('people.id'))
    .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id'))
    .addColumn('door', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('take_ups_of_person').on('take_ups').columns(['person_id', 'at']).execute();

  await numbered('inbox', 'seq')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('lane', 'text', (c) => c.notNull())
    .addColumn('body', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('received_at', 'bigint', (c) => c.notNull())
    .addColumn('done_at', 'bigint')
    .addUniqueConstraint('inbox_once', ['source', 'key'])
    .execute();
  await sql`create index inbox_waiting on inbox (lane, seq) where state = 'waiting'`.execute(db);
  await sql`create index inbox_oldest on inbox (received_at) where state = 'waiting'`.execute(db);
  await sql`create index inbox_buried on inbox (seq) where state = 'buried'`.execute(db);
  await sql`create index inbox_done on inbox (done_at) where state = 'done'`.execute(db);
  await numbered('outbox', 'id')
    .addColumn('uid', 'text', (c) => c.notNull())
    .addColumn('stream', 'text', (c) => c.notNull())
    .addColumn('case_id', 'text', (c) => c.references('cases.id'))
    .addColumn('payload', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('in_hand', 'integer', (c) => c.notNull())
    .addColumn('unsure', 'integer', (c) => c.notNull())
    .addColumn('queued_at', 'bigint', (c) => c.notNull())
    .execute();
  await sql`create index outbox_waiting on outbox (stream, id) where state = 'waiting'`.execute(db);
  await sql`create index outbox_oldest on outbox (queued_at) where state = 'waiting'`.execute(db);
  await sql`create index outbox_parked on outbox (id) where state = 'parked'`.execute(db);
  await table('lanes')
    .addColumn('queue', 'text', (c) => c.notNull())
    .addColumn('lane', 'text', (c) => c.notNull())
    .addColumn('head', 'bigint')
    .addColumn('free_at', 'bigint', (c) => c.notNull())
    .addColumn('taken', 'integer', (c) => c.notNull())
    .addColumn('turn', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('lanes_key', ['queue', 'lane'])
    .execute();
  await sql`create index lanes_next on lanes (queue, turn, head) where head is not null`.execute(db);
  await db.schema.createIndex('lanes_turn').on('lanes').columns(['queue', 'turn']).execute();
  await table('cursors')
    .addColumn('source', 'text', (c) => c.primaryKey())
    .addColumn('position', 'bigint', (c) => c.notNull())
    .execute();
  await table('seen')
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('seen_key', ['scope', 'key'])
    .execute();
  await db.schema.createIndex('seen_at').on('seen').column('at').execute();
  await table('sessions')
    .addColumn('ns', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint')
    .addPrimaryKeyConstraint('sessions_key', ['ns', 'key'])
    .execute();
  await db.schema.createIndex('sessions_expiry').on('sessions').column('expires_at').execute();

  await table('audit')
    .addColumn('seq', 'bigint', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('object', 'text', (c) => c.notNull())
    .addColumn('fields', 'text', (c) => c.notNull())
    .addColumn('prev_hash', 'text', (c) => c.notNull().unique())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute();
  await table('audit_head')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('mac', 'text', (c) => c.notNull())
    .execute();
  await onlyEverAppended(db, engine);
  await table('ring_keys')
    .addColumn('kid', 'text', (c) => c.primaryKey())
    .addColumn('proof', 'text', (c) => c.notNull())
    .execute();
}

/** The one thing that the engines say differently. */
async function onlyEverAppended(db: Kysely<unknown>, engine: Engine): Promise<void> {
  if (engine === 'sqlite') {
    for (const change of ['update', 'delete']) {
      await sql
        .raw(
          `create trigger audit_no_${change} before ${change} on audit begin select raise(abort, 'the audit is append-only'); end`,
        )
        .execute(db);
    }
    return;
  }
  await sql`create function audit_is_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the audit is append-only'; end $$`.execute(db);
  await sql`create trigger audit_no_change before update or delete or truncate on audit
    for each statement execute function audit_is_append_only()`.execute(db);
}
