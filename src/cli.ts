import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { checkedPacks } from './learned/checked-pack.ts';
import { ConfigError, readConfig } from './config.ts';
import { loadIntentPack, packFrom } from './intents/load-intents.ts';
import { report } from './intents/report.ts';
import { openLog } from './log.ts';
import { guessedUnseen, soundTwins } from './router/doubtful-examples.ts';
import { factReader } from './facts/facts.ts';
import { loadOrMakeKeys } from './store/key-file.ts';
import { openRegister } from './store/open-register.ts';
import { trainedRouters } from './learned/trained-router.ts';
import type { IntentPack } from './intents/intent-pack.ts';
import type { Register } from './core/register/register.ts';
import type { Router } from './router/router.ts';

const HELP = `npm run -s helpline -- <command>

  route            reads messages from standard input, one a line (plain text, or JSON with "text"), and writes
                   for each what the router decides, one JSON line. Needs no database and no token.
  intents check    reads the intents folder and tells what is wrong with it, what is due for review, which languages are
                   missing, what is hard to read, and which examples the router can't tell from another intent's
                   (that takes some ten seconds). Of one intent: intents check <id>. --quick leaves the router out,
                   --all shows every doubtful example. Exit code 1 when the folder would be refused.
  learn            learns the intents now, so that the next start need not: before an update is taken into service, say.
  load             what waits in the register: inbox, outbox, buried messages, open cases.
  buried           lists messages that could not be handled: where from, why, since when. They are kept, sealed.
  buried retry     puts them back, to be tried anew by the running helpline (after an update, say).
  verify           recomputes the chain of audit lines; exit code 1 when a line does not fit.
  keys             makes a pair of keys for HELPLINE_KEYS and HELPLINE_INDEX_KEY.
  help             this text.

The settings are those of the helpline itself: see .env.example.`;

type Flags = { quick: boolean; all: boolean };

/** Commands for the people who run the helpline and those who write intents. Exit code 2: the words were not understood. */
async function run(words: string[], flags: Flags): Promise<number> {
  const [command = 'help', second, third] = words;
  if (command === 'help') return say(HELP);
  if (command === 'route') return route();
  if (command === 'intents' && second === 'check') return checkIntents(third, flags);
  if (command === 'learn') return learn();
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

/** The pack and its router, kept or learned now. */
async function learned(): Promise<{ pack: IntentPack; router: Router }> {
  const { dataDir, intentsDir } = readConfig(process.env);
  const trained = trainedRouters({ dataDir, now: Date.now, log: openLog({ level: 'silent' }) });
  const pack = packFrom(await checkedPacks({ dataDir, now: Date.now })(intentsDir), Date.now());
  return { pack, router: await trained(pack.router) };
}

async function learn(): Promise<number> {
  const from = performance.now();
  const { pack } = await learned();
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  return say(`${pack.intents.size} intents learned and kept, in ${seconds} s.`);
}

async function route(): Promise<number> {
  const { pack, router } = await learned();
  const readFacts = factReader(pack.facts);
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const { text, language } = readLine(line);
    const { also, ...decided } = router.route(text, language === undefined ? {} : { language });
    const facts = readFacts(text, decided.language, Date.now());
    const more = {
      ...(also.length > 0 && { also }),
      ...(Object.keys(facts).length > 0 && { facts }),
    };
    console.log(JSON.stringify({ ...decided, text, ...more }));
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

function checkIntents(about: string | undefined, flags: Flags): number {
  const pack = loadIntentPack(readConfig(process.env).intentsDir, Date.now());
  if (about !== undefined && !pack.intents.has(about)) throw new Error(`There is no intent "${about}".`);
  if (!flags.quick) console.error('Trying every example on a router that has not seen it …');
  const doubts = flags.quick ? null : { twins: soundTwins(pack.router), guessed: guessedUnseen(pack.router) };
  for (const { title, lines } of report(pack, doubts, { all: flags.all, ...(about && { about }) }))
    console.log([title, ...lines.map((line) => `  ${line}`), ''].join('\n'));
  return say(
    `Sound: ${pack.intents.size} intents, ${pack.phrases.size} languages of the bot's own sentences.`,
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
  const { events, cases, faults } = await register.verify();
  for (const { where, what } of faults) console.error(`${where}: ${what}`);
  return faults.length > 0
    ? 1
    : say(`${events} events of ${cases} cases, all in their chain, each case as its story tells it.`);
}

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, all: { type: 'boolean', default: false } },
  });
  process.exitCode = await run(positionals, values);
} catch (error) {
  console.error(error instanceof ConfigError || error instanceof Error ? error.message : 'failed');
  process.exitCode = 1;
}
