import { readFileSync } from 'node:fs';
import { Kysely, sql } from 'kysely';
import type {
  CaseMessage,
  CaseRecord,
  Consent,
  FieldValues,
  TakeUp,
} from '../../src/core/case/case-record.ts';
import type { Register } from '../../src/core/register/register.ts';
import { keyRing, type KeyRing } from '../../src/store/key-ring.ts';
import { migrate } from '../../src/store/migrate.ts';
import { NodeSqliteDialect } from '../../src/store/node-sqlite-dialect.ts';
import { openSqlite } from '../../src/store/open-sqlite.ts';
import { postgresDialect } from '../../src/store/postgres-dialect.ts';
import type { Engine, Tables } from '../../src/store/schema.ts';

/** Every row of a register that a released program has written, with its keys and what that program read from it. */
export type Frozen = {
  /** The commit of the program. */
  program: string;
  /** Its newest migration. */
  schema: string;
  keys: { HELPLINE_KEYS: string; HELPLINE_INDEX_KEY: string };
  now: number;
  load: Partial<Awaited<ReturnType<Register['load']>>>;
  read: {
    record: CaseRecord;
    fields: { id: string; value: string }[];
    messages: CaseMessage[];
    takeUps: (Omit<TakeUp, 'secondOfficer'> & { secondOfficer: string })[];
  }[];
  consents: Record<string, Consent | null>;
  tables: Record<string, Record<string, string | number | null>[]>;
};

export function frozen(schema: string): Frozen {
  const one: Frozen = JSON.parse(
    readFileSync(new URL(`../store/fixtures/${schema}.json`, import.meta.url), 'utf8'),
  );
  return one;
}

export const keysOf = ({ keys }: Pick<Frozen, 'keys'>): KeyRing =>
  keyRing(keys.HELPLINE_KEYS, keys.HELPLINE_INDEX_KEY);

export const valuesOf = (fields: { id: string; value: string }[]): FieldValues =>
  Object.fromEntries(fields.map(({ id, value }) => [id, value]));

/** Tables that others refer to come first. */
const FIRST = ['chats', 'people', 'cases'];
const NUMBERED: Record<string, string> = { consents: 'seq', inbox: 'seq', outbox: 'id' };

/** Makes a database of that version with these rows, in an empty folder or an empty Postgres database. */
export async function thaw(one: Frozen, url: string | null, dataDir: string): Promise<void> {
  const engine: Engine = url === null ? 'sqlite' : 'postgres';
  const dialect = url === null ? new NodeSqliteDialect(openSqlite(dataDir)) : postgresDialect(url);
  const db = new Kysely<Tables>({ dialect });
  try {
    await migrate(db, { engine, keys: keysOf(one), now: one.now }, one.schema);
    const heads = (await db.introspection.getTables()).map(({ name }) => name);
    // A schema that begins with a head has one of its own.
    for (const name of ['story_head', 'audit_head'].filter((head) => heads.includes(head)))
      await sql`delete from ${sql.table(name)}`.execute(db);
    const names = Object.keys(one.tables);
    for (const table of [...FIRST, ...names.filter((name) => !FIRST.includes(name))]) {
      const rows = one.tables[table] ?? [];
      for (const row of rows) {
        const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)));
        const overriding = engine === 'postgres' ? sql`overriding system value` : sql``;
        await sql`insert into ${sql.table(table)} (${columns}) ${overriding} values (${sql.join(Object.values(row))})`.execute(
          db,
        );
      }
      const counted = NUMBERED[table];
      if (engine === 'postgres' && counted !== undefined && rows.length > 0)
        await sql`select setval(pg_get_serial_sequence(${table}, ${counted}), (select max(${sql.ref(counted)}) from ${sql.table(table)}))`.execute(
          db,
        );
    }
  } finally {
    await db.destroy();
  }
}
