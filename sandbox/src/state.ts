import { DatabaseSync } from 'node:sqlite';

/** Entities of one kind, in the order in which they first came. What `get` and `list` give is frozen: put a new value to change it. */
export type Kind<T> = {
  get(id: string): T | undefined;
  put(id: string, value: T): void;
  delete(id: string): void;
  list(): { id: string; value: T }[];
};

/** What the emulated platforms remember. Every write is on disk (when there is a file) before the call that made it returns. */
export type State = {
  /** Values must be plain JSON. Open each name once: one name has one type and one owner. */
  kind<T>(name: string): Kind<T>;
  /** 1, 2, 3 … for each name; never the same twice, over restarts too. */
  next(name: string): number;
  /** All writes of `work` become durable together, or none when it throws. `work` must not be async. */
  atomically<R>(work: () => R): R;
  close(): void;
};

/** In memory; with `file` also written through to SQLite, so that kill -9 loses nothing a client was told. */
export const openState = (file?: string): State => {
  const disk = file === undefined ? undefined : openDisk(file);
  const open = new Set<string>();
  let undo: (() => void)[] | undefined;

  const kind = <T>(name: string): Kind<T> => {
    if (open.has(name)) throw new Error(`The kind "${name}" is open already: pass it on instead.`);
    open.add(name);
    const entities = new Map<string, T>(disk?.load<T>(name));
    const remember = (id: string) => {
      const before = entities.get(id);
      undo?.push(() => (before === undefined ? entities.delete(id) : entities.set(id, before)));
    };
    return {
      get: (id) => entities.get(id),
      put(id, value) {
        remember(id);
        entities.set(id, freeze(value));
        disk?.put(name, id, value);
      },
      delete(id) {
        remember(id);
        if (entities.delete(id)) disk?.delete(name, id);
      },
      list: () => [...entities].map(([id, value]) => ({ id, value })),
    };
  };

  const atomically = <R>(work: () => R): R => {
    if (undo) return work();
    undo = [];
    disk?.begin();
    try {
      const result = work();
      disk?.commit();
      return result;
    } catch (error) {
      for (const step of undo.toReversed()) step();
      disk?.rollback();
      throw error;
    } finally {
      undo = undefined;
    }
  };

  const counters = kind<number>('counter');
  return {
    kind,
    atomically,
    next(name) {
      const value = (counters.get(name) ?? 0) + 1;
      counters.put(name, value);
      return value;
    },
    close: () => disk?.close(),
  };
};

const openDisk = (file: string) => {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;
    CREATE TABLE IF NOT EXISTS entity (
      place INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (kind, id))`);
  const select = db.prepare('SELECT id, value FROM entity WHERE kind = ? ORDER BY place');
  const upsert = db.prepare(`INSERT INTO entity (kind, id, value) VALUES (?, ?, ?)
    ON CONFLICT (kind, id) DO UPDATE SET value = excluded.value`);
  const remove = db.prepare('DELETE FROM entity WHERE kind = ? AND id = ?');
  return {
    load: <T>(kind: string): [string, T][] =>
      select.all(kind).map((row) => [String(row['id']), freeze<T>(JSON.parse(String(row['value'])))]),
    put: (kind: string, id: string, value: unknown) => void upsert.run(kind, id, JSON.stringify(value)),
    delete: (kind: string, id: string) => void remove.run(kind, id),
    begin: () => db.exec('BEGIN IMMEDIATE'),
    commit: () => db.exec('COMMIT'),
    rollback: () => db.exec('ROLLBACK'),
    close: () => db.close(),
  };
};

const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
};
