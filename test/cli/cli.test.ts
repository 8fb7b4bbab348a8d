import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeIntents } from '../support/intents-folder.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'helpline-cli-'));
const sound = writeIntents();
const broken = writeIntents({ 'bread/en.md': 'no front matter' });
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
  sound.remove();
  broken.remove();
});

const helpline = (words: string[], { folder = sound.folder, input = '' } = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', ...words], {
    input,
    encoding: 'utf8',
    env: { DATA_DIR: dataDir, INTENTS_DIR: folder },
  });
  return { status, stdout, stderr };
};

it('intents check tells what is missing and what goes astray, and ends well when the folder is sound', () => {
  const { status, stdout } = helpline(['intents', 'check']);
  expect(status).toBe(0);
  expect(stdout).toContain('ta: none is written');
  expect(stdout).toContain('contact baker: not signed');
  expect(stdout).toMatch(/all: \d+\.\d % of 15/);
  expect(helpline(['intents', 'check', '--quick']).stdout).not.toContain('% of 15');
});

it('intents check names the line of a broken file and fails', () => {
  const { status, stderr } = helpline(['intents', 'check'], { folder: broken.folder });
  expect(status).toBe(1);
  expect(stderr).toContain('intents/bread/en.md:1: begin with front matter');
});

it('an intent that is not there, a command that is not there and a flag that is not there are told apart', () => {
  expect(helpline(['intents', 'check', 'cake'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('There is no intent "cake"'),
  });
  expect(helpline(['bake']).status).toBe(2);
  expect(helpline(['route', '--fast']).stderr).toContain('--fast');
});

it('route answers plain lines and JSON lines alike, with what the form need not ask', () => {
  expect(helpline(['learn']).stdout).toMatch(/1 intents learned and kept/);
  const { stdout } = helpline(['route'], { input: 'where is bread\n{"text":"roti kahan"}\n\nnot {json\n' });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(lines).toMatchObject([
    { text: 'where is bread', intent: 'bread', decision: 'answer' },
    { text: 'roti kahan', language: 'hi-Latn' },
    { text: 'not {json' },
  ]);
});
