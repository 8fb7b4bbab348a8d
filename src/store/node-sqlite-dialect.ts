import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { SqliteAdapter, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';

const KEPT_STATEMENTS = 250;
const KEEPABLE = /^(select|insert|update|delete|with|begin|commit)\b/i;

/** Kysely's SQLite dialect over an open node:sqlite database. Destroying the Kysely closes the database. */
export class NodeSqliteDialect extends SqliteDialect {
  /** `reading`: a transaction begins without the right to write. */
  constructor(database: DatabaseSync, mode: 'writing' | 'reading' = 'writing') {
    super({ database: nodeSqlite(database, mode) });
  }
  override createAdapter(): SqliteAdapter {
    return new TransactionalDdl();
  }
}

/** SQLite does roll back DDL; Kysely's own adapter says that it does not, and a failed migration would stay half done. */
class TransactionalDdl extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function nodeSqlite(database: DatabaseSync, mode: 'writing' | 'reading'): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  const keep = (sql: string, prepared: SqliteStatement): SqliteStatement => {
    kept.set(sql, prepared);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_STATEMENTS && oldest !== undefined) kept.delete(oldest);
    return prepared;
  };
  return {
    prepare(sql) {
      // A transaction that reads first and writes later would be refused if another process wrote in between.
      if (sql === 'begin' && mode === 'writing')
        return kept.get(sql) ?? keep(sql, statement(database.prepare('begin immediate')));
      // SQLite has rolled back by itself when the disk is full; a second rollback would hide why.
      if (sql === 'rollback')
        return statement(database.prepare(database.isTransaction ? sql : 'select 1 where false'));
      const ready = kept.get(sql);
      if (ready) {
        kept.delete(sql);
        return keep(sql, ready);
      }
      const prepared = statement(database.prepare(sql));
      return KEEPABLE.test(sql) ? keep(sql, prepared) : prepared;
    },
    close() {
      kept.clear();
      if (database.isOpen) database.close();
    },
  };
}

const statement = (prepared: StatementSync): SqliteStatement => ({
  reader: prepared.columns().length > 0,
  all: (values) => prepared.all(...values.map(bindable)),
  run: (values) => prepared.run(...values.map(bindable)),
  iterate: (values) => prepared.iterate(...values.map(bindable)),
});

/** node:sqlite takes an object in first place as named parameters and binds the rest one place too early. */
function bindable(value: unknown): SQLInputValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`cannot store a ${typeof value}`);
}
