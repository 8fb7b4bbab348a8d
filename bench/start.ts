import { setTimeout as pause } from 'node:timers/promises';
import { launchEchoBot, launchHelpline, launchSandbox, withFolder, type Program } from './programs.ts';
import { percentile } from './percentile.ts';

const STARTS = 3;
const IDLE_MS = 15_000;

/**
 * From the spawn of the process until messages are received and until they are answered (`ready`), and memory: with a new
 * data folder, where the intents are checked and learned first, with a used one, and a bare bot. The middle of three.
 */
export async function starts(): Promise<object[]> {
  const sandbox = await launchSandbox();
  try {
    const cold: Program[] = [];
    for (let n = 0; n < STARTS; n++)
      await withFolder(async (folder) => void cold.push(await brief(launchHelpline(sandbox, folder))));
    return await withFolder(async (folder) => {
      await brief(launchHelpline(sandbox, folder));
      return [
        { who: 'helpline', start: 'cold', receivingMs: received(cold), readyMs: middle(cold) },
        { who: 'helpline', start: 'warm', ...(await measured(() => launchHelpline(sandbox, folder))) },
        { who: 'bare grammY echo bot', ...(await measured(() => launchEchoBot(sandbox))) },
      ];
    });
  } finally {
    await sandbox.stop();
  }
}

async function measured(
  run: () => Promise<Program>,
): Promise<{ receivingMs: number | null; readyMs: number; rssReadyMb: number; rssIdleMb: number }> {
  const before: Program[] = [];
  for (let n = 1; n < STARTS; n++) before.push(await brief(run()));
  const last = await run();
  const rssReadyMb = await last.rssMb();
  await pause(IDLE_MS);
  const rssIdleMb = await last.rssMb();
  await last.stop();
  const all = [...before, last];
  return { receivingMs: received(all), readyMs: middle(all), rssReadyMb, rssIdleMb };
}

async function brief(running: Promise<Program>): Promise<Program> {
  const program = await running;
  await program.stop();
  return program;
}

const middle = (programs: Program[]): number =>
  percentile(
    programs.map(({ readyMs }) => readyMs),
    0.5,
  );

/** Both events tell the time since the start: the log of a bot that has only one says nothing. */
function received(programs: Program[]): number | null {
  const times = programs.flatMap(({ said, readyMs }) => {
    const at = (event: string): number =>
      Number(new RegExp(`"ms":(\\d+),"event":"${event}"`).exec(said)?.[1]);
    const waited = at('ready') - at('receiving');
    return Number.isNaN(waited) ? [] : [readyMs - waited];
  });
  return times.length === 0 ? null : percentile(times, 0.5);
}
