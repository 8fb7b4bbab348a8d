import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { ConfigError } from '../config.ts';
import { HELP, say } from './help.ts';
import type { Flags } from './intents.ts';
import { moveToPlatforms, showPlatforms } from './platforms.ts';
import { digUp, listBuried, showLoad } from './queues.ts';
import { tellStory, verify, type Shown } from './story.ts';

/** Commands for the people who run the helpline and those who write intents. Exit code 2: the words were not understood. */
async function run(words: string[], flags: Flags & Shown & { move: boolean }): Promise<number> {
  const [command = 'help', second, third] = words;
  if (command === 'help') return say(HELP);
  if (command === 'route') return (await intents()).route(process.env);
  if (command === 'intents' && second === 'check')
    return (await intents()).checkIntents(process.env, third, flags);
  if (command === 'learn') return (await intents()).learn(process.env);
  if (command === 'load') return showLoad(process.env);
  if (command === 'buried') return second === 'retry' ? digUp(process.env) : listBuried(process.env);
  if (command === 'story') return tellStory(process.env, words.slice(1).join(' '), flags);
  if (command === 'verify') return verify(process.env, words.slice(1));
  if (command === 'platforms') return flags.move ? moveToPlatforms(process.env) : showPlatforms(process.env);
  if (command === 'keys')
    return say(
      `HELPLINE_KEYS=k1:${randomBytes(32).toString('base64')}\nHELPLINE_INDEX_KEY=${randomBytes(32).toString('base64')}`,
    );
  console.error(`There is no command "${words.join(' ')}".\n\n${HELP}`);
  return 2;
}

/** Read only when they are wanted: the router and the texts take longer to load than all the rest. */
const intents = () => import('./intents.ts');

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      move: { type: 'boolean', default: false },
      people: { type: 'boolean', default: false },
    },
  });
  process.exitCode = await run(positionals, values);
} catch (error) {
  console.error(error instanceof ConfigError || error instanceof Error ? error.message : 'failed');
  process.exitCode = 1;
}
