import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyFile, loadOrMakeKeys } from '../../src/store/key-file.ts';
import { keyRing } from '../../src/store/key-ring.ts';
import { openRegister } from '../../src/store/open-register.ts';
import { secret } from '../support/register-bench.ts';
import { recordedLog } from '../support/recorded-log.ts';

const place = ['cases', '1', 'name'] as const;

describe('keys', () => {
  let dataDir: string;
  const log = recordedLog();
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'helpline-keys-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
  const load = (env: Record<string, string> = {}) => loadOrMakeKeys({ dataDir, env, log: log.log });

  it('are made once, for the owner only, and found again', () => {
    const first = load();
    expect(first).toMatchObject({ made: true, file: keyFile(dataDir) });
    expect(log.events()).toContain('keys-made');
    expect(statSync(keyFile(dataDir)).mode & 0o777).toBe(0o600);
    const again = load();
    expect(again.made).toBe(false);
    expect(again.keys.open(first.keys.seal('text', place), place)).toBe('text');
    expect(again.keys.blind('a', 'b')).toBe(first.keys.blind('a', 'b'));
    expect(readFileSync(keyFile(dataDir), 'utf8')).toMatch(/^# The keys/);
  });

  it('from the environment need both, and leave no file', () => {
    const env = { HELPLINE_KEYS: `k1:${secret()}`, HELPLINE_INDEX_KEY: secret() };
    expect(load(env)).toMatchObject({ made: false, file: null });
    expect(() => load({ HELPLINE_KEYS: env.HELPLINE_KEYS })).toThrow('belong together');
    expect(() => statSync(keyFile(dataDir))).toThrow('ENOENT');
  });

  it('are not made anew beside a database that needs the old ones', async () => {
    const { keys } = load();
    const register = await openRegister({ url: null, dataDir, keys, now: Date.now, log: log.log });
    await register.close();
    rmSync(keyFile(dataDir));
    expect(() => load()).toThrow('Put the key file back');
    expect(() => statSync(keyFile(dataDir))).toThrow('ENOENT');
  });

  it.each([
    ['', 'no key'],
    ['k1', 'HELPLINE_KEYS'],
    ['k1:short', '32 bytes'],
    [`K 1:${secret()}`, 'HELPLINE_KEYS'],
    [`index:${secret()}`, 'HELPLINE_KEYS'],
    [`k1:${secret()},k1:${secret()}`, 'each name once'],
  ])('that are malformed are refused: %s', (spec, why) => {
    expect(() => keyRing(spec, secret())).toThrow(why);
  });

  it('never show themselves in an error', () => {
    const bad = secret().slice(0, -8);
    for (const attempt of [() => keyRing(`k1:${bad}`, secret()), () => keyRing(`k1:${secret()}`, bad)]) {
      expect(attempt).toThrow(expect.not.objectContaining({ message: expect.stringContaining(bad) }));
    }
  });

  it('a damaged key file is refused, not replaced', () => {
    writeFileSync(keyFile(dataDir), 'HELPLINE_KEYS=oops\n');
    expect(() => load()).toThrow('HELPLINE_KEYS');
    expect(readFileSync(keyFile(dataDir), 'utf8')).toBe('HELPLINE_KEYS=oops\n');
  });
});

describe('sealed values', () => {
  const [k1, k2, index] = [secret(), secret(), secret()];
  const old = keyRing(`k1:${k1}`, index);
  const both = keyRing(`k2:${k2},k1:${k1}`, index);

  it('differ each time, open in their place, and tell when they are stale', () => {
    const sealed = old.seal('naïve 🙏🏽', place);
    expect(sealed).not.toBe(old.seal('naïve 🙏🏽', place));
    expect(both.open(sealed, place)).toBe('naïve 🙏🏽');
    expect(old.open(old.seal('', place), place)).toBe('');
  });

  it.each([
    ['another row', ['cases', '2', 'name']],
    ['another column', ['cases', '1', 'phone']],
    ['another table', ['people', '1', 'name']],
    ['a place that reads the same when joined', ['cases', '1|name', '']],
  ] as const)('do not open in %s', (_, elsewhere) => {
    expect(() => old.open(old.seal('text', place), elsewhere)).toThrow('authenticate');
  });

  it('do not open with a flipped bit, a changed key name, or a key that is not on the ring', () => {
    const sealed = old.seal('text', place);
    const [, , body = ''] = sealed.split('.');
    for (let byte = 0; byte < Buffer.from(body, 'base64url').length; byte++) {
      const bytes = Buffer.from(body, 'base64url');
      bytes[byte] = (bytes[byte] ?? 0) ^ 1;
      expect(() => old.open(`v1.k1.${bytes.toString('base64url')}`, place)).toThrow('authenticate');
    }
    expect(() => both.open(sealed.replace('.k1.', '.k2.'), place)).toThrow('authenticate');
    expect(() => old.open(both.seal('text', place), place)).toThrow('not in HELPLINE_KEYS');
    expect(() => old.open('text', place)).toThrow('not in HELPLINE_KEYS');
    expect(() => old.open('v1.k1.AAAA', place)).toThrow('not a sealed value');
  });

  it('blind indexes agree for equal texts of one kind, and with the index key alone', () => {
    expect(old.blind('phone', '+91')).toBe(both.blind('phone', '+91'));
    expect(old.blind('phone', '+91')).not.toBe(old.blind('lane', '+91'));
    expect(old.blind('phone', '+91')).not.toBe(keyRing(`k1:${k1}`, secret()).blind('phone', '+91'));
  });
});
