import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { slackChannel } from './channels/slack/slack-channel.ts';
import { englishLabels } from './channels/slack/blocks/labels.ts';
import { telegramChannel } from './channels/telegram/telegram-channel.ts';
import { checkedPacks } from './learned/checked-pack.ts';
import { platformsFrom, platformsOf, type Config } from './config.ts';
import { deskActions } from './core/desk/desk-actions.ts';
import { livingDesks } from './desks/living-desks.ts';
import { helpline } from './core/family/receive.ts';
import { deskOf, type Desk, type Desks, type Role } from './core/case/desks.ts';
import { DEFAULT_LIMITS } from './core/case/wakes.ts';
import { clockWorker } from './core/delivery/clock-worker.ts';
import { wakeUps, type OnCall } from './core/desk/wake-ups.ts';
import { believedTime, forgetHeld } from './core/family/forget-held.ts';
import { inboxWorker } from './core/delivery/inbox-worker.ts';
import { outboxWorker } from './core/delivery/outbox-worker.ts';
import { healthRoutes } from './health.ts';
import { serve } from './http-server.ts';
import { openLiving } from './intents/living-pack.ts';
import { openLog, type LeakCount } from './log.ts';
import { factReader } from './facts/facts.ts';
import { loadOrMakeKeys } from './store/key-file.ts';
import { openRegister } from './store/open-register.ts';
import { sweeper } from './sweeper.ts';
import { trainedRouters } from './learned/trained-router.ts';

const pause = (ms: number, signal: AbortSignal): Promise<void> => pauseFor(ms, undefined, { signal });

export type Running = {
  url: string;
  /** When messages are answered too; until then they are received and wait. Never rejects. */
  ready: Promise<void>;
  stop: () => Promise<void>;
};

/** A family that writes while the router is learning waits no longer than this: then a person reads it. */
const LONGEST_LEARNING_MS = 120_000;

