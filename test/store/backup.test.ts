import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUp } from '../../src/store/backup.ts';
import { databaseFile, openSqlite } from '../../src/store/open-sqlite.ts';
import { ASHA, openCase, registerBench, type RegisterBench } from '../support/register-bench.ts';

describe('backups', () => {
  let bench: RegisterBench;
  beforeEach(() => {
    bench = registerBench(null);
  });
  afterEach(() => bench.clean());
  const backups = () => readdirSync(join(bench.dataDir, 'backups'));

  it('hold what was committed while the register was in use, and open with the same keys', async () => {
    const register = await bench.open();
    const { id } = await register.work((unit) => openCase(unit, '1', { owner: ASHA }));
    const database = new DatabaseSync(databaseFile(bench.dataDir));
    const file = await backUp(database, bench.dataDir, bench.clock.now);
    database.close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const restored = registerBench(null);
    copyFileSync(file, databaseFile(restored.dataDir));
    try {
      const copy = await restored.open({ keys: bench.keys });
      expect((await copy.work((unit) => unit.cases.byId(id)))?.owner).toEqual(ASHA);
      expect(await restored.verify()).toEqual({ events: 2, cases: 1, faults: [] });
    } finally {
      await restored.clean();
    }
  });

  it('the newest five are kept', async () => {
    const database = openSqlite(bench.dataDir);
    for (let i = 0; i < 7; i++) await backUp(database, bench.dataDir, bench.clock.now + i * 1000);
    database.close();
    expect(backups()).toHaveLength(5);
    expect(backups().toSorted()[0]).toContain('T09-00-02');
  });

  it('are made before a migration of a database that is in use, and a failed migration changes nothing', async () => {
    await (await bench.open()).close();
    expect(bench.log.events()).not.toContain('backup-made');
    // As if the first migration were a newer one: its tables are there already, so it fails half way.
    await bench.sql('delete from kysely_migration');
    await bench.sql('drop table take_ups');
    const before = await bench.sql('select name, sql from sqlite_schema order by name');
    await expect(bench.open()).rejects.toThrow('already exists');
    expect(bench.log.events()).toContain('backup-made');
    expect(backups()).toHaveLength(1);
    expect(await bench.sql('select name, sql from sqlite_schema order by name')).toEqual(before);
  });

  it('nothing is copied on the first start or when there is nothing to migrate', async () => {
    await (await bench.open()).close();
    await (await bench.open()).close();
    expect(readdirSync(bench.dataDir)).not.toContain('backups');
    expect(bench.log.lines.filter((line) => line.event === 'migrated')).toHaveLength(1);
  });

  it('a closed database leaves one file, nothing in a write-ahead log', async () => {
    const register = await bench.open();
    await register.work(openCase);
    await register.close();
    expect(readdirSync(bench.dataDir)).toEqual(['helpline.db', 'story-head.json']);
    expect(readFileSync(databaseFile(bench.dataDir)).byteLength).toBeGreaterThan(50_000);
  });
});

describe('the SQLite file', () => {
  it('syncs each commit, keeps foreign keys, overwrites what is deleted', () => {
    const bench = registerBench(null);
    const database = openSqlite(bench.dataDir);
    const pragma = (name: string) => Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0];
    expect(
      ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'trusted_schema'].map(pragma),
    ).toEqual(['wal', 2, 1, 1, 0]);
    database.close();
    return bench.clean();
  });
});
