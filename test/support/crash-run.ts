import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { SlackChannelView } from '../../sandbox/src/views.ts';
import { startSandbox, type Sandbox } from '../../sandbox/src/sandbox.ts';
import { loadOrMakeKeys } from '../../src/store/key-file.ts';
import { openRegister } from '../../src/store/open-register.ts';
import type { Register } from '../../src/core/register/register.ts';
import { dataFolder } from './data-folder.ts';
import { account } from './crash-account.ts';
import { controlByConnection } from './crash-control.ts';
import { families, FAMILIES, FIRST_USER } from './crash-families.ts';
import { officers } from './crash-officers.ts';
import { casesThatWait, deskFile, limitsOver, type Waiting } from './crash-timers.ts';
import { until, type Control } from './people.ts';
import { recordedLog } from './recorded-log.ts';
import { smallIntentsFolder } from './small-intents.ts';

/**
 * Kills a helpline with SIGKILL again and again while families write and send files, officers act and timers come due, then
 * holds the register, the chats and the desk's channel against what was done. A program of its own, so that its timing is nobody else's:
 * `node test/support/crash-run.ts --kills 60 [--database postgres://…]`. Prints one JSON line; `faults` must be empty.
 */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '60' }, database: { type: 'string' } },
});
const KILLS = Number(values.kills);
const SPAN_MS = Math.max(8_000, KILLS * 3_500);
const LIMITS = limitsOver(SPAN_MS);
/** Killed before it answers, it is killed over nothing: only a start that hangs takes as long. */
const LONGEST_START_MS = 90_000;
/** However this ends, nothing that was started lives on. */
const children = new Set<ChildProcess>();
process.once('SIGTERM', () => process.exit(1));
process.once('exit', () => children.forEach((child) => child.kill('SIGKILL')));

const sandbox = await startSandbox({ port: 0 });
const dataDir = dataFolder('crash');
writeFileSync(join(dataDir, 'desk.yaml'), deskFile(LIMITS));
const intents = smallIntentsFolder();
const ctl = controlByConnection(sandbox.url);
// The platforms' ceilings have tests of their own; here they would only make the end wait.
await ctl.post('slack/settings', { rate_limits: false });
await ctl.post('telegram/settings', { rate_limits: false });
const env = childEnvironment(sandbox, dataDir, intents.folder, values.database ?? null);
const waiting = await beforeTheRun(dataDir, values.database ?? null);
const said = families(ctl);
const acted = officers(ctl);
const people = [said, acted];
const outcome = await killAgainAndAgain(env, () => people.forEach((each) => each.begin()));
const underKills = acted.done.length;
const last = launch(env);
await last.ready;
await Promise.all(people.map((each) => each.end()));
await until(
  'the last timer',
  async () => Date.now() > Math.max(...waiting.map(({ dueAt }) => dueAt)),
  900_000,
);
const register = await openedRegister(dataDir, values.database ?? null, Date.now);
await until(
  'empty queues',
  async () => {
    await pause(500);
    const { inbox, outbox } = await register.load();
    return inbox + outbox === 0;
  },
  900_000,
);
await settled(ctl);
const endAt = Date.now();
last.child.kill('SIGTERM');
await last.gone;
const look = { url: values.database ?? null, dataDir, keys: loadOrMakeKeys({ dataDir, env: {} }).keys };
const seen = await account(ctl, register, look, {
  families: said,
  officers: acted,
  waiting,
  limits: LIMITS,
  endAt,
});
await register.close();
console.log(
  JSON.stringify({
    engine: values.database ? 'postgres' : 'sqlite',
    ...outcome,
    deedsUnderKills: underKills,
    ...seen.figures,
    faults: seen.faults,
  }),
);
await sandbox.close();
intents.clean();
rmSync(dataDir, { recursive: true, force: true });
process.exit(0);

/** Cases whose timers come due in the middle of it, whatever the limits. */
async function beforeTheRun(dataDir: string, databaseUrl: string | null): Promise<Waiting[]> {
  let now = Date.now();
  const register = await openedRegister(dataDir, databaseUrl, () => now);
  const all = await casesThatWait(register, (at) => (now = at), SPAN_MS);
  await register.close();
  return all;
}

function openedRegister(dataDir: string, url: string | null, now: () => number): Promise<Register> {
  const { keys } = loadOrMakeKeys({ dataDir, env: {} });
  return openRegister({ url, dataDir, keys, limits: () => LIMITS, now, log: recordedLog().log });
}

function childEnvironment(
  sandbox: Sandbox,
  dataDir: string,
  intents: string,
  databaseUrl: string | null,
): Record<string, string> {
  return {
    ...sandbox.env,
    PATH: process.env['PATH'] ?? '',
    PORT: '0',
    DATA_DIR: dataDir,
    INTENTS_DIR: intents,
    DESK_FILE: join(dataDir, 'desk.yaml'),
    LOG_LEVEL: 'info',
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  };
}

function launch(env: Record<string, string>): {
  child: ChildProcess;
  ready: Promise<void>;
  gone: Promise<void>;
} {
  const child = spawn(process.execPath, ['src/main.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  children.add(child);
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  void gone.then(() => children.delete(child));
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += String(chunk);
      if (said.includes('"event":"ready"')) resolve();
    });
    child.stderr?.on('data', (chunk: Buffer) => void (said += String(chunk)));
    child.once('exit', () => reject(new Error(`the helpline did not start:\n${said.slice(-2000)}`)));
  });
  return { child, ready, gone };
}

/** Kills at random moments: also while it is starting, migrating, connecting. */
async function killAgainAndAgain(
  env: Record<string, string>,
  begin: () => void,
): Promise<{ kills: number; whileAnswering: number; seconds: number }> {
  const from = Date.now();
  let kills = 0;
  let whileAnswering = 1;
  const first = launch(env);
  await first.ready;
  begin();
  await pause(300);
  first.child.kill('SIGKILL');
  await first.gone;
  kills += 1;
  while (kills < KILLS) {
    const { child, ready, gone } = launch(env);
    const launchedAt = Date.now();
    const started = await Promise.race([
      ready.then(() => true),
      pause(Math.random() < 0.15 ? 300 : LONGEST_START_MS).then(() => false),
    ]).catch(() => false);
    if (started) {
      whileAnswering += 1;
      // As long again as it took to start, at most: on a busy machine nothing would be done in less.
      await pause(20 + Math.random() * (Date.now() - launchedAt));
    }
    child.kill('SIGKILL');
    await gone;
    kills += 1;
  }
  return { kills, whileAnswering, seconds: Math.round((Date.now() - from) / 1000) };
}

/** Waits until every family has an answer to everything and the desk's channel has been quiet for two seconds. */
async function settled(ctl: Control): Promise<void> {
  let before = '';
  let since = Date.now();
  await until(
    'quiet',
    async () => {
      await pause(250);
      const channel = await ctl.get<SlackChannelView>('slack/channels/triage');
      const chats = await Promise.all(
        Array.from({ length: FAMILIES }, (_, index) =>
          ctl.get<{ bubbles: unknown[] }>(`telegram/chats/${FIRST_USER + index}`),
        ),
      );
      const now = JSON.stringify([
        channel.messages.map((message) => [message.ts, message.text, message.replies?.length]),
        chats.map((chat) => chat.bubbles.length),
      ]);
      if (now !== before) since = Date.now();
      before = now;
      return Date.now() - since > 4_000;
    },
    400_000,
  );
}
