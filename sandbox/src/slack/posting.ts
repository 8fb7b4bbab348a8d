import { randomUUID } from 'node:crypto';
import type { EmulatorDeps } from '../emulator.ts';
import type { Block } from './blocks.ts';
import { withIds } from './blocks.ts';
import { channelType } from './channels.ts';
import type { Channel, Channels } from './channels.ts';
import type { Events } from './events.ts';
import { app, slackbot } from './identity.ts';
import { messageObject } from './messages.ts';
import type { Message, Messages, Metadata } from './messages.ts';
import { richTextOf } from './rich-text-block.ts';
import { SlackError } from './slack-error.ts';

export type NewMessage = {
  channel: Channel;
  user: string;
  text: string;
  blocks?: Block[] | undefined;
  thread_ts?: string | undefined;
  metadata?: Metadata | undefined;
  ephemeral_for?: string;
  broadcast?: boolean | undefined;
};

/** Writing, changing and removing messages; each is one unit with the events that the app hears of it. */
export type Posting = {
  /** Throws thread_not_found, and cannot_reply_to_message when thread_ts is itself a reply. */
  post(message: NewMessage): Message;
  /** Words without blocks take the blocks away, as chat.update does. */
  change(message: Message, change: { text: string; blocks?: Block[]; metadata?: Metadata | null }): Message;
  remove(message: Message): void;
  /** As payloads and the Web API have it, with its thread's figures. */
  object(message: Message, all?: boolean): Record<string, unknown>;
};

export const openPosting = (
  { state }: EmulatorDeps,
  {
    channels,
    messages,
    events,
    newId,
  }: { channels: Channels; messages: Messages; events: Events; newId: () => string },
): Posting => {
  const threadOf = ({ channel, ts, thread_ts }: Message) =>
    thread_ts === undefined || thread_ts === ts
      ? { replies: messages.replies(channel, ts) }
      : { parent: messages.get(channel, thread_ts) };
  const object: Posting['object'] = (message, all) => messageObject(message, threadOf(message), all);

  const tell = (channel: Channel, event: Record<string, unknown> & { type: string }) => {
    if (!channel.members.includes(app.user)) return;
    events.emit({ ...event, channel: channel.id, event_ts: String(event['ts']) });
  };

  const post: Posting['post'] = ({ channel, thread_ts, ...rest }) => {
    const parent = thread_ts === undefined ? undefined : messages.get(channel.id, thread_ts);
    if (thread_ts !== undefined && (!parent || parent.ephemeral_for !== undefined))
      throw new SlackError('thread_not_found');
    if (parent?.thread_ts !== undefined && parent.thread_ts !== parent.ts)
      throw new SlackError('cannot_reply_to_message');
    return state.atomically(() => {
      const { blocks, metadata, ephemeral_for, broadcast } = rest;
      const person = rest.user !== app.user && rest.user !== slackbot;
      const made: Message = {
        ts: messages.nextTs(),
        channel: channel.id,
        user: rest.user,
        text: rest.text,
        ...(blocks ? { blocks: withIds(blocks, newId) } : {}),
        ...(person ? { client_msg_id: randomUUID(), blocks: [richTextOf(rest.text, newId())] } : {}),
        ...(thread_ts === undefined ? {} : { thread_ts }),
        ...(metadata ? { metadata } : {}),
        ...(ephemeral_for === undefined ? {} : { ephemeral_for }),
        ...(broadcast ? { broadcast } : {}),
      };
      messages.put(made);
      if (ephemeral_for !== undefined) return made;
      const event = messageObject(made, parent ? { parent } : {});
      const { user, ts, client_msg_id, text, team, blocks: shown } = event;
      tell(channel, { ...event, type: 'message', channel_type: channelType(channel) });
      if (person && channel.kind !== 'dm' && made.text.includes(`<@${app.user}>`))
        tell(channel, {
          type: 'app_mention',
          user,
          ts,
          client_msg_id,
          text,
          team,
          blocks: shown,
          ...(thread_ts === undefined ? {} : { thread_ts }),
        });
      return made;
    });
  };

  const change: Posting['change'] = (message, { text, blocks, metadata }) => {
    const channel = channels.get(message.channel);
    return state.atomically(() => {
      const { metadata: old, blocks: _, ...rest } = message;
      const kept = metadata === undefined ? old : metadata;
      const next: Message = {
        ...rest,
        text,
        ...(blocks && blocks.length > 0 ? { blocks: withIds(blocks, newId) } : {}),
        ...(kept ? { metadata: kept } : {}),
        // Slack marks a message as edited only when its words took the place of blocks or words.
        ...(blocks && blocks.length > 0 ? {} : { edited: { user: message.user, ts: messages.nextTs() } }),
      };
      messages.put(next);
      if (channel && message.ephemeral_for === undefined)
        tell(channel, {
          type: 'message',
          subtype: 'message_changed',
          hidden: true,
          message: object(next),
          previous_message: object(message),
          ts: messages.nextTs(),
          channel_type: channelType(channel),
        });
      return next;
    });
  };

  const remove: Posting['remove'] = (message) => {
    const channel = channels.get(message.channel);
    state.atomically(() => {
      const before = object(message);
      if (messages.replies(message.channel, message.ts).length > 0)
        messages.put({
          ts: message.ts,
          channel: message.channel,
          user: slackbot,
          text: 'This message was deleted.',
          tombstone: true,
        });
      else messages.delete(message.channel, message.ts);
      if (channel && message.ephemeral_for === undefined)
        tell(channel, {
          type: 'message',
          subtype: 'message_deleted',
          hidden: true,
          deleted_ts: message.ts,
          previous_message: before,
          ts: messages.nextTs(),
          channel_type: channelType(channel),
        });
    });
  };

  return { post, change, remove, object };
};
