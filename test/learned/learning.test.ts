import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { startSandbox } from '../../sandbox/src/sandbox.ts';
import { start } from '../../src/start.ts';
import { control, family, until } from '../support/people.ts';

/** On a machine that may be busy. */
const LONG = 90_000;

test(
  'a message that arrives while the router is learning is kept, and answered when it has learned',
  { timeout: LONG },
  async () => {
    const sandbox = await startSandbox({ port: 0 });
    const dataDir = mkdtempSync(join(tmpdir(), 'helpline-learning-'));
    // An edit: neither the installation nor an earlier run has learned it.
    const intents = join(dataDir, 'edited');
    // In two languages: long enough to be caught at it.
    cpSync('intents', intents, {
      recursive: true,
      filter: (path) => !/\/(?!en|hi)[a-z]{2}(-Latn)?\.(md|yaml)$/.test(path),
    });
    const edited = join(intents, 'greeting-thanks/en.md');
    writeFileSync(
      edited,
      readFileSync(edited, 'utf8').replace('examples:\n', 'examples:\n  - a good day to the whole desk\n'),
    );
    const env = {
      ...sandbox.env,
      PORT: '0',
      DATA_DIR: dataDir,
      INTENTS_DIR: intents,
      LOG_LEVEL: 'silent',
    };
    const running = await start(readConfig(env), env);
    try {
      const ctl = control(sandbox.url);
      const person = family(ctl, 810_000_777, 'Asha');
      await person.says('my brother is missing in russia, no call for two months');
      const health = async (path: string): Promise<{ status: number; text: string }> => {
        const response = await fetch(`${running.url}/${path}`);
        return { status: response.status, text: await response.text() };
      };
      await until('the message is in the inbox', async () =>
        /"inbox":1\b/.test((await health('readyz')).text) ? true : undefined,
      );
      const waiting = await health('readyz');
      expect(waiting.status).toBe(503);
      expect(waiting.text).toContain('learning the intents');
      expect((await health('healthz')).status).toBe(200);
      expect((await person.bubbles()).filter(({ from }) => from === 'bot')).toEqual([]);

      await running.ready;
      await until('an answer', async () =>
        (await person.bubbles()).some(({ from }) => from === 'bot') ? true : undefined,
      );
      expect((await health('readyz')).text).not.toContain('learning');
    } finally {
      await running.stop();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
);
