import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { SlackChannelView } from '../../src/sandbox/views.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { loadOrMakeKeys } from '../../src/store/key-file.ts';
import { openRegister } from '../../src/store/open-register.ts';
import { control, family, until, type Control } from './people.ts';
import { recordedLog } from './recorded-log.ts';
import { smallIntentsFolder } from './small-intents.ts';

/**
 * Kills a helpline with SIGKILL again and again while families write, then holds the register, the chats and the desk's
 * channel against what was sent. A program of its own, so that its timing is nobody else's:
 * `node test/support/crash-run.ts --kills 60 [--database postgres://…]`. Prints one JSON line; `faults` must be empty.
 */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '60' }, database: { type: 'string' } },
});
const KILLS = Number(values.kills);
const FAMILIES = 12;
const FIRST_USER = 7000;

const sandbox = await startSandbox({ port: 0 });
const dataDir = mkdtempSync(join(tmpdir(), 'helpline-crash-'));
const intents = smallIntentsFolder();
const ctl = control(sandbox.url);
// The platforms' ceilings have tests of their own; here they would only make the end wait.
await ctl.post('slack/settings', { rate_limits: false });
const load = newLoad(ctl);
const env = childEnvironment(sandbox, dataDir, intents.folder, values.database ?? null);
const outcome = await killAgainAndAgain(env, load);
const last = launch(env);
await last.ready;
await load.end();
await settled(ctl);
last.child.kill('SIGTERM');
await last.gone;
const seen = await account(ctl, dataDir, values.database ?? null, load);
console.log(
  JSON.stringify({
    engine: values.database ? 'postgres' : 'sqlite',
    ...outcome,
    ...seen.figures,
    faults: seen.faults,
  }),
);
await sandbox.close();
intents.clean();
rmSync(dataDir, { recursive: true, force: true });
process.exit(0);

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
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
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
  load: Load,
): Promise<{ kills: number; seconds: number }> {
  const from = Date.now();
  let kills = 0;
  const first = launch(env);
  await first.ready;
  load.begin();
  await pause(300);
  first.child.kill('SIGKILL');
  await first.gone;
  kills += 1;
  while (kills < KILLS) {
    const { child, ready, gone } = launch(env);
    const started = await Promise.race([
      ready.then(() => true),
      pause(Math.random() < 0.15 ? 300 : 10_000).then(() => false),
    ]).catch(() => false);
    if (started) await pause(20 + Math.random() * 700);
    child.kill('SIGKILL');
    await gone;
    kills += 1;
  }
  return { kills, seconds: Math.round((Date.now() - from) / 1000) };
}

type Load = { begin: () => void; end: () => Promise<void>; sent: Map<number, string[]> };

