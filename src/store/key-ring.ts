import { createHmac, hkdfSync } from 'node:crypto';
import { labelOf, seal, unseal, type Place } from './sealed-box.ts';

/** The keys of one register: the newest seals, all open. Made by `keyRing`. */
export type KeyRing = {
  seal(plain: string, place: Place): string;
  /** Throws when the value was changed or moved, or its key is not on the ring. */
  open(sealed: string, place: Place): string;
  /** True when a value was sealed with an older key. */
  stale(sealed: string): boolean;
  /** A keyed hash by which equal texts of one kind are found again without being readable. */
  blind(kind: string, text: string): string;
  /** A keyed seal under a text that is not secret, such as the head of the audit. */
  mac(text: string): string;
  /** Id of the key that seals. */
  current: string;
  /** By key id, what proves that a key is the same one as before without giving it away; `index` is the index key. */
  proofs: ReadonlyMap<string, string>;
};

const derived = (secret: Buffer, use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', use, 32));
const hmac = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

function secretOf(name: string, base64: string): Buffer {
  const secret = Buffer.from(base64, 'base64');
  if (secret.length !== 32)
    throw new Error(`${name}: a key is 32 bytes in base64, for example from "openssl rand -base64 32"`);
  return secret;
}

/**
 * `spec` is HELPLINE_KEYS: "k2:<base64 of 32 bytes>,k1:<…>", newest first. `indexKey` is HELPLINE_INDEX_KEY, base64 of
 * 32 bytes; it never changes, because people are found by it. Throws with what to do when either is malformed.
 */
export function keyRing(spec: string, indexKey: string): KeyRing {
  const keys = new Map<string, Buffer>();
  for (const part of spec.split(',').filter((text) => text.trim() !== '')) {
    const [, kid, secret] = /^\s*([a-z0-9]{1,16}):([A-Za-z0-9+/_=-]+)\s*$/.exec(part) ?? [];
    if (!kid || !secret || kid === 'index' || kid === 'case' || keys.has(kid)) {
      throw new Error(
        'HELPLINE_KEYS: write "name:base64-of-32-bytes", the newest first, parted by commas, each name once',
      );
    }
    keys.set(kid, derived(secretOf('HELPLINE_KEYS', secret), 'helpline/field/v1'));
  }
  const [newest] = keys;
  if (!newest) throw new Error('HELPLINE_KEYS: there is no key in it');
  const [current, sealing] = newest;
  const secret = secretOf('HELPLINE_INDEX_KEY', indexKey.trim());
  const index = derived(secret, 'helpline/blind/v1');
  const audit = derived(secret, 'helpline/audit/v1');
  const proofs = new Map([...keys].map(([kid, key]) => [kid, hmac(key, 'helpline/proof/v1')]));
  proofs.set('index', hmac(index, 'helpline/proof/v1'));
  return {
    current,
    proofs,
    seal: (plain, place) => seal(sealing, current, plain, place),
    open(sealed, place) {
      const key = keys.get(labelOf(sealed) ?? '');
      if (!key) throw new Error('a stored value was sealed with a key that is not in HELPLINE_KEYS');
      return unseal(key, sealed, place);
    },
    stale: (sealed) => labelOf(sealed) !== current,
    blind: (kind, text) => hmac(index, `${kind}\0${text}`),
    mac: (text) => hmac(audit, text),
  };
}
