import { platformsOf, readConfig } from '../config.ts';
import type { Platforms } from '../core/register/platforms.ts';
import { readPlatforms } from '../store/platforms.ts';
import { readingOnly } from '../store/read-only.ts';
import { existing, type Environment } from './existing.ts';
import { say } from './help.ts';
import { withRegister } from './queues.ts';

const named = ({ demo, bot, channel }: Platforms): string =>
  demo ? 'the demo (emulated Telegram and Slack)' : `bot ${bot} and channel ${channel}`;

/** For which bot and channel the data is, and which the settings name. */
export async function showPlatforms(env: Environment): Promise<number> {
  const mine = platformsOf(readConfig(env));
  const known = await readingOnly(existing(env), readPlatforms);
  return say(`The data is for: ${known ? named(known) : 'nobody yet'}.\nThe settings name: ${named(mine)}.`);
}

/** From now on the data is the settings'. */
export function moveToPlatforms(env: Environment): Promise<number> {
  const mine = platformsOf(readConfig(env));
  return withRegister(env, async (register) => {
    await register.moveTo(mine);
    const { outbox } = await register.load();
    return say(
      `From now on the data is for ${named(mine)}. ${outbox} messages and cards wait to be sent there.`,
    );
  });
}
