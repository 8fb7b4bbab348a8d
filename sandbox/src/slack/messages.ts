import type { EmulatorDeps } from '../emulator.ts';
import type { Kind } from '../state.ts';
import type { Block } from './blocks.ts';
import { app, team } from './identity.ts';

export type Metadata = { event_type: string; event_payload: Record<string, unknown> };

export type Message = {
  ts: string;
  channel: string;
  user: string;
  text: string;
  blocks?: Block[];
  thread_ts?: string;
  metadata?: Metadata;
  edited?: { user: string; ts: string };
  /** Only this user sees it; the Web API does not. */
  ephemeral_for?: string;
  client_msg_id?: string;
  /** It was deleted, but has replies: it stands in the thread without its words. */
  tombstone?: boolean;
  broadcast?: boolean;
};

export type Messages = {
  /** A time stamp never given before, later than all others. */
  nextTs(): string;
  /** Ephemeral ones included. */
  get(channel: string, ts: string): Message | undefined;
  put(message: Message): void;
  delete(channel: string, ts: string): void;
  /** Oldest first, ephemeral ones included. */
  list(channel: string): Message[];
  /** Replies to `ts`, oldest first, without ephemeral ones. */
  replies(channel: string, ts: string): Message[];
};

export const openMessages = ({ state, now, changes }: EmulatorDeps): Messages => {
  const clock = state.kind<number>('slack.clock');
  const kinds = new Map<string, Kind<Message>>();
  const inChannel = (channel: string) => {
    const known = kinds.get(channel) ?? state.kind<Message>(`slack.message.${channel}`);
    kinds.set(channel, known);
    return known;
  };
  const list = (channel: string) =>
    inChannel(channel)
      .list()
      .map(({ value }) => value);
  return {
    nextTs() {
      const micros = Math.max(now() * 1000, (clock.get('last') ?? 0) + 1);
      clock.put('last', micros);
      return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
    },
    get: (channel, ts) => inChannel(channel).get(ts),
    put(message) {
      inChannel(message.channel).put(message.ts, message);
      changes.changed({ target: 'slack', channel: message.channel });
    },
    delete(channel, ts) {
      inChannel(channel).delete(ts);
      changes.changed({ target: 'slack', channel });
    },
    list,
    replies: (channel, ts) =>
      list(channel).filter(
        (message) => message.thread_ts === ts && message.ts !== ts && message.ephemeral_for === undefined,
      ),
  };
};

/** The message as the Web API and payloads have it. `all` adds metadata, as include_all_metadata does. */
export const messageObject = (
  message: Message,
  thread: { parent?: Message | undefined; replies?: Message[] } = {},
  all = false,
): Record<string, unknown> => {
  const { parent, replies = [] } = thread;
  const last = replies.at(-1);
  if (message.tombstone)
    return {
      type: 'message',
      subtype: 'tombstone',
      user: 'USLACKBOT',
      text: 'This message was deleted.',
      hidden: true,
      ts: message.ts,
      thread_ts: message.ts,
      reply_count: replies.length,
      ...(last ? { latest_reply: last.ts } : {}),
    };
  return {
    user: message.user,
    type: 'message',
    ts: message.ts,
    ...(message.client_msg_id ? { client_msg_id: message.client_msg_id } : {}),
    ...(message.user === app.user ? { bot_id: app.bot, app_id: app.id, bot_profile: botProfile } : {}),
    text: message.text,
    team: team.id,
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.broadcast ? { subtype: 'thread_broadcast' } : {}),
    ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
    ...(parent ? { parent_user_id: parent.user } : {}),
    ...(last
      ? {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users_count: new Set(replies.map((reply) => reply.user)).size,
          latest_reply: last.ts,
          is_locked: false,
          subscribed: true,
        }
      : {}),
    ...(all && message.metadata ? { metadata: message.metadata } : {}),
  };
};

const botProfile = {
  id: app.bot,
  deleted: false,
  name: app.name,
  updated: 1_700_000_000,
  app_id: app.id,
  icons: {
    image_36: 'https://avatars.invalid/bot_36.png',
    image_48: 'https://avatars.invalid/bot_48.png',
    image_72: 'https://avatars.invalid/bot_72.png',
  },
  team_id: team.id,
};
