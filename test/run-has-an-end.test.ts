import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const project = mkdtempSync(join(tmpdir(), 'helpline-run-'));
beforeAll(() => {
  mkdirSync(join(project, 'test/support'), { recursive: true });
  for (const file of ['vitest.config.ts', 'test/support/run-has-an-end.ts', 'package.json'])
    copyFileSync(file, join(project, file));
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const HANGS = "import { test } from 'vitest';\n";

test.each([
  [
    'while it is loaded',
    `${HANGS}test('a', () => {});\nawait new Promise((end) => setTimeout(end, 600_000));`,
    'test/hangs.test.ts',
  ],
  [
    'in a test',
    `${HANGS}test('sleeps', { timeout: 600_000 }, () => new Promise((end) => setTimeout(end, 600_000)));`,
    'test/hangs.test.ts > sleeps',
  ],
])(
  'a run with a file that hangs %s ends by itself, fails, and says which',
  { timeout: 60_000 },
  (_, text, name) => {
    writeFileSync(join(project, 'test/hangs.test.ts'), text);
    const { PATH = '', HOME = '' } = process.env;
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(project, 'node_modules/vitest/vitest.mjs'), 'run'],
      {
        cwd: project,
        env: { PATH, HOME, HELPLINE_TEST_STALLED_SECONDS: '4' },
        encoding: 'utf8',
        timeout: 45_000,
      },
    );
    expect(stderr).toContain(`ENDED: no test has finished for 4 seconds. Not over yet:\n  ${name}\n`);
    expect(status).toBe(1);
  },
);
