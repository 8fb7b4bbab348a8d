import type { Kysely } from 'kysely';

/** What the register must know of itself, by name. */
export const whoseData = (db: Kysely<unknown>): Promise<void> =>
  db.schema
    .createTable('settings')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
