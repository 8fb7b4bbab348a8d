import { createHash } from 'node:crypto';
import type { AuditLine } from '../core/register/register.ts';
import type { KeyRing } from './key-ring.ts';
import type { Db, Engine, Row, Tx } from './schema.ts';

const START = '0'.repeat(64);
const LINES_AT_ONCE = 1000;

type Head = { seq: number; hash: string };

/** An array has one order of parts, so its JSON is canonical. */
const hashOf = (line: Omit<Row<'audit'>, 'hash'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([line.seq, line.at, line.actor, line.action, line.object, line.fields, line.prev_hash]),
    )
    .digest('hex');

const macOf = (keys: KeyRing, head: Head): string => keys.mac(`${head.seq} ${head.hash}`);

/** The head of an empty chain, once per database: the first lines need something to lock, too. */
export async function beginAudit(db: Db, keys: KeyRing): Promise<void> {
  const head: Head = { seq: 0, hash: START };
  await db
    .insertInto('audit_head')
    .values({ id: 1, ...head, mac: macOf(keys, head) })
    .onConflict((on) => on.column('id').doNothing())
    .execute();
}

/**
 * Adds lines to the end of the chain. The head is locked until the unit ends, so that two units cannot fork it, and
 * sealed with a key that the database does not hold, so that a cut-off end is found.
 */
export async function appendAudit(
  { tx, engine, now, keys }: { tx: Tx; engine: Engine; now: number; keys: KeyRing },
  lines: readonly AuditLine[],
): Promise<void> {
  if (lines.length === 0) return;
  let head: Head = await tx
    .selectFrom('audit_head')
    .select(['seq', 'hash'])
    .where('id', '=', 1)
    .$if(engine === 'postgres', (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
  const rows = lines.map((line) => {
    const row = {
      seq: head.seq + 1,
      at: now,
      actor: line.actor,
      action: line.action,
      object: line.object,
      fields: JSON.stringify(line.fields ?? []),
      prev_hash: head.hash,
    };
    head = { seq: row.seq, hash: hashOf(row) };
    return { ...row, hash: head.hash };
  });
  await tx.insertInto('audit').values(rows).execute();
  await tx
    .updateTable('audit_head')
    .set({ ...head, mac: macOf(keys, head) })
    .where('id', '=', 1)
    .execute();
}

/** Follows the chain from its first line; page by page, so that the helpline goes on meanwhile. */
export async function verifyAudit(
  db: Db,
  keys: KeyRing,
): Promise<{ lines: number; brokenAt: number | null }> {
  let at: Head = { seq: 0, hash: START };
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', at.seq)
      .orderBy('seq')
      .limit(LINES_AT_ONCE)
      .execute();
    for (const { hash, ...line } of rows) {
      if (line.seq !== at.seq + 1 || line.prev_hash !== at.hash || hash !== hashOf(line)) {
        return { lines: at.seq, brokenAt: at.seq + 1 };
      }
      at = { seq: line.seq, hash };
    }
    if (rows.length === LINES_AT_ONCE) continue;
    const head = await db.selectFrom('audit_head').selectAll().where('id', '=', 1).executeTakeFirst();
    if (!head) return { lines: at.seq, brokenAt: 1 };
    // Lines that were added after the last page was read.
    if (head.seq > at.seq && (await reaches(db, head.seq))) continue;
    const whole = head.seq === at.seq && head.hash === at.hash && head.mac === macOf(keys, head);
    return { lines: at.seq, brokenAt: whole ? null : Math.min(at.seq, head.seq) + 1 };
  }
}

const reaches = async (db: Db, seq: number): Promise<boolean> =>
  (await db.selectFrom('audit').select('seq').where('seq', '=', seq).executeTakeFirst()) !== undefined;
