import { loadavg } from 'node:os';
import { jsonLines, launchEchoBot, launchHelpline, launchSandbox, withFolder } from './programs.ts';
import type { Program, Sandbox } from './programs.ts';

const RATE = 50;
const CHATS = 100;
const SECONDS = 20;
/** With more than this at work on the machine already, the figures are taken once more. */
const BUSY = 3;

type Take = { load: number; lines: object[] };

/** How long people wait for a reply, the helpline beside a bare bot. On a busy machine the calmer of two takes is kept, and says so. */
export async function replyTimes(): Promise<object[]> {
  const first = await take();
  if (first.load <= BUSY) return first.lines;
  const second = await take();
  const calmer = second.load < first.load ? second : first;
  return calmer.lines.map((line) => ({ ...line, takes: 2, kept: 'calmer' }));
}

async function take(): Promise<Take> {
  const [load = 0] = loadavg();
  const helpline = await withFolder((folder) =>
    waits('helpline', (sandbox) => launchHelpline(sandbox, folder)),
  );
  const [between = 0] = loadavg();
  const echo = await waits('bare grammY echo bot', launchEchoBot);
  return { load: Math.max(load, between), lines: [...helpline, ...echo] };
}

async function waits(who: string, bot: (sandbox: Sandbox) => Promise<Program>): Promise<object[]> {
  const [load = 0] = loadavg();
  const sandbox = await launchSandbox();
  const program = await bot(sandbox);
  try {
    const generator = ['bench/people-writing.ts', '--url', sandbox.url];
    const schedule = ['--rate', `${RATE}`, '--chats', `${CHATS}`, '--seconds', `${SECONDS}`];
    const lines = await jsonLines([...generator, ...schedule]);
    const rssMb = await program.rssMb();
    return lines.map((line) => ({
      who,
      perSecond: RATE,
      chats: CHATS,
      ...line,
      rssMb,
      rateLimits: 'off',
      loadBefore: load,
    }));
  } finally {
    await program.stop();
    await sandbox.stop();
  }
}
