import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../sandbox/src/sandbox.ts';
import { shareKept } from './support/kept.ts';
import { control, family } from './support/people.ts';

const folder = mkdtempSync(join(tmpdir(), 'helpline-production-'));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The program as it stands after `npm ci --omit=dev`. `gone` gives its exit code and all that it said. */
function launch(dataDir: string, settings: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', './test/support/production-only.ts', 'src/main.ts'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'info',
      ...settings,
    },
  });
  let said = '';
  const gone = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, said }));
  });
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += String(chunk);
      if (said.includes('"event":"ready"')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('close', () => reject(new Error(`it did not start:\n${said}`)));
  });
  return { stop: () => child.kill('SIGTERM'), ready, gone };
}

test('the real thing serves with nothing installed but what production needs', async () => {
  const dataDir = join(folder, 'real');
  mkdirSync(dataDir);
  shareKept(dataDir);
  const running = launch(dataDir, sandbox.env);
  await running.ready;
  const asha = family(control(sandbox.url), 42, 'Asha');
  await asha.says('/start');
  expect((await asha.hears(/./)).buttons).toBeDefined();
  running.stop();
  expect((await running.gone).code).toBe(0);
}, 180_000);

test('the demo that is not installed says so in a sentence, and leaves nothing behind', async () => {
  const dataDir = join(folder, 'demo');
  const running = launch(dataDir, {});
  running.ready.catch(() => {});
  const { code, said } = await running.gone;
  expect(code).toBe(1);
  expect(said).toMatch(/^Not started: The demo is not installed: run `npm ci`.*TELEGRAM_BOT_TOKEN/m);
  expect(existsSync(dataDir)).toBe(false);
}, 180_000);
