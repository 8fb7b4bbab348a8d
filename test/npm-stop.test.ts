import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallIntentsFolder } from './support/small-intents.ts';

const intents = smallIntentsFolder();
/** The project without what a developer may have beside it: npm's scripts read `.env`. */
const project = mkdtempSync(join(tmpdir(), 'helpline-npm-'));
beforeAll(() => {
  copyFileSync('package.json', join(project, 'package.json'));
  for (const name of ['src', 'sandbox', 'scripts', 'node_modules'])
    symlinkSync(resolve(name), join(project, name));
});
afterAll(() => {
  intents.clean();
  rmSync(project, { recursive: true, force: true });
});

test.skipIf(process.platform === 'win32').each([
  ['npm start', ['start'], /"event":"receiving"/, /"event":"stopped"/],
  ['npm run sandbox', ['run', 'sandbox', '--', '--port', '0'], /The sandbox is at/, /./],
])(
  'SIGTERM to %s ends the program too: nothing lives on that holds the port and polls',
  { timeout: 120_000 },
  async (_, words, started, lastWords) => {
    const { PATH = '', HOME = '' } = process.env;
    const npm = spawn('npm', words, {
      cwd: project,
      env: { PATH, HOME, PORT: '0', DATA_DIR: join(project, 'data'), INTENTS_DIR: intents.folder },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that this test can clear away what it finds alive.
      detached: true,
    });
    let said = '';
    npm.stdout.on('data', (chunk: Buffer) => void (said += String(chunk)));
    npm.stderr.on('data', (chunk: Buffer) => void (said += String(chunk)));
    // "close" comes when nobody holds npm's output any more: neither npm nor anything that it has started.
    const closed = once(npm, 'close').then(() => 'ended');
    try {
      await expect.poll(() => said, { timeout: 90_000, interval: 50 }).toMatch(started);
      npm.kill('SIGTERM');
      expect(await Promise.race([closed, pause(10_000, 'lives on')])).toBe('ended');
      expect(said).toMatch(lastWords);
    } finally {
      if (npm.pid !== undefined)
        try {
          process.kill(-npm.pid, 'SIGKILL');
        } catch {
          // All gone, as it should be.
        }
    }
  },
);
