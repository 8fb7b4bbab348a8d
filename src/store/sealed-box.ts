import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Where a sealed value lives. It opens nowhere else, so that rows and columns cannot be swapped. */
export type Place = readonly [table: string, row: string, column: string];

const boundTo = (label: string, place: Place): Buffer => Buffer.from(JSON.stringify(['v1', label, ...place]));

/** AES-256-GCM: `v1.<label>.<base64url of iv, ciphertext, tag>`. `label` names the key, `key` has 32 bytes. */
export function seal(key: Buffer, label: string, plain: string, place: Place): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(boundTo(label, place));
  const sealed = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `v1.${label}.${sealed.toString('base64url')}`;
}

/** The name of the key that a value was sealed with, or null when it was not sealed by us. */
export function labelOf(sealed: string): string | null {
  const [version, label, body, rest] = sealed.split('.');
  return version === 'v1' && label && body && rest === undefined ? label : null;
}

/** Opens what `seal` gave. Throws when it was changed, moved, or sealed with another key. */
export function unseal(key: Buffer, sealed: string, place: Place): string {
  const label = labelOf(sealed);
  const bytes = Buffer.from(sealed.slice(sealed.lastIndexOf('.') + 1), 'base64url');
  if (label === null || bytes.length < IV_BYTES + TAG_BYTES) throw new Error('not a sealed value');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(boundTo(label, place))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
