import { Hono } from 'hono';
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { Register } from './core/register/register.ts';
import type { LivingDesks } from './desks/living-desks.ts';
import type { LivingPack } from './intents/living-pack.ts';
import type { LeakCount } from './log.ts';

type Parts = {
  register: Pick<Register, 'load'>;
  telegram: { health: () => { lastPollAt: number | null; problem: string | null } };
  slack: { health: () => { connected: boolean; problem: string | null } };
  pack: Pick<LivingPack, 'state'>;
  desks: Pick<LivingDesks, 'state'>;
  leaks: LeakCount;
  now: () => number;
  startedAt: number;
};

type Load = Awaited<ReturnType<Register['load']>>;

/** Longer than this without a word from Telegram is a fault, even when no call has failed: polls can hang. */
const SILENT_POLL_MS = 120_000;
/** A timer should have fired this long ago: the clock worker does not get on. */
const LATE_TIMER_MS = 5 * 60_000;
/** Somebody has been waiting this long for their message to be read. */
const SLOW_INBOX_MS = 60_000;

/**
 * `/healthz`: the process lives and its store answers. `/readyz`: everything a family needs works, with what does not.
 * `/metrics`: the same in numbers, for Prometheus. Numbers only: nothing of any person, chat or case.
 */
export function healthRoutes(parts: Parts): Hono {
  const { register, telegram, slack, pack, desks, leaks, now, startedAt } = parts;
  const metrics = figures(parts);

  function problems(load: Load): string[] {
    const found: string[] = [];
    const polled = telegram.health();
    if (polled.problem !== null) found.push(`Telegram: ${polled.problem}`);
    if (now() - (polled.lastPollAt ?? startedAt) > SILENT_POLL_MS)
      found.push('Telegram: nothing heard for two minutes');
    const desk = slack.health();
    if (desk.problem !== null) found.push(`Slack: ${desk.problem}`);
    else if (!desk.connected)
      found.push('Slack: not connected; requests are taken and cards are posted when it is back');
    if (load.oldestInbox !== null && now() - load.oldestInbox > SLOW_INBOX_MS)
      found.push('Messages wait for more than a minute');
    if (load.buried > 0)
      found.push(
        `${load.buried} messages could not be handled and wait for a person: see \`helpline buried\``,
      );
    const { router, refused } = pack.state();
    if (router === 'learning')
      found.push('The router is learning the intents: messages are received, and answered when it is done');
    if (router === 'failed')
      found.push('The router could not learn the intents: what families write goes to a person, see the log');
    if (refused !== null)
      found.push(`The last edit of the intents was refused, the old ones are in force: ${refused}`);
    const { refused: badDesks } = desks.state();
    if (badDesks !== null)
      found.push(`The last edit of the desk file was refused, the old desks are in force: ${badDesks}`);
    if (load.oldestTimer !== null && now() - load.oldestTimer > LATE_TIMER_MS)
      found.push(
        'Something that was due more than five minutes ago has not been looked at (a promised date, an alarm, words to be forgotten): see the log',
      );
    if (leaks.caught > 0)
      found.push(`The log masked ${leaks.caught} things that should never have reached it`);
    return found;
  }

  const app = new Hono();
  app.get('/healthz', async (c) => {
    try {
      await register.load();
      return c.json({ ok: true, uptimeSeconds: Math.round((now() - startedAt) / 1000) });
    } catch {
      return c.json(
        { ok: false, problem: 'The register does not answer. Nothing is acknowledged until it does.' },
        503,
      );
    }
  });
  app.get('/readyz', async (c) => {
    try {
      const load = await register.load();
      const found = problems(load);
      const { intents, languages } = pack.state();
      return c.json(
        { ok: found.length === 0, problems: found, intents, languages, load },
        found.length === 0 ? 200 : 503,
      );
    } catch {
      return c.json({ ok: false, problems: ['The register does not answer.'] }, 503);
    }
  });
  app.get('/metrics', async (c) =>
    c.text(await metrics.tell(await register.load()), 200, { 'content-type': metrics.contentType }),
  );
  return app;
}

/** All figures, told of one look into the register. */
function figures({ slack, leaks }: Parts): { contentType: string; tell(load: Load): Promise<string> } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauges: ((load: Load) => void)[] = [];
  const gauge = (name: string, help: string, read: (load: Load) => number): void => {
    const made = new Gauge({ name: `helpline_${name}`, help, registers: [registry] });
    gauges.push((load) => made.set(read(load)));
  };
  gauge('inbox_waiting', 'Messages received and not yet handled', ({ inbox }) => inbox);
  gauge('outbox_waiting', 'Messages and cards not yet sent', ({ outbox }) => outbox);
  gauge('inbox_buried', 'Messages that could not be handled', ({ buried }) => buried);
  gauge('outbox_parked', 'Messages and cards that could not be sent', ({ parked }) => parked);
  gauge('cases_open', 'Cases that are not closed', ({ openCases }) => openCases);
  gauge('cases_overdue', 'Open cases whose promised date has passed', ({ overdue }) => overdue);
  gauge('slack_connected', '1 when Slack can reach the helpline', () => (slack.health().connected ? 1 : 0));
  gauge('log_leaks_masked', 'Things the log had to mask; must be 0', () => leaks.caught);
  return {
    contentType: registry.contentType,
    tell(load) {
      for (const set of gauges) set(load);
      return registry.metrics();
    },
  };
}
