import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { englishLabels } from '../../../../src/channels/slack/blocks/labels.ts';
import { slackChannel } from '../../../../src/channels/slack/slack-channel.ts';
import { deskActions } from '../../../../src/core/desk/desk-actions.ts';
import { helpline } from '../../../../src/core/family/receive.ts';
import { databaseFile } from '../../../../src/store/open-sqlite.ts';
import { KNOWLEDGE, routes, SAID } from '../../../support/helpline-bench.ts';
import { recordedLog } from '../../../support/recorded-log.ts';
import { registerBench } from '../../../support/register-bench.ts';
import { fresh, signed } from '../../../support/slack-payloads.ts';
import { slackSandbox, soon } from '../../../support/slack-sandbox.ts';
import { DESKS, settle } from './people.ts';

const counts = z.object({ seq: z.number(), version: z.number(), outbox: z.number() });
const told = z.array(z.object({ actor: z.string(), kind: z.string(), subject: z.string() }));
const sent = z.array(z.object({ stream: z.string() }));
const stacks = z.looseObject({
  stack: z.array(
    z.looseObject({
      id: z.string(),
      callback_id: z.string(),
      view: z.looseObject({ private_metadata: z.string().default('') }),
    }),
  ),
});

/** What one or more uses of a door have left in the register. */
export type Effect = {
  /** In order; whose act each was by the story. */
  events: { actor: string; kind: string; subject: string }[];
  /** By how much the versions of all cases rose. */
  version: number;
  /** Where something is to be sent: `case:<id>` to the desk's channel, `chat:<id>` to a chat. */
  sent: string[];
};

/**
 * The real Slack channel with its real gate and the real desk on a real register, beside the emulated Slack. Requests
 * are handed to it as Slack's HTTP would, without a socket in between: there are thousands of them.
 */
export async function matrixBench() {
  const store = registerBench(null);
  const { clock } = store;
  const register = await store.open();
  const slack = await slackSandbox({ now: () => clock.now });
  await settle(slack);
  const log = recordedLog();
  const parts = {
    register,
    knowledge: () => KNOWLEDGE,
    route: () => routes(SAID),
    facts: () => () => ({}),
    desks: () => DESKS,
    log: log.log,
  };
  const desk = deskActions({ ...parts, random: randomBytes });
  const secret = slack.env('SLACK_SIGNING_SECRET');
  const channel = slackChannel({
    botToken: slack.env('SLACK_BOT_TOKEN'),
    signingSecret: secret,
    apiUrl: slack.env('SLACK_API_URL'),
    desks: () => DESKS,
    register,
    helpline: helpline({ ...parts, deskReachable: () => true }),
    desk,
    labels: englishLabels(),
    now: () => clock.now,
    log: log.log,
  });
  await channel.start();
  await soon(() => (channel.health().connected ? true : undefined));

  /** Slack lets a view be opened only for what a person did: here they type a command that goes to this ear. */
  const triggers: string[] = [];
  const whispers: string[] = [];
  const ear = createServer((request, response) => {
    const hear = async (): Promise<void> => {
      const body = await text(request);
      if (request.url === '/told') whispers.push(body);
      const trigger = new URLSearchParams(body).get('trigger_id');
      if (trigger) triggers.push(trigger);
      response.end(/"challenge":"([^"]+)"/.exec(body)?.[1] ?? '');
    };
    void hear();
  });
  await new Promise<void>((resolve) => ear.listen(0, '127.0.0.1', resolve));
  const address = ear.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const proven = await slack.act('http', { url: `http://127.0.0.1:${port}/` });
  if (proven.status !== 200) throw new Error('Slack does not reach the ear');

  const rows = new DatabaseSync(databaseFile(store.dataDir), { readOnly: true, timeout: 5000 });
  const counting = rows.prepare(
    `select (select coalesce(max(seq), 0) from events) seq, (select coalesce(sum(version), 0) from cases) version,
      (select coalesce(max(id), 0) from outbox) outbox`,
  );
  const telling = rows.prepare('select actor, kind, subject from events where seq > ? order by seq');
  const closing = new DatabaseSync(databaseFile(store.dataDir), { timeout: 5000 });
  closing.exec('pragma synchronous = off');
  const close = closing.prepare(
    "update cases set status = 'closed' where status <> 'closed' and id not in (select value from json_each(?))",
  );
  const sending = rows.prepare('select stream from outbox where id > ? order by id');
  const http = channel.http;
  if (!http) throw new Error('no HTTP');

  return {
    clock,
    log,
    register,
    desk,
    slack,
    whispers,
    respondTo: `http://127.0.0.1:${port}/told`,
    /** What Slack would let this person open a view with. Only for members of the workspace. */
    async trigger(user: string): Promise<string> {
      await slack.act('commands', { user, command: '/ear' });
      return triggers.pop() ?? `${fresh()}.0`;
    },
    /** The view that lies on top for this person. */
    async top(user: string) {
      const { stack } = await slack.look(`slack/views/${user}`, stacks);
      return stack.at(-1) ?? null;
    },
    /** Hands over a request, and gives what we answer. */
    async use(body: string, unsigned = false): Promise<{ status: number; text: string }> {
      const response = await http(signed(body, unsigned ? null : secret, clock.now));
      return { status: response.status, text: await response.text() };
    },
    /** Handles whatever waits in the inbox. */
    async handled(): Promise<void> {
      for (;;) {
        const entries = await register.inbox.claim(10, 60_000);
        if (entries.length === 0) return;
        for (const entry of entries) await channel.handle(entry);
      }
    },
    /** What `work` leaves in the register. */
    async effect(work: () => Promise<unknown>): Promise<Effect> {
      const before = counts.parse(counting.get());
      await work();
      const after = counts.parse(counting.get());
      return {
        events: told.parse(telling.all(before.seq)),
        version: after.version - before.version,
        sent: sent.parse(sending.all(before.outbox)).map(({ stream }) => stream),
      };
    },
    /** Ends every fault. */
    heal: async (): Promise<void> =>
      void (await fetch(`${slack.sandbox.url}/control/faults`, { method: 'DELETE' })),
    /** Takes all other cases out of the desk's lists, past the story: they would get longer and longer. */
    clear: (but: readonly string[] = []): void => void close.run(JSON.stringify(but)),
    async end(): Promise<void> {
      rows.close();
      closing.close();
      await channel.stop();
      await new Promise((resolve) => ear.close(resolve));
      await slack.close();
      await store.clean();
    },
  };
}

export type MatrixBench = Awaited<ReturnType<typeof matrixBench>>;
