import { z } from 'zod';
import { slackChannel } from '../../src/channels/slack/slack-channel.ts';
import { englishLabels } from '../../src/channels/slack/blocks/labels.ts';
import type { InboundMessage } from '../../src/core/words/messages.ts';
import type { InboxEntry } from '../../src/core/register/register.ts';
import { memoryDesk } from './memory-desk.ts';
import { memoryInbox } from './memory-inbox.ts';
import { recordedLog } from './recorded-log.ts';
import { checkSlackCall } from './slack-spec.ts';
import { slackSandbox, soon } from './slack-sandbox.ts';

const message = z.looseObject({
  ts: z.string(),
  text: z.string(),
  blocks: z.array(z.looseObject({ type: z.string() })).optional(),
  ephemeral_for: z.string().optional(),
  metadata: z
    .looseObject({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
    .optional(),
});
const thread = message.extend({ replies: z.array(message).optional() });
const channelView = z.looseObject({ messages: z.array(thread) });
const views = z.looseObject({
  stack: z.array(
    z.looseObject({
      id: z.string(),
      callback_id: z.string(),
      view: z.record(z.string(), z.unknown()),
      errors: z.record(z.string(), z.string()),
      trouble: z.string().optional(),
    }),
  ),
});
const calls = z.array(
  z.looseObject({
    method: z.string(),
    arguments: z.record(z.string(), z.unknown()),
    fault: z.string().optional(),
  }),
);

type Options = {
  cards?: Parameters<typeof memoryDesk>;
  mode?: 'socket' | 'http';
  now?: () => number;
};

/** The real Slack channel on the real Bolt against the emulated Slack, with the desk and the inbox in memory. */
export async function slackDesk({ cards = [], mode = 'socket', now = Date.now }: Options = {}) {
  const slack = await slackSandbox();
  const desk = memoryDesk(...cards);
  const inbox = memoryInbox();
  const log = recordedLog();
  const received: InboundMessage[] = [];
  const ignored: string[] = [];
  const retried: string[] = [];
  const handled = new Set<string>();
  const channel = slackChannel({
    botToken: slack.env('SLACK_BOT_TOKEN'),
    ...(mode === 'socket'
      ? { appToken: slack.env('SLACK_APP_TOKEN') }
      : { signingSecret: slack.env('SLACK_SIGNING_SECRET') }),
    apiUrl: slack.env('SLACK_API_URL'),
    triageChannel: slack.env('SLACK_TRIAGE_CHANNEL'),
    register: {
      inbox: {
        put: inbox.register.inbox.put,
        retry: async ({ key }) => void retried.push(key),
      },
    },
    helpline: {
      receive: async (message) => void received.push(message),
      ignore: async ({ key }) => void ignored.push(key),
    },
    desk: desk.desk,
    labels: englishLabels(),
    now,
    log: log.log,
  });

  /** Ends every fault. */
  const heal = async (): Promise<void> =>
    void (await fetch(`${slack.sandbox.url}/control/faults`, { method: 'DELETE' }));
  const triage = async () => (await slack.look('slack/channels/triage', channelView)).messages;

  return {
    ...slack,
    channel,
    desk,
    inbox,
    log,
    received,
    ignored,
    retried,
    triage,
    heal,
    /** Starts, and waits until Slack can reach us. */
    async begin() {
      await channel.start();
      await soon(() => (channel.health().connected ? true : undefined));
    },
    /** Waits for something in the inbox that has not been handled, and handles it. */
    async handleNext(): Promise<InboxEntry> {
      const entry = await soon(() => inbox.entries().find(({ source }) => !handled.has(source.key)));
      handled.add(entry.source.key);
      await channel.handle(entry);
      return entry;
    },
    /** The card as the desk sees it: posted if it is not there yet. */
    async showCard(id = 'case-1') {
      const shown = await channel.showCard(desk.card(id), null, false);
      if (shown.outcome !== 'sent') throw new Error(`the card was not shown: ${shown.outcome}`);
      return shown.place;
    },
    press: (user: string, action_id: string, ts: string, value?: unknown) =>
      slack.act('presses', { user, channel: 'triage', ts, action_id, ...(value !== undefined && { value }) }),
    submit: (user: string, values: Record<string, unknown> = {}) =>
      slack.act(`views/${user}/submit`, { values }),
    stack: async (user: string) => (await slack.look(`slack/views/${user}`, views)).stack,
    home: async (user: string) =>
      (
        await slack.look(
          `slack/home/${user}`,
          z.looseObject({ view: z.record(z.string(), z.unknown()).nullable() }),
        )
      ).view,
    calls: async (method: string) =>
      (await slack.look('calls?target=slack', calls)).filter((call) => call.method === method),
    /** What only this person sees in the triage channel. */
    whispers: async (user: string) =>
      (await triage())
        .flatMap((top) => [top, ...(top.replies ?? [])])
        .filter(({ ephemeral_for }) => ephemeral_for === user)
        .map(({ text }) => text),
    /** Stops; fails when a call was made that Slack's reference does not know. */
    async end() {
      await channel.stop();
      await heal();
      const made = await slack.look('calls?target=slack', calls);
      await slack.close();
      const wrong = made
        .filter(({ method }) => method !== 'response_url')
        .flatMap((call) => checkSlackCall(call.method, call.arguments));
      if (wrong.length > 0)
        throw new Error(`calls that Slack would not know: ${[...new Set(wrong)].join('; ')}`);
    },
  };
}

export type SlackDesk = Awaited<ReturnType<typeof slackDesk>>;
