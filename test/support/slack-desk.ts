import { z } from 'zod';
import { slackChannel } from '../../src/channels/slack/slack-channel.ts';
import { englishLabels } from '../../src/channels/slack/blocks/labels.ts';
import { INDIA } from '../../src/core/case/desk-hours.ts';
import type { Desk, Desks, Role } from '../../src/core/case/desks.ts';
import { DEFAULT_LIMITS } from '../../src/core/case/wakes.ts';
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
  /** Who is what at the desk; everybody else in its channel is an officer. */
  roles?: Record<string, Role[]>;
  /** Beside the first desk, that has the triage channel: other desks and their channels, as `moscow: 'C0MOSCOW'`. */
  others?: Record<string, string>;
};

const deskOf = (id: string, channel: string): Desk => ({
  id,
  formerly: [],
  name: id,
  channel,
  hours: INDIA,
  people: [],
  limits: DEFAULT_LIMITS,
  countries: [],
});

/** The desks of a test: `desk` with the triage channel, and others. */
export const desksOf = (
  triage: string,
  { roles = {}, others = {} }: Pick<Options, 'roles' | 'others'>,
): Desks => {
  const people = Object.entries(roles).map(([id, held]) => ({ id, roles: held }));
  return [
    { ...deskOf('desk', triage), people },
    ...Object.entries(others).map(([id, channel]) => deskOf(id, channel)),
  ];
};

/** The real Slack channel on the real Bolt against the emulated Slack, with the desk and the inbox in memory. */
export async function slackDesk(options: Options = {}) {
  const { cards = [], mode = 'socket', now = Date.now } = options;
  const slack = await slackSandbox();
  let desks = desksOf(slack.env('SLACK_TRIAGE_CHANNEL'), options);
  for (const id of Object.keys(options.others ?? {}))
    await slack.act('channels', { name: id, private: true, members: ['UHELPLINE'] });
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
    desks: () => desks,
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
  const press = (user: string, action_id: string, ts: string, value?: unknown) =>
    slack.act('presses', { user, channel: 'triage', ts, action_id, ...(value !== undefined && { value }) });
  const stack = async (user: string) => (await slack.look(`slack/views/${user}`, views)).stack;
  /** What only this person sees in the triage channel. */
  const whispers = async (user: string): Promise<string[]> =>
    (await triage())
      .flatMap((top) => [top, ...(top.replies ?? [])])
      .filter(({ ephemeral_for }) => ephemeral_for === user)
      .map(({ text }) => text);

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
    /** Other desks from now on, as after an edit of the desk file. */
    async redesk(triage: string, others: Record<string, string> = {}) {
      desks = desksOf(triage, { others });
      await channel.examine();
    },
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
    press,
    /** A card in the triage channel that still has these buttons. Gives its `ts`. */
    async oldCard(...actions: string[]): Promise<string> {
      const posted = await slack.client().chat.postMessage({
        channel: slack.env('SLACK_TRIAGE_CHANNEL'),
        text: 'An old card',
        blocks: [
          {
            type: 'actions',
            elements: actions.map((action_id) => ({
              type: 'button' as const,
              action_id,
              value: 'case-1',
              text: { type: 'plain_text' as const, text: action_id },
            })),
          },
        ],
      });
      return posted.ts ?? '';
    },
    /** Chooses in the menu of a card. */
    choose: (user: string, action: string, ts: string) => press(user, 'more', ts, `${action}|case-1`),
    submit: (user: string, values: Record<string, unknown> = {}) =>
      slack.act(`views/${user}/submit`, { values }),
    stack,
    /** The top form, once it is this one. */
    opened: (user: string, form: string) =>
      soon(async () => {
        const top = (await stack(user)).at(-1);
        return top?.callback_id === form ? top : undefined;
      }),
    /** The top form as JSON, once it holds these words. */
    shows: (user: string, words: string) =>
      soon(async () => {
        const top = JSON.stringify((await stack(user)).at(-1)?.view ?? {});
        return top.includes(words) ? top : undefined;
      }),
    /** Picks a status in the open status form. */
    picksStatus: (user: string, view_id: string, value: string) =>
      slack.act('presses', { user, view_id, action_id: 'to', value }),
    /** The first whisper to this person in the triage channel. */
    whispered: (user: string) => soon(async () => (await whispers(user))[0]),
    home: async (user: string) =>
      (
        await slack.look(
          `slack/home/${user}`,
          z.looseObject({ view: z.record(z.string(), z.unknown()).nullable() }),
        )
      ).view,
    calls: async (method: string) =>
      (await slack.look('calls?target=slack', calls)).filter((call) => call.method === method),
    whispers,
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

/** Two uses that are both under way before either changes anything: the desk gets both. */
export async function twiceAtOnce({ desk }: SlackDesk, ...uses: (() => Promise<unknown>)[]): Promise<void> {
  const { promise: all, resolve: letAll } = Promise.withResolvers<void>();
  let begun = 0;
  desk.beforeAct(() => {
    begun += 1;
    if (begun === uses.length) letAll();
    return all;
  });
  await Promise.all(uses.map((use) => use()));
}
