import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A program in a process of its own, so that it shares no event loop with what measures it. */
export type Program = {
  /** From the spawn until it said that it is ready, ms. */
  readyMs: number;
  /** What it wrote up to then. */
  said: string;
  /** Resident memory now, MB. */
  rssMb: () => Promise<number>;
  /** SIGTERM, and the end awaited. */
  stop: () => Promise<void>;
};

export type Environment = Record<string, string>;

export type Sandbox = Program & { url: string; env: Environment };

/** Both bots print it, the helpline in its log. */
const READY = '"event":"ready"';

/** Runs `node <args>` until its output holds `ready`. Only `env` and PATH reach it: no real token ever does. */
async function launch(args: string[], env: Environment, ready: string): Promise<Program> {
  const from = performance.now();
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const heard = await new Promise<{ said: string; readyMs: number }>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', function listen(chunk: Buffer) {
      said += String(chunk);
      if (!said.includes(ready)) return;
      const readyMs = Math.round(performance.now() - from);
      child.stdout.off('data', listen).resume();
      resolve({ said, readyMs });
    });
    // The greeting about new keys would only startle; when it fails, the reason is here.
    child.stderr.on('data', (chunk: Buffer) => void (said += String(chunk)));
    child.once('exit', () => reject(new Error(`${args.join(' ')} ended before it was ready:\n${said}`)));
  });
  return {
    ...heard,
    rssMb: async () => {
      const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(child.pid)]);
      return Math.round(Number(stdout) / 1024);
    },
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** Emulated Telegram and Slack, their rate limits off: they would be all that is measured. */
export async function launchSandbox(): Promise<Sandbox> {
  const program = await launch(['sandbox/src/main.ts', '--port', '0'], {}, 'SLACK_TRIAGE_CHANNEL');
  const url = /at (http\S+)\./.exec(program.said)?.[1] ?? '';
  for (const platform of ['telegram', 'slack']) {
    const answer = await fetch(`${url}/control/${platform}/settings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"rate_limits":false}',
    });
    if (!answer.ok) throw new Error(await answer.text());
  }
  const exports = program.said.matchAll(/^export (\w+)='(.*)'$/gm);
  return { ...program, url, env: Object.fromEntries([...exports].map(([, name, value]) => [name, value])) };
}

/** The helpline as it runs for real, with the full intents folder. */
export const launchHelpline = (sandbox: Sandbox, dataDir: string): Promise<Program> =>
  launch(['src/main.ts'], { ...sandbox.env, PORT: '0', DATA_DIR: dataDir }, READY);

/** The least that a bot on grammY can be. */
export const launchEchoBot = (sandbox: Sandbox): Promise<Program> =>
  launch(['bench/echo-bot.ts'], sandbox.env, READY);

/** A new folder for one job, gone after it. */
export async function withFolder<T>(job: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'helpline-bench-'));
  try {
    return await job(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs `node <args>` to its end; gives the JSON lines that it printed. */
export async function jsonLines(args: string[]): Promise<object[]> {
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): object => JSON.parse(line));
}