/** The one place where the parts are joined. Resolves when messages are received; rejects with a sentence for the operator when something is missing. */
export async function start(config: Config, env: Record<string, string | undefined>): Promise<Running> {
  const now = Date.now;
  const startedAt = now();
  const leaks: LeakCount = { caught: 0 };
  const log = openLog({ level: config.logLevel, leaks });
  log('starting', { mode: config.mode, why: `node-${process.versions.node}` });

  const demo = config.mode === 'sandbox' ? await installedDemo() : null;
  const trained = trainedRouters({ dataDir: config.dataDir, now, log });
  const pack = await openLiving({
    folder: config.intentsDir,
    now,
    read: checkedPacks({ dataDir: config.dataDir, now }),
    train: async (router, signal) => (await trained(router, signal)).route,
    readFacts: factReader,
    log,
  });
  const { keys, made, file } = loadOrMakeKeys({ dataDir: config.dataDir, env, log });
  const stateFile = join(config.dataDir, 'sandbox.db');
  // The desk file is held against the desks that have cases, so the register comes first.
  const inForce: { desks: (() => Desks) | null } = { desks: null };
  const register = await openRegister({
    url: config.databaseUrl,
    dataDir: config.dataDir,
    keys,
    platforms: {
      mine: platformsOf(config),
      withTokens: config.mode === 'real',
      demoWasHere: existsSync(stateFile),
    },
    limits: (id) => (inForce.desks ? deskOf(inForce.desks(), id).limits : DEFAULT_LIMITS),
    now,
    log,
  }).catch((error: unknown) => {
    pack.close();
    throw error;
  });

  const sandbox = (await demo?.startSandbox({ port: config.port, host: config.host, stateFile })) ?? null;
  const { telegram: tg, slack: sl } = config.mode === 'real' ? config : platformsFrom(sandbox?.env ?? {});

  const living = livingDesks({
    file: deskFileOf(config),
    triageChannel: sl.triageChannel,
    inUse: await register.desksInUse(),
    changed: () => void slack.examine(),
    log,
    now,
  });
  const { desks } = living;
  inForce.desks = desks;
  const line = helpline({
    register,
    knowledge: pack.knowledge,
    route: pack.route,
    facts: pack.facts,
    desks,
    deskReachable: (id) => slack.reaches(deskOf(desks(), id).channel),
    log,
  });
  const desk = deskActions({ register, knowledge: pack.knowledge, desks, random: randomBytes, log });
  const telegram = telegramChannel({
    token: tg.token,
    ...(tg.apiRoot === null ? {} : { apiRoot: tg.apiRoot }),
    webhook: tg.webhook,
    register,
    helpline: line,
    now,
    log,
  });
  const slack = slackChannel({
    botToken: sl.botToken,
    ...(sl.appToken === null ? {} : { appToken: sl.appToken }),
    ...(sl.signingSecret === null ? {} : { signingSecret: sl.signingSecret }),
    ...(sl.apiUrl === null ? {} : { apiUrl: sl.apiUrl }),
    desks,
    register,
    helpline: line,
    desk,
    labels: englishLabels(),
    now,
    log,
  });

  const inbox = inboxWorker({
    register,
    pause,
    handlers: { telegram: (entry) => telegram.handle(entry), slack: (entry) => slack.handle(entry) },
    now,
    log,
  });
  const outbox = outboxWorker({ register, pause, channels: { telegram, slack }, desk: slack, now, log });
  const clock = clockWorker({
    register,
    pause,
    log,
    on: {
      ...wakeUps({ people: (id) => onCall(deskOf(desks(), id)) }),
      unconsented: forgetHeld(believedTime({ now, steady: () => performance.now() })),
    },
  });
  const sweeping = sweeper({ register, log });

  const routes = healthRoutes({ register, telegram, slack, pack, desks: living, leaks, now, startedAt });
  if (tg.webhook) routes.post('/telegram', (c) => telegram.webhook(c.req.raw));
  if (slack.http) {
    const { http } = slack;
    routes.post('/slack/events', (c) => http(c.req.raw));
  }
  sandbox?.mount(routes);
  const server = sandbox ?? (await serve(routes, config.port, config.host));

  await register.takeOver();
  await telegram.start();
  await slack.start();
  outbox.start();
  clock.start();
  sweeping.start();
  log('receiving', { mode: config.mode, ms: now() - startedAt });
  const stopping = new AbortController();
  const answering = async (): Promise<void> => {
    await Promise.race([pack.settled, pause(LONGEST_LEARNING_MS, stopping.signal).catch(() => {})]);
    if (stopping.signal.aborted) return;
    inbox.start();
    log('ready', { mode: config.mode, ms: now() - startedAt });
  };
  const ready = answering();
  if (config.logLevel !== 'silent') console.error(greeting(server.url, config.mode, made ? file : null));

  return {
    url: server.url,
    ready,
    /** Stops hearing first, then deciding, then sending; what is under way is finished, the rest waits in the register. */
    async stop() {
      log('stopping');
      stopping.abort();
      sweeping.stop();
      pack.close();
      living.close();
      await telegram.stop();
      await inbox.stop();
      await clock.stop();
      await outbox.stop();
      await slack.stop();
      await server.close();
      await register.close();
      log('stopped');
    },
  };
}

/** The sandbox and what only it needs are left out by `npm ci --omit=dev`. Rejects with a sentence then. */
async function installedDemo() {
  try {
    return await import('../sandbox/src/sandbox.ts');
  } catch (error) {
    // A package that `require` misses has the first code, one that `import` misses the second.
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error(
      'The demo is not installed: run `npm ci`, or set TELEGRAM_BOT_TOKEN and the other settings of the real thing (see .env.example).',
      { cause: error },
    );
  }
}
const onCall = ({ people }: Desk): OnCall => {
  const having = (role: Role): string[] =>
    people.filter(({ roles }) => roles.includes(role)).map(({ id }) => id);
  return { duty: having('duty'), heads: having('head') };
};

/** The demo has a desk file of its own, for the people of its emulated Slack. */
const deskFileOf = ({ mode, deskFile }: Config): string =>
  mode === 'sandbox' && !existsSync(deskFile)
    ? fileURLToPath(new URL('../sandbox-desk.yaml', import.meta.url))
    : deskFile;

function greeting(url: string, mode: Config['mode'], madeKeys: string | null): string {
  const lines =
    mode === 'sandbox'
      ? [
          '',
          `  The helpline is running with an emulated Telegram and Slack: open ${url}`,
          '  Nothing here reaches the real platforms. See .env.example for the real thing.',
        ]
      : ['', `  The helpline is running. Health: ${url}/readyz`];
  if (madeKeys !== null)
    lines.push(
      '',
      `  NEW KEYS were made in ${madeKeys}. Without them every case is unreadable for ever, and whoever has`,
      '  them and the database can read everything: keep a copy, apart from the data and from its backups.',
    );
  return `${lines.join('\n')}\n`;
}
