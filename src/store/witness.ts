import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Log } from '../core/log.ts';
import type { KeyRing } from './key-ring.ts';
import type { Db } from './schema.ts';
import { macOf, type Head } from './story.ts';

/** Where the story ended when the helpline last looked: outside the database, so that an older one in its place is found. */
export const witnessFile = (dataDir: string): string => join(dataDir, 'story-head.json');

export type Witness = Head & { mac: string };

const shape = z.strictObject({ seq: z.int().min(0), hash: z.string(), mac: z.string() });

/** What was written last, `null` when nothing was; `damaged` when it is not what this helpline's keys have sealed. */
export function readWitness(dataDir: string, keys: KeyRing): Witness | 'damaged' | null {
  const file = witnessFile(dataDir);
  if (!existsSync(file)) return null;
  try {
    const witness = shape.parse(JSON.parse(readFileSync(file, 'utf8')));
    return witness.mac === macOf(keys, witness) ? witness : 'damaged';
  } catch {
    return 'damaged';
  }
}

/** True when the story still goes through the place where it ended before. */
export async function passes(db: Db, { seq, hash }: Head): Promise<boolean> {
  if (seq === 0) return true;
  const row = await db.selectFrom('events').select('hash').where('seq', '=', seq).executeTakeFirst();
  return row?.hash === hash;
}

/**
 * Writes down where the story ends, beside the database and into the log, which leaves the machine. A story that does not
 * go through the place of before was cut or replaced: that is logged, and the file stays as it was, for `verify` to compare.
 */
export async function bearWitness(at: { db: Db; keys: KeyRing; dataDir: string; log: Log }): Promise<void> {
  const { db, keys, dataDir, log } = at;
  const head = await db
    .selectFrom('story_head')
    .select(['seq', 'hash'])
    .where('id', '=', 1)
    .executeTakeFirst();
  const before = readWitness(dataDir, keys);
  if (!head || before === 'damaged' || (before && !(await passes(db, before))))
    return log('checkpoint-differs', head);
  if (before?.seq === head.seq) return;
  const file = witnessFile(dataDir);
  const draft = `${file}.part`;
  writeFileSync(draft, `${JSON.stringify({ ...head, mac: macOf(keys, head) })}\n`, {
    mode: 0o600,
    flush: true,
  });
  renameSync(draft, file);
  log('checkpoint', head);
}
