import { App } from '@slack/bolt';
import { dayIn } from '../../core/case/desk-hours.ts';
import { deskOf, type Desks } from '../../core/case/desks.ts';
import type { DeskChannel } from '../../core/desk/case-card.ts';
import type { DeskActions } from '../../core/desk/desk.ts';
import type { Log } from '../../core/log.ts';
import { toSafeError } from '../../core/log.ts';
import type { Channel } from '../../core/register/outbox.ts';
import type { InboxEntry, Register } from '../../core/register/register.ts';
import { slackAccess } from './access.ts';
import { channelHealth } from './channel-health.ts';
import { adviceFor } from './wire/advice.ts';
import { slackAnswers } from './desk/answers.ts';
import { caseChannel } from './desk/case-channel.ts';
import { deskHandlers } from './desk/desk.ts';
import { registerHandlers } from './gate.ts';
import { slackHome } from './desk/home.ts';
import { httpRequests } from './wire/http-requests.ts';
import type { Identity } from './identity.ts';
import { channelFault, whoAmI } from './identity.ts';
import type { DeskLabels } from './blocks/labels.ts';
import { persistFirst } from './wire/persist-first.ts';
import { slackReceiver } from './wire/receiver.ts';
import { sortFailure } from './wire/send-errors.ts';
import type { HelplineDoor } from './desk/staff-events.ts';
import { staffEvents } from './desk/staff-events.ts';
import { clientOptions, silence, webClients } from './wire/web-clients.ts';

export type SlackHealth = {
  /** Slack can reach us: a socket is open, or (over HTTP) it has told us who we are. */
  connected: boolean;
  /** What a person of the operation should know or do, in a sentence. Nothing of any case. */
  problem: string | null;
};

export type SlackChannel = Channel &
  DeskChannel & {
    /** Begins and returns at once; it connects by itself when Slack can be reached. */
    start(): Promise<void>;
    /** Lets running presses and forms finish (five seconds at most), then disconnects. */
    stop(): Promise<void>;
    /** Handles one entry that came from Slack and was kept in the inbox. */
    handle(entry: InboxEntry): Promise<void>;
    /** Slack's requests, when it reaches us over HTTP; null in Socket Mode. */
    http: ((request: Request) => Promise<Response>) | null;
    /** Looks anew at the channels of all desks as places for cases: to be called when the desks have changed. */
    examine(): Promise<void>;
    /** Whether a line would get into this channel now, as far as is known. */
    reaches(channel: string): boolean;
    health(): SlackHealth;
  };

export type SlackOptions = {
  /** `xoxb-…` */
  botToken: string;
  /** `xapp-…`: Socket Mode. Without it Slack must be able to reach us over HTTP. */
  appToken?: string | undefined;
  /** Needed for HTTP. */
  signingSecret?: string | undefined;
  /** Another Web API than Slack's own, ending in a slash. */
  apiUrl?: string | undefined;
  /** The desks of this register. Who is in the channel of one is its staff. */
  desks: () => Desks;
  register: { inbox: Pick<Register['inbox'], 'put' | 'retry'> };
  helpline: HelplineDoor;
  desk: DeskActions;
  labels: DeskLabels;
  now: () => number;
  log: Log;
  random?: () => number;
};

const DRAIN_MS = 5_000;

/** The desk's side of the helpline in Slack. Throws when there is neither an app token nor a signing secret. */
export function slackChannel(options: SlackOptions): SlackChannel {
  const { botToken, appToken, signingSecret, apiUrl, desks, register, helpline, desk } = options;
  const { labels, now, log, random = Math.random } = options;
  if (appToken === undefined && signingSecret === undefined)
    throw new Error('Slack needs an app token (Socket Mode) or a signing secret (HTTP)');

  let identity: Identity | null = null;
  /** Error words: why we are not let in; what is wrong with the channel; why the last post failed. */
  let entry: string | null = null;
  const health = channelHealth(desks);

  const { interactive, background } = webClients(botToken, apiUrl);
  const access = slackAccess({
    client: interactive,
    ownTeam: () => identity?.teamId ?? null,
    desks,
    now,
    log,
  });
  const home = slackHome({ client: background, desk, labels, now, log });

  const app = new App({
    // Bolt's own start-up call would end the process when Slack is down; we ask who we are ourselves.
    authorize: () =>
      identity
        ? Promise.resolve({
            botToken,
            teamId: identity.teamId,
            botId: identity.botId,
            botUserId: identity.userId,
          })
        : Promise.reject(new Error('Slack has not told yet who we are')),
    receiver: { init() {}, start: () => Promise.resolve(), stop: () => Promise.resolve() },
    clientOptions: clientOptions(apiUrl, 0),
    logger: silence,
    convoStore: false,
  });
  // Failures reach the receiver, which then does not acknowledge.
  app.error(async (error) => {
    throw error;
  });
  registerHandlers(
    deskHandlers({
      desk,
      client: interactive,
      home,
      hasLeft: (user, id) => access.hasLeft(user, id),
      labels,
      now,
      today: (id) => dayIn(deskOf(desks(), id).hours.timeZone, now()),
    }),
    {
      app,
      access,
      client: interactive,
      log,
    },
  );

  const bolt = app.processEvent.bind(app);
  const keep = persistFirst({
    register,
    notice: (event) => access.notice(event),
    log,
    next: (event) => {
      // Bolt would acknowledge, and so lose, what it cannot authorise.
      if (!identity) throw new Error('Slack has not told yet who we are');
      return bolt(event);
    },
  });
  const running = new Set<Promise<void>>();
  app.processEvent = async (event) => {
    const job = keep(event);
    running.add(job);
    try {
      await job;
    } finally {
      running.delete(job);
    }
  };

  const examine = async (): Promise<void> => {
    for (const { channel } of desks())
      try {
        health.looked(channel, await channelFault(background, channel));
      } catch (error) {
        health.failed(sortFailure(error), channel);
        log('desk-failed', { kind: 'triage-channel', error: toSafeError(error) });
      }
  };

  const receiver = slackReceiver({
    app,
    appToken,
    apiUrl,
    identify: async () => {
      identity = await whoAmI(background);
      await examine();
    },
    trouble: (code) => {
      entry = code;
    },
    log,
    now,
    random,
  });

  return {
    ...slackAnswers({ client: background, failed: (failure) => health.failed(failure, null) }),
    ...caseChannel({ client: background, desks, labels, now, ...health }),
    handle: staffEvents({
      access,
      client: background,
      helpline,
      inbox: register.inbox,
      home,
      now,
      log,
    }),
    http:
      appToken === undefined && signingSecret !== undefined
        ? httpRequests({ signingSecret, process: (event) => app.processEvent(event), now })
        : null,
    start() {
      receiver.start();
      return Promise.resolve();
    },
    async stop() {
      await Promise.race([
        Promise.allSettled(running),
        new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref()),
      ]);
      await receiver.stop();
    },
    examine,
    reaches: (channel) => entry === null && receiver.connected() && health.reaches(channel),
    health() {
      const problem = entry === null ? health.problem() : adviceFor(entry);
      return { connected: receiver.connected(), problem };
    },
  };
}
