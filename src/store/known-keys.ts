import type { KeyRing } from './key-ring.ts';
import type { Db } from './schema.ts';

/** Throws with what to do when the database was written with keys that this ring does not hold. Changes nothing. */
export async function checkKeys(db: Db, keys: KeyRing): Promise<void> {
  const known = await db.selectFrom('ring_keys').selectAll().execute();
  for (const { kid, proof } of known) {
    const ours = keys.proofs.get(kid);
    if (ours === proof) continue;
    if (kid === 'index') {
      throw new Error(
        'HELPLINE_INDEX_KEY is not the one that this database was made with. Put the old one back: people are found by it.',
      );
    }
    throw new Error(
      ours === undefined
        ? `The database holds values that were sealed with the key "${kid}", which is not in HELPLINE_KEYS. Add it back, after the newest.`
        : `The key "${kid}" in HELPLINE_KEYS is not the "${kid}" that this database was made with. Put the old one back; a new key needs a new name.`,
    );
  }
}

/** Remembers which keys the database needs from now on. */
export async function rememberKeys(db: Db, keys: KeyRing): Promise<void> {
  const needed = [...keys.proofs]
    .map(([kid, proof]) => ({ kid, proof }))
    .filter(({ kid }) => kid === keys.current || kid === 'index');
  await db
    .insertInto('ring_keys')
    .values(needed)
    .onConflict((on) => on.column('kid').doNothing())
    .execute();
}
