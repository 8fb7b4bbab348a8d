import { createInterface } from 'node:readline';
import { readConfig } from '../config.ts';
import { factReader } from '../facts/facts.ts';
import type { IntentPack } from '../intents/intent-pack.ts';
import { loadIntentPack, packFrom } from '../intents/load-intents.ts';
import { report } from '../intents/report.ts';
import { checkedPacks } from '../learned/checked-pack.ts';
import { trainedRouters } from '../learned/trained-router.ts';
import { openLog } from '../log.ts';
import { guessedUnseen, soundTwins } from '../router/doubtful-examples.ts';
import type { Router } from '../router/router.ts';
import type { Environment } from './existing.ts';
import { say } from './help.ts';

/** `quick`: without the router. `all`: every doubtful example. */
export type Flags = { quick: boolean; all: boolean };

/** The pack and its router, kept or learned now. */
async function learned(env: Environment): Promise<{ pack: IntentPack; router: Router }> {
  const { dataDir, intentsDir } = readConfig(env);
  const trained = trainedRouters({ dataDir, now: Date.now, log: openLog({ level: 'silent' }) });
  const pack = packFrom(await checkedPacks({ dataDir, now: Date.now })(intentsDir), Date.now());
  return { pack, router: await trained(pack.router) };
}

/** Learns the intents now. */
export async function learn(env: Environment): Promise<number> {
  const from = performance.now();
  const { pack } = await learned(env);
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  return say(`${pack.intents.size} intents learned and kept, in ${seconds} s.`);
}

/** Reads messages from standard input and writes what the router decides. */
export async function route(env: Environment): Promise<number> {
  const { pack, router } = await learned(env);
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

/** Tells what is wrong with the intents folder, or with one intent of it. */
export function checkIntents(env: Environment, about: string | undefined, flags: Flags): number {
  const pack = loadIntentPack(readConfig(env).intentsDir, Date.now());
  if (about !== undefined && !pack.intents.has(about)) throw new Error(`There is no intent "${about}".`);
  if (!flags.quick) console.error('Trying every example on a router that has not seen it …');
  const doubts = flags.quick ? null : { twins: soundTwins(pack.router), guessed: guessedUnseen(pack.router) };
  for (const { title, lines } of report(pack, doubts, { all: flags.all, ...(about && { about }) }))
    console.log([title, ...lines.map((line) => `  ${line}`), ''].join('\n'));
  return say(
    `Sound: ${pack.intents.size} intents, ${pack.phrases.size} languages of the bot's own sentences.`,
  );
}