/** Families who write while the helpline dies and comes back; what was delivered is delivered again, backwards too. */
function newLoad(ctl: Control): Load {
  const sent = new Map<number, string[]>();
  const state = { running: false };
  let work: Promise<unknown> = Promise.resolve();

  async function one(user: number, index: number): Promise<void> {
    const person = family(ctl, user, `Family ${index}`);
    const words: string[] = [];
    sent.set(user, words);
    const say = async (text: string): Promise<void> => {
      await person.says(text);
      words.push(text);
    };
    const patient = (what: string) =>
      until(
        what,
        async () =>
          (await person.bubbles()).some((bubble) =>
            (bubble.buttons ?? []).flat().some((button) => button.callback_data === what),
          ),
        900_000,
      );
    if (index % 2 === 0) await say(`URGENT he is in danger right now, marker ${user}-0`);
    else {
      await say(`my brother is stuck in the russian army please help, marker ${user}-0`);
      for (const [wait, data] of [
        ['d:no', 'd:no'],
        ['n:agree', 'n:agree'],
        ['s:embassy', 's:embassy'],
      ] as const) {
        await patient(wait);
        await person.presses(data);
      }
      await until(
        'the case',
        async () => (await person.bubbles()).some((bubble) => /is recorded/.test(bubble.text ?? '')),
        900_000,
      );
      await person.says('/cancel');
    }
    for (let n = 1; state.running; n += 1) {
      await say(`we have more news about him now, marker ${user}-${n}`);
      await pause(1_500 + Math.random() * 2_000);
    }
  }
  async function storm(): Promise<void> {
    while (state.running) {
      await ctl
        .post('telegram/replay', {
          last: 1 + Math.floor(Math.random() * 10),
          order: Math.random() < 0.5 ? 'reversed' : 'same',
        })
        .catch(() => undefined);
      await pause(400);
    }
  }
  return {
    sent,
    begin() {
      state.running = true;
      work = Promise.all([
        storm(),
        ...Array.from({ length: FAMILIES }, (_, index) => one(FIRST_USER + index, index)),
      ]);
    },
    async end() {
      state.running = false;
      await work;
    },
  };
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

/** Holds the register, the chats and the channel against what was sent. */
async function account(ctl: Control, dataDir: string, databaseUrl: string | null, load: Load) {
  const faults: string[] = [];
  const { keys } = loadOrMakeKeys({ dataDir, env: {} });
  const register = await openRegister({
    url: databaseUrl,
    dataDir,
    keys,
    now: Date.now,
    log: recordedLog().log,
  });
  const channel = await ctl.get<SlackChannelView>('slack/channels/triage');
  let cases = 0;
  let messages = 0;
  let repeatedSends = 0;
  const owner = new Map<string, number>();
  for (const [user, words] of load.sent) {
    const stored = await register.work(async (unit) => {
      const chat = await unit.chats.open('telegram', String(user));
      const own = await unit.cases.ofChat(chat.id);
      const texts = own[0]
        ? (await unit.messages.ofCase(own[0].id, 10_000))
            .filter((message) => message.from === 'family')
            .map((message) => message.text)
        : [];
      return { own, texts };
    });
    cases += stored.own.length;
    messages += words.length;
    if (stored.own.length !== 1) faults.push(`${user} has ${stored.own.length} cases`);
    for (const word of words) {
      const times = stored.texts.filter((text) => text === word).length;
      if (times !== 1) faults.push(`${word}: stored ${times} times`);
    }
    for (const text of stored.texts)
      if (!words.includes(text)) faults.push(`the case of ${user} holds words of somebody else: ${text}`);
    for (const one of stored.own) {
      owner.set(one.reference, user);
      const cards = channel.messages.filter(
        (message) => message.metadata?.event_payload['case_id'] === one.id,
      );
      if (cards.length !== 1) faults.push(`${one.reference} has ${cards.length} cards`);
    }
  }
  for (const user of load.sent.keys()) {
    const { bubbles } = await ctl.get<{ bubbles: { from: string; text?: string }[] }>(
      `telegram/chats/${user}`,
    );
    const numbers = new Map<string, number>();
    for (const { from, text = '' } of bubbles.filter((bubble) => bubble.from === 'bot')) {
      for (const [reference] of text.matchAll(/\b[0-9A-HJKMNP-TV-Z]{8}\b/g))
        if (owner.has(reference) && owner.get(reference) !== user)
          faults.push(`${user} was told of ${reference}`);
      const number = /№ \d+/.exec(text)?.[0];
      if (from === 'bot' && number) numbers.set(number, (numbers.get(number) ?? 0) + 1);
    }
    for (const times of numbers.values()) repeatedSends += times - 1;
  }
  const verdict = await register.verify();
  for (const { where, what } of verdict.faults) faults.push(`${where}: ${what}`);
  const waiting = await register.load();
  if (waiting.inbox + waiting.outbox + waiting.buried > 0)
    faults.push(`left over: ${JSON.stringify(waiting)}`);
  await register.close();
  return {
    faults,
    figures: {
      families: load.sent.size,
      cases,
      messages,
      posts: channel.messages.length,
      repeatedSends,
      events: verdict.events,
    },
  };
}
