import { rmSync } from 'node:fs';
import { expect } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { startSandbox, type Sandbox } from '../../sandbox/src/sandbox.ts';
import { start } from '../../src/start.ts';
import { dataFolder } from './data-folder.ts';
import { shareKept } from './kept.ts';
import { control, type Control } from './people.ts';

/** The whole thing on free ports: emulated platforms, and a helpline that reaches them over HTTP with the real clients. */
export async function helplineBesideSandbox(databaseUrl: string | null): Promise<{
  sandbox: Sandbox;
  ctl: Control;
  url: string;
  dataDir: string;
  /** Stops the helpline and starts it anew on the same data. */
  restart: () => Promise<void>;
  close: () => Promise<void>;
}> {
  const sandbox = await startSandbox({ port: 0 });
  const dataDir = dataFolder('journey');
  shareKept(dataDir);
  const env = {
    ...sandbox.env,
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  };
  let running = await start(readConfig(env), env);
  await running.ready;
  return {
    sandbox,
    ctl: control(sandbox.url),
    get url() {
      return running.url;
    },
    dataDir,
    async restart() {
      await running.stop();
      running = await start(readConfig(env), env);
      await running.ready;
    },
    async close() {
      await running.stop();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The reference that a message names. */
export function referenceIn(text: string | undefined): string {
  const found = /\b[0-9A-HJKMNP-TV-Z]{8}\b/.exec(text ?? '')?.[0];
  expect(found, `a reference in: ${text}`).toBeDefined();
  return found ?? '';
}
