import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'helpline-env-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LINES = 'FIRST=one # the first line\nSECOND="two"\n';

/** What a program that npm starts sees of FIRST and SECOND. */
const started = (content: Buffer | string, env: Record<string, string> = {}) => {
  writeFileSync(join(folder, '.env'), content);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      resolve('scripts/env-file.mjs'),
      '-p',
      'JSON.stringify([process.env.FIRST, process.env.SECOND])',
    ],
    { cwd: folder, env, encoding: 'utf8' },
  );
  return { status, seen: stdout.trim(), stderr };
};

test('the settings of .env are seen; what is set already stays', () => {
  expect(started(LINES)).toMatchObject({ status: 0, seen: '["one","two"]' });
  expect(started(LINES, { SECOND: 'mine' }).seen).toBe('["one","mine"]');
});

test('a byte order mark hides nothing', () => {
  expect(started(`\uFEFF${LINES}`)).toMatchObject({ status: 0, seen: '["one","two"]' });
});

test.each([
  ['with its mark', `\uFEFF${LINES}`],
  ['without', LINES],
])('UTF-16 %s is refused in a sentence, and nothing runs', (_, text) => {
  const { status, seen, stderr } = started(Buffer.from(text, 'utf16le'));
  expect({ status, seen }).toEqual({ status: 1, seen: '' });
  expect(stderr).toMatch(/^Not started: \.env is not in UTF-8.*Save it as UTF-8\.\n$/);
});
