import { createHash } from 'node:crypto';
import { chmodSync, chownSync, copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import { setImmediate as others } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { keyRing } from '../../src/store/key-ring.ts';
import { load } from '../../src/store/load.ts';
import { databaseFile } from '../../src/store/open-sqlite.ts';
import { readingOnly } from '../../src/store/read-only.ts';
import { verifyDatabase } from '../../src/store/verify.ts';
import { cloner, clonesOf, type Clone } from '../support/cloned-register.ts';
import { frozen, keysOf, thaw } from '../support/frozen-register.ts';
import { postgresForTests } from '../support/postgres.ts';
import { openCase, registerBench, secret, wrote } from '../support/register-bench.ts';

const postgres = await postgresForTests();
if ('skip' in postgres) console.warn(`SKIPPED: reading only on Postgres: ${postgres.skip}`);
afterAll(async () => ('skip' in postgres ? undefined : postgres.stop()));

const STORY = frozen('2026-12-01-whose-data');
const keys = keysOf(STORY);
const NOBODY = 65_534;

/** Every file beside the database, or every row: whatever was written would show. */
async function stateOf({ url, dataDir, sql }: Clone): Promise<unknown> {
  const sums = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).map((name) => [
    name,
    createHash('sha256')
      .update(readFileSync(join(dataDir, name)))
      .digest('hex'),
  ]);
  if (url === null) return sums;
  const tables = await sql("select tablename as name from pg_tables where schemaname = 'public' order by 1");
  const rows = [];
  for (const { name } of tables) rows.push([name, await sql(`select * from ${String(name)} order by 1, 2`)]);
  return [sums, rows];
}

describe.each(['sqlite', 'postgres'] as const)('reading only on %s', (engine) => {
  const { absent, clone } = clonesOf(STORY, engine, postgres);

  it.skipIf(absent)('verify writes nothing: not a row, not a file, not a key', async () => {
    const one = await clone();
    const before = await stateOf(one);
    const found = await verifyDatabase({ ...one, keys });
    expect(found).toMatchObject({ cases: 6, faults: [] });
    const newer = keyRing(`k9:${secret()},${STORY.keys.HELPLINE_KEYS}`, STORY.keys.HELPLINE_INDEX_KEY);
    expect((await verifyDatabase({ ...one, keys: newer })).faults).toEqual([]);
    expect(await readingOnly({ ...one, keys }, load)).toMatchObject({ openCases: 5 });
    expect(await stateOf(one)).toEqual(before);
  });

  it.skipIf(absent)('whatever would write is refused by the database', async () => {
    const one = await clone();
    await expect(
      readingOnly({ ...one, keys }, (tx) => tx.deleteFrom('timers').executeTakeFirst()),
    ).rejects.toThrow(/read-?only/);
    expect(await one.sql('select * from timers')).toHaveLength(STORY.tables['timers']?.length ?? 0);
  });

  it.skipIf(absent)('keys that do not fit are refused', async () => {
    const one = await clone();
    await expect(verifyDatabase({ ...one, keys: keyRing(`k1:${secret()}`, secret()) })).rejects.toThrow(
      'is not the',
    );
  });

  it.skipIf(absent)('a database of an older version is left as it is, and the way on is said', async () => {
    const older = frozen('2026-11-22-register');
    const url = engine === 'postgres' && !('skip' in postgres) ? await postgres.createDatabase() : null;
    const bench = registerBench(url);
    try {
      const at = { url, dataDir: bench.dataDir, keys: keysOf(older) };
      await expect(verifyDatabase(at)).rejects.toThrow(
        url === null ? 'There is no database' : 'nothing of the helpline',
      );
      await thaw(older, url, bench.dataDir);
      const before = await bench.sql('select * from audit order by seq');
      await expect(verifyDatabase(at)).rejects.toThrow('Start the helpline first');
      await expect(readingOnly(at, load)).rejects.toThrow('older version');
      expect(await bench.sql('select * from audit order by seq')).toEqual(before);
    } finally {
      await bench.clean();
    }
  });

  it.skipIf(absent)('verify sees one moment while the helpline writes, and never a fault', async () => {
    const url = engine === 'postgres' && !('skip' in postgres) ? await postgres.createDatabase() : null;
    const bench = registerBench(url);
    try {
      const register = await bench.open();
      const state = { writing: true };
      const writing = [1, 2, 3].map(async (n) => {
        while (state.writing) {
          await register.work(async (unit) => wrote(unit, await openCase(unit, `${n}`), 'He is in Rostov.'));
          // On SQLite a unit never leaves the loop to others by itself.
          await others();
        }
      });
      const seen: number[] = [];
      for (let i = 0; i < 12; i++) {
        const { events, faults } = await bench.verify();
        expect(faults).toEqual([]);
        seen.push(events);
      }
      state.writing = false;
      await Promise.all(writing);
      expect(seen.at(-1)).toBeGreaterThan(seen[0] ?? 0);
    } finally {
      await bench.clean();
    }
  });
});

describe('reading only on SQLite', () => {
  it('needs no right to write: not to the file, not to its folder', async () => {
    const { clone, clean } = await cloner(STORY, null);
    const { dataDir, clean: remove } = await clone();
    const file = databaseFile(dataDir);
    const asRoot = userInfo().uid === 0;
    if (asRoot) for (const path of [file, dataDir]) chownSync(path, NOBODY, NOBODY);
    chmodSync(file, 0o400);
    chmodSync(dataDir, 0o500);
    if (asRoot) process.seteuid?.(NOBODY);
    try {
      expect(() => copyFileSync(file, join(dataDir, 'copy'))).toThrow(/EACCES|EPERM/);
      expect(await verifyDatabase({ url: null, dataDir, keys })).toMatchObject({ cases: 6, faults: [] });
      expect(readdirSync(dataDir)).toEqual(['helpline.db']);
    } finally {
      if (asRoot) process.seteuid?.(0);
      chmodSync(dataDir, 0o700);
      await remove();
      clean();
    }
  });

  it('sees what a killed helpline left in the write-ahead log', async () => {
    const bench = registerBench(null);
    const copy = registerBench(null);
    try {
      const register = await bench.open();
      await register.work(openCase);
      for (const name of ['helpline.db', 'helpline.db-wal'])
        copyFileSync(join(bench.dataDir, name), join(copy.dataDir, name));
      const found = await verifyDatabase({ url: null, dataDir: copy.dataDir, keys: bench.keys });
      expect(found).toMatchObject({ events: 1, cases: 1, faults: [] });
      rmSync(join(copy.dataDir, 'helpline.db-wal'));
    } finally {
      await bench.clean();
      await copy.clean();
    }
  });
});
