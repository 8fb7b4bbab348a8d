import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { openRegister } from '../src/store/open-register.ts';
import { loadOrMakeKeys } from '../src/store/key-file.ts';
import { openCase } from './support/register-bench.ts';
import { smallIntentsFolder } from './support/small-intents.ts';

const mine = { demo: false, bot: '4242424242', channel: 'C0DESK0001' };
let dataDir: string;
const intents = smallIntentsFolder();
afterAll(intents.clean);

/** Runs a program of ours on the data, as an operator would; it must end by itself. */
const run = (file: string, args: string[] = [], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [file, ...args], {
    env: { DATA_DIR: dataDir, INTENTS_DIR: intents.folder, PORT: '0', LOG_LEVEL: 'silent', ...env },
    encoding: 'utf8',
    timeout: 15_000,
  });
const open = () => {
  const { keys } = loadOrMakeKeys({ dataDir, env: {} });
  const platforms = { mine, withTokens: true, demoWasHere: false };
  return openRegister({ url: null, dataDir, keys, platforms, now: Date.now, log: () => {} });
};

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'helpline-wrong-data-'));
  const register = await open();
  await register.work(async (unit) => {
    const { id } = await openCase(unit);
    await unit.send({ kind: 'card', caseId: id });
  });
  await register.close();
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('started without tokens on a real helpline’s data it ends, says what to do, and has sent nothing', async () => {
  const { status, stderr } = run('src/main.ts');
  expect(stderr).toMatch(/^Not started: This data belongs to a real helpline \(bot 4242424242,.*DATA_DIR=/);
  expect(status).toBe(1);
  expect(existsSync(join(dataDir, 'sandbox.db'))).toBe(false);
  const register = await open();
  expect((await register.load()).outbox).toBe(1);
  await register.close();
});

test('the command tells whose the data is and whose the settings are, and moves it only when told to', () => {
  const tokens = {
    TELEGRAM_BOT_TOKEN: `777:${'A'.repeat(35)}`,
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    SLACK_TRIAGE_CHANNEL: 'C0DESK0001',
  };
  const told = run('src/cli/main.ts', ['platforms'], tokens).stdout;
  expect(told).toContain('The data is for: bot 4242424242 and channel C0DESK0001.');
  expect(told).toContain('The settings name: bot 777 and channel C0DESK0001.');
  expect(run('src/cli/main.ts', ['platforms', '--move'], tokens).stdout).toContain(
    '1 messages and cards wait',
  );
  expect(run('src/cli/main.ts', ['platforms'], tokens).stdout).toContain('The data is for: bot 777');
});
