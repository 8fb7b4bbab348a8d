import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { foldCase } from '../../core/case/apply-event.ts';
import { ONLY_DESK } from '../../core/case/desks.ts';
import { parseEvent } from '../../core/case/events.ts';
import { DEFAULT_LIMITS, timersOf } from '../../core/case/wakes.ts';
import { columnsOf } from '../case-row.ts';
import type { KeyRing } from '../key-ring.ts';
import type { Engine, Tables } from '../schema.ts';
import { beginStory, chained, START_OF_STORY, type Head, type Line } from '../story.ts';

/** One append-only story in place of the audit; timers; what the projection of a case knows more. */
export async function story(
  db: Kysely<unknown>,
  { engine, keys, now }: { engine: Engine; keys: KeyRing; now: number },
): Promise<void> {
  await newColumns(db);
  await newTables(db);
  await carryOver(db, keys, now);
  // An append-only table is not emptied by a trigger that refuses it: it goes as a whole.
  if (engine === 'postgres') await sql`drop trigger audit_no_change on audit`.execute(db);
  await db.schema.dropTable('audit').execute();
  await db.schema.dropTable('audit_head').execute();
  await onlyEverAppended(db, engine);
}

async function newColumns(db: Kysely<unknown>): Promise<void> {
  for (const table of ['people', 'chats'])
    await db.schema
      .alterTable(table)
      .addColumn('events', 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
  const add = (name: string, type: 'text' | 'bigint' | 'integer', preset?: string | number): Promise<void> =>
    db.schema
      .alterTable('cases')
      .addColumn(name, type, (c) => (preset === undefined ? c : c.notNull().defaultTo(preset)))
      .execute();
  await add('desk', 'text', ONLY_DESK);
  await add('channel', 'text', 'telegram');
  for (const time of ['graded_at', 'overdue_at', 'danger_at']) await add(time, 'bigint');
  await add('called_at', 'bigint', 0);
  for (const count of ['alarms', 'form_left', 'messages', 'settled', 'events'])
    await add(count, 'integer', 0);
  for (const text of ['previous', 'request', 'request_content']) await add(text, 'text');
  for (const gone of ['reported_status', 'card_version'])
    await db.schema.alterTable('cases').dropColumn(gone).execute();
  await sql`create index cases_of_owner on cases (owner_id) where status <> 'closed'`.execute(db);
  await sql`create index cases_overdue on cases (overdue_at) where overdue_at is not null`.execute(db);
  await db.schema.createIndex('cases_of_person').on('cases').column('person_id').execute();
  await db.schema.createIndex('outbox_of_case').on('outbox').column('case_id').execute();
}

async function newTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('seq', 'bigint', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('prev_hash', 'text', (c) => c.notNull().unique())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addUniqueConstraint('events_of_subject', ['subject', 'number'])
    .execute();
  await db.schema
    .createTable('story_head')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('mac', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('timers')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('free_at', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('timers_key', ['kind', 'subject'])
    .execute();
  await db.schema.createIndex('timers_due').on('timers').columns(['due_at']).execute();
}

type AuditRow = {
  seq: number;
  at: number;
  actor: string;
  action: string;
  object: string;
  fields: string;
  prev_hash: string;
  hash: string;
};

const LINES_AT_ONCE = 500;

/** What was known before becomes the beginning of the story: the audit as it stood, then each person, chat and case. */
async function carryOver(db: Kysely<unknown>, keys: KeyRing, now: number): Promise<void> {
  const into = db.withTables<Tables & { audit: AuditRow; audit_head: Head & { id: number; mac: string } }>();
  let head: Head = { seq: 0, hash: START_OF_STORY };
  const write = async (lines: readonly (Line & { at: number })[]): Promise<void> => {
    if (lines.length === 0) return;
    const next = chained(head, lines);
    await into.insertInto('events').values(next.rows).execute();
    ({ head } = next);
  };

  const audit = await into.selectFrom('audit').selectAll().orderBy('seq').execute();
  const oldHead = await into.selectFrom('audit_head').selectAll().where('id', '=', 1).executeTakeFirst();
  for (let from = 0; from < audit.length; from += LINES_AT_ONCE)
    await write(
      audit
        .slice(from, from + LINES_AT_ONCE)
        .map((line, i) =>
          registerLine(line.action, line.object, fieldsOf(line), line.actor, line.at, from + i + 1),
        ),
    );
  const used = await into.selectFrom('cases').select('id').limit(1).executeTakeFirst();
  const broken = brokenAt(audit, oldHead, keys, used !== undefined);
  if (broken !== null)
    await write([registerLine('audit-broken', `audit:${broken}`, [], 'helpline', now, audit.length + 1)]);

  for (const person of await into
    .selectFrom('people')
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .execute()) {
    const takeUps = await into
      .selectFrom('take_ups')
      .select('id')
      .where('person_id', '=', person.id)
      .orderBy('at')
      .orderBy('id')
      .execute();
    if (person.outcome === null && takeUps.length === 0) continue;
    const event = { kind: 'carried', outcome: person.outcome, takeUps: takeUps.map(({ id }) => id) };
    await write([carried('person', person.id, parseEvent('person', event), now)]);
    await into.updateTable('people').set({ events: 1 }).where('id', '=', person.id).execute();
  }
  for (const chat of await into
    .selectFrom('chats')
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .execute()) {
    const consent = await into
      .selectFrom('consents')
      .selectAll()
      .where('chat_id', '=', chat.id)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!consent && chat.blocked_at === null) continue;
    const event = {
      kind: 'carried',
      purposes: consent ? JSON.parse(consent.purposes) : null,
      withdrawn: consent?.withdrawn_at != null,
      blocked: chat.blocked_at !== null,
    };
    await write([carried('chat', chat.id, parseEvent('chat', event), now)]);
    await into.updateTable('chats').set({ events: 1 }).where('id', '=', chat.id).execute();
  }
  for (const { id } of await into
    .selectFrom('cases')
    .select('id')
    .orderBy('created_at')
    .orderBy('id')
    .execute()) {
    await carryCase(into, id, now, write);
  }
  await beginStory(into, keys, head);
}

const registerLine = (
  action: string,
  object: string,
  fields: string[],
  actor: string,
  at: number,
  n: number,
) => ({
  subject: 'register:audit',
  number: n,
  actor,
  kind: 'audited',
  body: JSON.stringify(audited(action, object, fields)),
  at,
});

/** A line that somebody has put other things into is carried over too, without them: its sum says that it is broken. */
function audited(action: string, object: string, fields: string[]): unknown {
  try {
    return parseEvent('register', { kind: 'audited', action, object, fields });
  } catch {
    return parseEvent('register', { kind: 'audited', action: 'unreadable', object: 'other', fields: [] });
  }
}

function fieldsOf({ fields }: AuditRow): string[] {
  try {
    const read: unknown = JSON.parse(fields);
    return Array.isArray(read) ? read.map(String) : [];
  } catch {
    return [];
  }
}

const carried = (about: string, id: string, event: { kind: string }, at: number): Line & { at: number } => ({
  subject: `${about}:${id}`,
  number: 1,
  actor: 'helpline',
  kind: event.kind,
  body: JSON.stringify(event),
  at,
});

async function carryCase(
  db: Kysely<Tables>,
  id: string,
  now: number,
  write: (lines: (Line & { at: number })[]) => Promise<void>,
): Promise<void> {
  const row = await db
    .selectFrom('cases')
    .innerJoin('chats', 'chats.id', 'cases.chat_id')
    .selectAll('cases')
    .select('chats.channel as where')
    .where('cases.id', '=', id)
    .executeTakeFirstOrThrow();
  const last = await db
    .selectFrom('messages')
    .select((e) => e.fn.max('number').as('number'))
    .where('case_id', '=', id)
    .executeTakeFirst();
  const versions = await db
    .selectFrom('case_fields')
    .select(['field', (e) => e.fn.max('version').as('version')])
    .where('case_id', '=', id)
    .groupBy('field')
    .orderBy('field')
    .execute();
  const state = {
    reference: row.reference,
    personId: row.person_id,
    chatId: row.chat_id,
    channel: row.where,
    status: row.status,
    priority: row.priority,
    ownerId: row.owner_id,
    country: row.country,
    language: row.language,
    needs: JSON.parse(row.needs),
    formDone: row.form_done === 1,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    familyAt: row.family_at,
    deskAt: row.desk_at,
    nextContactAt: row.next_contact_at,
    messages: last?.number ?? 0,
  };
  const fields = Object.fromEntries(versions.map(({ field, version }) => [field, version]));
  const event = parseEvent('case', { kind: 'carried', state, fields });
  const line = carried('case', id, event, now);
  await write([line]);
  const folded = foldCase([{ event, subject: id, at: now, actor: line.actor, number: 1 }]);
  if (!folded) throw new Error('a case that is not carried over');
  await db.updateTable('cases').set(columnsOf(folded)).where('id', '=', id).execute();
  for (const [kind, due] of timersOf(folded, DEFAULT_LIMITS))
    await db
      .insertInto('timers')
      .values({ kind, subject: id, due_at: due, free_at: 0, attempts: 0 })
      .execute();
}

/** The first line of the old audit that does not fit, or null. `used`: there are cases, each of which wrote a line. */
function brokenAt(
  audit: readonly AuditRow[],
  head: (Head & { mac: string }) | undefined,
  keys: KeyRing,
  used: boolean,
): number | null {
  // A database that is being made has neither lines nor a head, and no cases.
  if (audit.length === 0 && (used || !head)) return used ? 1 : null;
  let at: Head = { seq: 0, hash: START_OF_STORY };
  for (const { hash, ...line } of audit) {
    const { seq, prev_hash: before } = line;
    const parts = [seq, line.at, line.actor, line.action, line.object, line.fields, before];
    const right = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
    if (seq !== at.seq + 1 || before !== at.hash || hash !== right) return at.seq + 1;
    at = { seq, hash };
  }
  const whole =
    head?.seq === at.seq && head.hash === at.hash && head.mac === keys.mac(`${at.seq} ${at.hash}`);
  return whole ? null : at.seq + 1;
}

/** The one thing that the engines say differently. */
async function onlyEverAppended(db: Kysely<unknown>, engine: Engine): Promise<void> {
  if (engine === 'sqlite') {
    for (const change of ['update', 'delete']) {
      await sql
        .raw(
          `create trigger events_no_${change} before ${change} on events begin select raise(abort, 'the story is append-only'); end`,
        )
        .execute(db);
    }
    return;
  }
  await sql`create function story_is_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the story is append-only'; end $$`.execute(db);
  await sql`create trigger events_no_change before update or delete or truncate on events
    for each statement execute function story_is_append_only()`.execute(db);
}
