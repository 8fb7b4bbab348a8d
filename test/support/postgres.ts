import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { dataFolder } from './data-folder.ts';
import { startPostgres } from './postgres-server.ts';

export type TestPostgres = {
  /** The server's own database. */
  url: string;
  /** Makes an empty database and gives its URL. */
  createDatabase(this: void): Promise<string>;
  stop(this: void): Promise<void>;
};

const UNSYNCED = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * A real Postgres for tests: the server of TEST_DATABASE_URL, or the embedded one in a temporary folder. Unless `durable`, it
 * does not sync to disk: fast, and proof against the death of a client only. `skip` says why there is none; with CI set, where
 * nobody would read that, it throws. HELPLINE_TEST_NO_POSTGRES: as if none could be had.
 */
export async function postgresForTests({ durable = false } = {}): Promise<TestPostgres | { skip: string }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { url: given, createDatabase: () => createDatabase(given), stop: async () => {} };
  const folder = dataFolder('postgres');
  const clean = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    if (process.env['HELPLINE_TEST_NO_POSTGRES']) throw new Error('HELPLINE_TEST_NO_POSTGRES is set');
    const port = await freePort();
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'deadlock_timeout=100ms',
      ...(durable ? [] : UNSYNCED),
    ];
    const server = await startPostgres({ folder, port, settings });
    const url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
    return {
      url,
      createDatabase: () => createDatabase(url),
      async stop() {
        await server.stop();
        clean();
      },
    };
  } catch (error) {
    clean();
    const why = error instanceof Error ? error.message : String(error);
    const skip = `no Postgres: set TEST_DATABASE_URL, or let the embedded one start (${why})`;
    if (process.env['CI']) throw new Error(skip, { cause: error });
    return { skip };
  }
}

/** Postgres for the tests of a file. When there is none, says aloud that what `what` names is not tested. */
export async function postgresOrSkip(what: string): Promise<TestPostgres | { skip: string }> {
  const postgres = await postgresForTests();
  if ('skip' in postgres) console.warn(`SKIPPED: ${what} on Postgres: ${postgres.skip}`);
  return postgres;
}

async function createDatabase(server: string): Promise<string> {
  const name = `helpline_test_${randomBytes(6).toString('hex')}`;
  await withClient(server, (client) => client.query(`create database ${name}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Deletes all rows of a register and keeps its schema; as a superuser, past triggers and foreign keys. */
export const emptyDatabase = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'",
    );
    const deletes = rows.map(({ name }) => `delete from ${name}`);
    await client.query(['set session_replication_role = replica', ...deletes].join(';'));
  });

async function withClient<T>(url: string, job: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await job(client);
  } finally {
    await client.end();
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
