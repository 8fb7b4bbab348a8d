import { randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';
import type { Db } from './schema.ts';
import { seal, unseal, type Place } from './sealed-box.ts';

/** Seals and opens what belongs to one case, with that case's own key. */
export type CaseBox = {
  seal(plain: string, place: Place): string;
  open(sealed: string, place: Place): string;
};

/** The keys of cases, each unwrapped once. */
export type CaseKeys = {
  /** Makes and stores the key of a new case. */
  make(caseId: string): Promise<CaseBox>;
  /** Throws when the case has no key: it never was, or it was erased. */
  of(caseId: string): Promise<CaseBox>;
};

const LABEL = 'case';
export const wrappedKeyPlace = (caseId: string): Place => ['data_keys', caseId, 'wrapped'];

/** The key of a case from its row. Throws when it was changed, or wrapped with a key that is not on the ring. */
export function unwrapCaseKey(keys: KeyRing, caseId: string, wrapped: string): CaseBox {
  return caseBox(Buffer.from(keys.open(wrapped, wrappedKeyPlace(caseId)), 'base64'));
}

const caseBox = (key: Buffer): CaseBox => ({
  seal: (plain, place) => seal(key, LABEL, plain, place),
  open: (sealed, place) => unseal(key, sealed, place),
});

/** `db` may be a transaction; what is unwrapped is remembered as long as the result is. */
export function caseKeys(db: Db, keys: KeyRing): CaseKeys {
  const boxes = new Map<string, CaseBox>();
  const remember = (caseId: string, box: CaseBox): CaseBox => {
    boxes.set(caseId, box);
    return box;
  };
  return {
    async make(caseId) {
      const key = randomBytes(32);
      const wrapped = keys.seal(key.toString('base64'), wrappedKeyPlace(caseId));
      await db.insertInto('data_keys').values({ case_id: caseId, wrapped }).execute();
      return remember(caseId, caseBox(key));
    },
    async of(caseId) {
      const ready = boxes.get(caseId);
      if (ready) return ready;
      const row = await db
        .selectFrom('data_keys')
        .select('wrapped')
        .where('case_id', '=', caseId)
        .executeTakeFirst();
      if (!row) throw new Error('this case has no key: it was erased, or it never was');
      return remember(caseId, unwrapCaseKey(keys, caseId, row.wrapped));
    },
  };
}
