import type { webApi } from '@slack/bolt';
import type { Log } from '../../../core/log.ts';
import { toSafeError } from '../../../core/log.ts';
import type { Content, InboundMessage, Source } from '../../../core/words/messages.ts';
import { may } from '../../../core/desk/may.ts';
import type { Staff } from '../../../core/desk/staff.ts';
import type { InboxEntry, Register } from '../../../core/register/register.ts';
import type { Access } from '../access.ts';
import { denialText } from '../access.ts';
import { addressOf } from './answers.ts';
import type { Home } from './home.ts';
import { fromMrkdwn } from '../blocks/mrkdwn.ts';
import type { StoredEvent } from '../wire/stored-event.ts';
import { readStored } from '../wire/stored-event.ts';

/** The core's door, as far as Slack needs it. */
export type HelplineDoor = {
  receive(message: InboundMessage): Promise<void>;
  ignore(source: Source): Promise<void>;
};

type Said = Extract<StoredEvent, { kind: 'message' | 'press' }>;

/** When Slack cannot be asked who somebody is, their message waits: it may be a call for help that they pass on. */
const ASK_AGAIN_MS = 15_000;

const contentOf = (said: Said): Content => {
  if (said.kind === 'press') return { kind: 'press', button: said.button };
  const text = fromMrkdwn(said.text);
  return text === '' && said.files ? { kind: 'unsupported' } : { kind: 'text', text };
};

const inbound = (source: Source, said: Said, { id, name, ...rest }: Staff): InboundMessage => ({
  source,
  channel: 'slack',
  address: addressOf(said),
  ...(said.kind === 'message' && { messageId: said.ts }),
  edited: false,
  at: Math.round(Number(said.ts) * 1000),
  staff: { id, name, mayOpen: may({ id, name, ...rest }, 'openCase', null) === null },
  content: contentOf(said),
});

/**
 * Handles what the inbox kept: staff who write to the bot or mention it, buttons under its answers, opened Home tabs.
 * Each passes the gate at the moment it is handled.
 */
export function staffEvents(deps: {
  access: Access;
  client: webApi.WebClient;
  helpline: HelplineDoor;
  inbox: Pick<Register['inbox'], 'retry'>;
  home: Home;
  now: () => number;
  log: Log;
}): (entry: InboxEntry) => Promise<void> {
  const { access, client, helpline, inbox, home, now, log } = deps;

  /** Tells somebody privately why they are not answered. Best effort. */
  const explain = async (event: StoredEvent, text: string): Promise<void> => {
    try {
      if (event.kind === 'home') await home.close(event.user, text);
      else if (event.channel.startsWith('D')) await client.chat.postMessage({ channel: event.channel, text });
      else
        await client.chat.postEphemeral({
          channel: event.channel,
          user: event.user,
          text,
          ...(event.thread !== null && { thread_ts: event.thread }),
        });
    } catch (error) {
      log('desk-failed', { kind: 'explain', error: toSafeError(error) });
    }
  };

  return async ({ source, body }) => {
    const event = readStored(body);
    if (event.kind === 'message' && event.shared) {
      log('access-denied', { source: 'slack', why: 'shared-channel' });
      return helpline.ignore(source);
    }
    const verdict = await access.check({ user: event.user, team: event.team });
    if (!verdict.allowed) {
      if (verdict.why === 'unchecked') return inbox.retry(source, now() + ASK_AGAIN_MS, 'uncounted');
      // Two bots that explain themselves to each other would never stop.
      if (verdict.why !== 'bot') await explain(event, denialText(verdict.why));
      return helpline.ignore(source);
    }
    if (may(verdict.staff, 'ask', null) !== null) {
      await explain(event, denialText('not-in-channel'));
      return helpline.ignore(source);
    }
    if (event.kind === 'home') {
      await home.refresh(verdict.staff);
      return helpline.ignore(source);
    }
    return helpline.receive(inbound(source, event, verdict.staff));
  };
}
