import { copyFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { databaseFile } from '../../src/store/open-sqlite.ts';
import { dataFolder } from './data-folder.ts';
import { thaw, type Frozen } from './frozen-register.ts';
import type { TestPostgres } from './postgres.ts';

/** One copy of a frozen register, to be spoilt. `sql` goes past the register and, once `owned`, past its triggers. */
export type Clone = {
  url: string | null;
  dataDir: string;
  sql(this: void, text: string): Promise<Record<string, unknown>[]>;
  /** As only somebody can who owns the database. */
  owned(this: void): Promise<void>;
  clean(this: void): Promise<void>;
};

/** Copies of one register: thawed once, then a file or a template of Postgres. */
export async function cloner(
  one: Frozen,
  postgres: TestPostgres | null,
): Promise<{ clone(this: void): Promise<Clone>; clean(this: void): void }> {
  const template = dataFolder('template');
  const url = postgres ? await postgres.createDatabase() : null;
  await thaw(one, url, template);
  if (url === null) {
    const database = new DatabaseSync(databaseFile(template));
    database.exec('pragma wal_checkpoint(truncate)');
    database.close();
  }
  return {
    async clone() {
      const dataDir = dataFolder('clone');
      if (url === null || !postgres) {
        copyFileSync(databaseFile(template), databaseFile(dataDir));
        return sqliteClone(dataDir);
      }
      return postgresClone(dataDir, url, postgres.url);
    },
    clean: () => rmSync(template, { recursive: true, force: true }),
  };
}

/** The same for the tests of a `describe`: copies on one engine, each gone after its test. */
export function clonesOf(
  one: Frozen,
  engine: 'sqlite' | 'postgres',
  postgres: TestPostgres | { skip: string },
): { absent: boolean; clone(this: void): Promise<Clone> } {
  const server = engine === 'postgres' && !('skip' in postgres) ? postgres : null;
  const absent = engine === 'postgres' && server === null;
  let copies: Awaited<ReturnType<typeof cloner>> | undefined;
  const made: Clone[] = [];
  beforeAll(async () => {
    if (!absent) copies = await cloner(one, server);
  });
  afterEach(async () => {
    for (const each of made.splice(0)) await each.clean();
  });
  afterAll(() => copies?.clean());
  return {
    absent,
    async clone() {
      if (!copies) throw new Error('there is nothing to copy yet');
      const each = await copies.clone();
      made.push(each);
      return each;
    },
  };
}

function sqliteClone(dataDir: string): Clone {
  const sql: Clone['sql'] = (text) => {
    const database = new DatabaseSync(databaseFile(dataDir), { enableForeignKeyConstraints: false });
    try {
      return Promise.resolve(database.prepare(text).all());
    } finally {
      database.close();
    }
  };
  return {
    url: null,
    dataDir,
    sql,
    async owned() {
      for (const change of ['update', 'delete']) await sql(`drop trigger events_no_${change}`);
    },
    async clean() {
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function postgresClone(dataDir: string, template: string, server: string): Promise<Clone> {
  const name = `helpline_clone_${randomBytes(6).toString('hex')}`;
  const admin = new Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name} template ${new URL(template).pathname.slice(1)}`);
  await admin.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  return {
    url: url.href,
    dataDir,
    sql: async (text) => (await client.query<Record<string, unknown>>(text)).rows,
    // Triggers and foreign keys alike.
    async owned() {
      await client.query('set session_replication_role = replica');
    },
    async clean() {
      await client.end();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
