import { keyvStorageCapability, type KeyvStorageAdapter, type KeyvStorageEntry } from 'keyv';
import type { KeyRing } from './key-ring.ts';
import type { Db } from './schema.ts';
import type { Place } from './sealed-box.ts';

const ROWS_AT_ONCE = 500;

export const sessionPlace = (namespace: string, key: string): Place => [
  'sessions',
  `${namespace}|${key}`,
  'value',
];

/** Keyv's version 6 storage contract without events, which only report the errors that ours throws. */
type Store = Pick<
  KeyvStorageAdapter,
  'namespace' | 'capabilities' | 'set' | 'setMany' | 'delete' | 'deleteMany' | 'clear' | 'has' | 'hasMany'
> & {
  get(key: string): Promise<string | undefined>;
  getMany(keys: string[]): Promise<(string | undefined)[]>;
};

/**
 * Keyv's storage over the table `sessions`, sealed. `db` may be a transaction. Keyv gives the end of a value's life by
 * the machine's clock; it is kept by `now`, which is the only judge, so make the Keyv with `checkExpired: false`.
 */
export function keyvStore(db: Db, keys: KeyRing, now: () => number, namespace: string): Store {
  const place = (key: string): Place => sessionPlace(namespace, key);
  const living = (wanted: string[]) =>
    db
      .selectFrom('sessions')
      .where('ns', '=', namespace)
      .where('key', 'in', wanted)
      .where((e) => e.or([e('expires_at', 'is', null), e('expires_at', '>', now())]));

  const getMany = async (wanted: string[]): Promise<(string | undefined)[]> => {
    const rows = await inParts(wanted, (part) => living(part).select(['key', 'value']).execute());
    const found = new Map(rows.map(({ key, value }) => [key, keys.open(value, place(key))]));
    return wanted.map((key) => found.get(key));
  };
  const hasMany = async (wanted: string[]): Promise<boolean[]> => {
    const found = new Set(
      (await inParts(wanted, (part) => living(part).select('key').execute())).map((row) => row.key),
    );
    return wanted.map((key) => found.has(key));
  };
  const setMany = async (entries: KeyvStorageEntry<unknown>[]): Promise<boolean[]> => {
    // The last of a key wins here: Postgres refuses to update one row twice in one statement.
    const last = [...new Map(entries.map((entry) => [entry.key, entry])).values()];
    const rows = last.map(({ key, value, expires }) => {
      if (typeof value !== 'string') throw new TypeError('Keyv must serialize before it stores');
      const left = expires === undefined ? null : expires - Date.now();
      return {
        ns: namespace,
        key,
        value: keys.seal(value, place(key)),
        expires_at: left === null ? null : now() + left,
      };
    });
    await inParts(rows, (part) =>
      db
        .insertInto('sessions')
        .values(part)
        .onConflict((on) =>
          on.columns(['ns', 'key']).doUpdateSet((e) => ({
            value: e.ref('excluded.value'),
            expires_at: e.ref('excluded.expires_at'),
          })),
        )
        .execute(),
    );
    return entries.map(() => true);
  };
  const deleteMany = async (unwanted: string[]): Promise<boolean[]> => {
    const rows = await inParts(unwanted, (part) =>
      db
        .deleteFrom('sessions')
        .where('ns', '=', namespace)
        .where('key', 'in', part)
        .returning('key')
        .execute(),
    );
    const gone = new Set(rows.map((row) => row.key));
    return unwanted.map((key) => gone.has(key));
  };
  const clear = async (): Promise<void> => {
    await db.deleteFrom('sessions').where('ns', '=', namespace).execute();
  };

  const store = {
    namespace,
    getMany,
    hasMany,
    setMany,
    deleteMany,
    clear,
    get: async (key: string) => (await getMany([key]))[0],
    has: async (key: string) => (await hasMany([key]))[0] === true,
    set: async (key: string, value: unknown, expires?: number) =>
      (await setMany([{ key, value, ...(expires === undefined ? {} : { expires }) }]))[0] === true,
    delete: async (key: string) => (await deleteMany([key]))[0] === true,
  };
  return { ...store, capabilities: keyvStorageCapability(store) };
}

async function inParts<T, U>(all: readonly T[], job: (part: T[]) => Promise<U[]>): Promise<U[]> {
  const results: U[] = [];
  for (let from = 0; from < all.length; from += ROWS_AT_ONCE) {
    results.push(...(await job(all.slice(from, from + ROWS_AT_ONCE))));
  }
  return results;
}
