import { Keyv } from 'keyv';
import { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyvStore } from '../../src/store/keyv-store.ts';
import { migrate } from '../../src/store/migrate.ts';
import { NodeSqliteDialect } from '../../src/store/node-sqlite-dialect.ts';
import { openSqlite } from '../../src/store/open-sqlite.ts';
import type { Db, Tables } from '../../src/store/schema.ts';
import { registerBench, type RegisterBench } from '../support/register-bench.ts';

describe('Keyv’s storage over the register', () => {
  let bench: RegisterBench;
  let db: Db;
  let now: number;
  const store = (namespace = 'a') => keyvStore(db, bench.keys, () => now, namespace);
  beforeEach(async () => {
    bench = registerBench(null);
    db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(openSqlite(bench.dataDir)) });
    now = 1_000_000;
    await migrate(db, { engine: 'sqlite', keys: bench.keys, now });
  });
  afterEach(async () => {
    await db.destroy();
    await bench.clean();
  });

  it('is used by Keyv as it is, not through the bridge for old ones', () => {
    expect(store().capabilities).toMatchObject({ compatible: true, store: 'keyvStorage', expires: true });
    const own = store();
    expect(new Keyv({ store: own, namespace: 'a' }).store).toBe(own);
  });

  it('answers undefined for what is missing and booleans for what was done', async () => {
    const one = store();
    expect(await one.get('x')).toBeUndefined();
    expect(await one.set('x', '1')).toBe(true);
    expect(
      await one.setMany([
        { key: 'y', value: '2' },
        { key: 'y', value: '3' },
      ]),
    ).toEqual([true, true]);
    expect(await one.getMany(['y', 'none', 'x'])).toEqual(['3', undefined, '1']);
    expect(await one.hasMany(['x', 'none'])).toEqual([true, false]);
    expect([await one.has('x'), await one.has('none')]).toEqual([true, false]);
    expect(await one.deleteMany(['x', 'none'])).toEqual([true, false]);
    expect([await one.delete('y'), await one.delete('y')]).toEqual([true, false]);
    expect(await one.getMany([])).toEqual([]);
  });

  it('keeps namespaces apart, also when it is cleared', async () => {
    await store('a').set('x', '1');
    await store('b').set('x', '2');
    await store('a').clear();
    expect([await store('a').get('x'), await store('b').get('x')]).toEqual([undefined, '2']);
  });

  it('takes the end of life as a moment, and judges it by its own clock', async () => {
    const one = store();
    await one.set('x', '1', Date.now() + 5000);
    await one.set('y', '1');
    now += 4000;
    expect(await one.has('x')).toBe(true);
    now += 2000;
    expect(await one.getMany(['x', 'y'])).toEqual([undefined, '1']);
    expect(await one.has('x')).toBe(false);
    await one.set('x', '2', Date.now() - 1);
    expect(await one.get('x')).toBeUndefined();
  });

  it('takes more keys than one statement holds', async () => {
    const entries = Array.from({ length: 1200 }, (_, i) => ({ key: `${i}`, value: `v${i}` }));
    await store().setMany(entries);
    expect(await store().getMany(entries.map((entry) => entry.key))).toEqual(
      entries.map((entry) => entry.value),
    );
    expect((await store().deleteMany(entries.map((entry) => entry.key))).every(Boolean)).toBe(true);
  });

  it('a failure reaches the caller of Keyv, which has no listener to swallow it', async () => {
    const keyv = new Keyv({ store: store(), namespace: 'a', checkExpired: false });
    await keyv.set('x', 'text');
    await db.updateTable('sessions').set({ value: 'v1.k1.AAAA' }).execute();
    await expect(keyv.get('x')).rejects.toThrow('not a sealed value');
    await db.schema.dropTable('sessions').execute();
    await expect(keyv.get('x')).rejects.toThrow('no such table');
    await expect(keyv.set('x', 'text')).rejects.toThrow('no such table');
  });
});
