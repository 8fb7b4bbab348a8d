import { readConfig } from '../config.ts';
import { openLog } from '../log.ts';
import { listBuried as buriedEntries } from '../store/inbox.ts';
import { loadOrMakeKeys } from '../store/key-file.ts';
import { load } from '../store/load.ts';
import { openRegister } from '../store/open-register.ts';
import { readingOnly } from '../store/read-only.ts';
import { say } from './help.ts';
import { existing, type Environment } from './existing.ts';

/** What waits in the register, as JSON. */
export const showLoad = async (env: Environment): Promise<number> =>
  say(JSON.stringify(await readingOnly(existing(env), load), null, 2));

/** What could not be handled: where from, why, since when. */
export async function listBuried(env: Environment): Promise<number> {
  const buried = await readingOnly(existing(env), buriedEntries);
  for (const { source, reason, receivedAt } of buried)
    console.log(`${new Date(receivedAt).toISOString()}  ${source.name} ${source.key}  ${reason}`);
  return say(
    buried.length === 0
      ? 'Nothing is set aside.'
      : `${buried.length} set aside; \`buried retry\` tries them anew.`,
  );
}

/** Puts it back. The one command that writes, and so brings the schema up to date as a start does. */
export async function digUp(env: Environment): Promise<number> {
  const { dataDir, databaseUrl } = readConfig(env);
  const log = openLog({ level: 'silent' });
  const { keys } = loadOrMakeKeys({ dataDir, env, log });
  const register = await openRegister({ url: databaseUrl, dataDir, keys, now: Date.now, log });
  try {
    return say(`${await register.inbox.digUp()} put back.`);
  } finally {
    await register.close();
  }
}
