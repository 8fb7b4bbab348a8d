import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { checkedPacks } from './checked-pack.ts';
import { ConfigError, readConfig } from './config.ts';
import { loadIntentPack, packFrom } from './intents/load-intents.ts';
import { openLog } from './log.ts';
import { loadOrMakeKeys } from './store/key-file.ts';
import { openRegister } from './store/open-register.ts';
import { trainedRouters } from './trained-router.ts';
import type { Register } from './core/register.ts';
import type { Router } from './router/router.ts';

const HELP = `npm run -s helpline -- <command>

  route            reads messages from standard input, one a line (plain text, or JSON with "text"), and writes
                   for each what the router decides, one JSON line. Needs no database and no token.
  learn            reads the intents folder and learns it now, so that the next start need not.
  intents check    reads the intents folder and tells what is wrong or due for review.
  load             what waits in the register: inbox, outbox, buried messages, open cases.
  buried           lists messages that could not be handled: where from, why, since when. They are kept, sealed.
  buried retry     puts them back, to be tried anew by the running helpline (after an update, say).
  verify           recomputes the chain of audit lines; exit code 1 when a line does not fit.
  keys             makes a pair of keys for HELPLINE_KEYS and HELPLINE_INDEX_KEY.
  help             this text.

The settings are those of the helpline itself: see .env.example.`;

/** Commands for the people who run the helpline and those who write intents. Exit code 2: the words were not understood. */
async function run(words: string[]): Promise<number> {
  const [command = 'help', second] = words;
  if (command === 'help') return say(HELP);
  if (command === 'route') return route();
  if (command === 'learn') return learn();
  if (command === 'intents' && second === 'check') return checkIntents();
  if (command === 'load')
    return withRegister(async (register) => say(JSON.stringify(await register.load(), null, 2)));
  if (command === 'buried') return withRegister(second === 'retry' ? digUp : listBuried);
  if (command === 'verify') return withRegister(verify);
  if (command === 'keys')
    return say(
      `HELPLINE_KEYS=k1:${randomBytes(32).toString('base64')}\nHELPLINE_INDEX_KEY=${randomBytes(32).toString('base64')}`,
    );
  console.error(`There is no command "${words.join(' ')}".\n\n${HELP}`);
  return 2;
}

function say(text: string): number {
  console.log(text);
  return 0;
}

async function openRouter(): Promise<Router> {
  const { dataDir, intentsDir } = readConfig(process.env);
  const trained = trainedRouters({ dataDir, now: Date.now, log: openLog({ level: 'silent' }) });
  const content = await checkedPacks({ dataDir, now: Date.now })(intentsDir);
  return trained(packFrom(content, Date.now()).router);
}

async function learn(): Promise<number> {
  const from = performance.now();
  await openRouter();
  return say(`The intents are learned; it took ${((performance.now() - from) / 1000).toFixed(1)} s.`);
}

async function route(): Promise<number> {
  const router = await openRouter();
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const { text, language } = readLine(line);
    const { also, ...decided } = router.route(text, language === undefined ? {} : { language });
    console.log(JSON.stringify({ ...decided, text, ...(also.length > 0 ? { also } : {}) }));
  }
  return 0;
}

function readLine(line: string): { text: string; language?: string } {
  if (!line.startsWith('{')) return { text: line };
  try {
    const { text, language }: { text?: unknown; language?: unknown } = Object(JSON.parse(line));
    if (typeof text !== 'string') return { text: line };
    return typeof language === 'string' ? { text, language } : { text };
  } catch {
    return { text: line };
  }
}

function checkIntents(): number {
  const pack = loadIntentPack(readConfig(process.env).intentsDir, Date.now());
  for (const notice of pack.notices) console.log(notice);
  return say(
    `${pack.intents.size} intents, ${pack.phrases.size} languages of the bot's own sentences; ${pack.notices.length} notices.`,
  );
}

async function withRegister(job: (register: Register) => Promise<number>): Promise<number> {
  const { dataDir, databaseUrl } = readConfig(process.env);
  const log = openLog({ level: 'silent' });
  const { keys } = loadOrMakeKeys({ dataDir, env: process.env, log });
  const register = await openRegister({ url: databaseUrl, dataDir, keys, now: Date.now, log });
  try {
    return await job(register);
  } finally {
    await register.close();
  }
}

async function listBuried(register: Register): Promise<number> {
  const buried = await register.inbox.buried();
  for (const { source, reason, receivedAt } of buried)
    console.log(`${new Date(receivedAt).toISOString()}  ${source.name} ${source.key}  ${reason}`);
  return say(
    buried.length === 0
      ? 'Nothing is set aside.'
      : `${buried.length} set aside; \`buried retry\` tries them anew.`,
  );
}

const digUp = async (register: Register): Promise<number> => say(`${await register.inbox.digUp()} put back.`);

async function verify(register: Register): Promise<number> {
  const { lines, brokenAt } = await register.verifyAudit();
  if (brokenAt === null) return say(`${lines} audit lines, all in their chain.`);
  console.error(
    `${lines} audit lines; line ${brokenAt} does not fit its predecessor: it, or the one before, was changed or taken out.`,
  );
  return 1;
}

try {
  process.exitCode = await run(parseArgs({ allowPositionals: true, strict: false }).positionals);
} catch (error) {
  console.error(error instanceof ConfigError || error instanceof Error ? error.message : 'failed');
  process.exitCode = 1;
}
