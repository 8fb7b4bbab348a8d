import { z } from 'zod';
import { messageBlocks } from './blocks.ts';
import type { Block } from './blocks.ts';
import { app } from './identity.ts';
import { flag, json, method, timestamp, visibleChannel } from './methods.ts';
import type { Method } from './methods.ts';
import type { Message, Metadata } from './messages.ts';
import { SlackError, complaints } from './slack-error.ts';
import type { Workspace } from './workspace.ts';

const maxText = 40_000;
const maxMetadataBytes = 8000;

const words = {
  text: z.string().nullish(),
  blocks: json.optional(),
  link_names: flag.optional(),
  parse: z.string().optional(),
};

const blocksOf = (given: unknown): Block[] | undefined => {
  if (given === undefined || given === null) return undefined;
  if (!Array.isArray(given)) throw new SlackError('invalid_blocks_format');
  const read = messageBlocks.safeParse(given, { reportInput: true });
  if (!read.success) throw new SlackError('invalid_blocks', complaints(read.error, '/blocks'));
  return read.data;
};

const metadataSchema = z.strictObject({
  event_type: z.string().min(1).max(255),
  event_payload: z.record(z.string(), z.unknown()),
});

/** `{}` takes the metadata away (null); absent leaves it. */
const metadataOf = (given: unknown): Metadata | null | undefined => {
  if (given === undefined || given === null) return undefined;
  if (typeof given !== 'object' || Array.isArray(given)) throw new SlackError('invalid_metadata_format');
  if (Object.keys(given).length === 0) return null;
  const read = metadataSchema.safeParse(given, { reportInput: true });
  if (!read.success) throw new SlackError('invalid_metadata_schema', complaints(read.error, '/metadata'));
  if (Buffer.byteLength(JSON.stringify(given)) > maxMetadataBytes) throw new SlackError('metadata_too_large');
  return read.data;
};

const contentOf = (args: { text?: string | null | undefined; blocks?: unknown }) => {
  const text = args.text ?? '';
  if (text.length > maxText) throw new SlackError('msg_too_long');
  const blocks = blocksOf(args.blocks);
  if (text === '' && !blocks?.length) throw new SlackError('no_text');
  return { text, blocks };
};

const writable = (workspace: Workspace, id: string, byName: boolean) => {
  const channel = visibleChannel(workspace, id, app.user, byName);
  if (channel.archived) throw new SlackError('is_archived');
  if (!channel.members.includes(app.user)) throw new SlackError('not_in_channel');
  return channel;
};

const stored = (workspace: Workspace, channel: string, ts: string): Message => {
  const message = workspace.messages.get(channel, ts);
  if (!message || message.ephemeral_for !== undefined || message.tombstone)
    throw new SlackError('message_not_found');
  return message;
};

export const chatMethods = (baseUrl: () => string): Record<string, Method> => ({
  'chat.postMessage': method(
    'post',
    z.strictObject({
      ...words,
      channel: z.string(),
      thread_ts: timestamp.optional(),
      reply_broadcast: flag.optional(),
      metadata: json.optional(),
      mrkdwn: flag.optional(),
      unfurl_links: flag.optional(),
      unfurl_media: flag.optional(),
    }),
    (workspace, args) => {
      const channel = writable(workspace, args.channel, true);
      const message = workspace.posting.post({
        channel,
        user: app.user,
        ...contentOf(args),
        metadata: metadataOf(args.metadata) ?? undefined,
        thread_ts: args.thread_ts,
        broadcast: args.reply_broadcast,
      });
      return { channel: channel.id, ts: message.ts, message: workspace.posting.object(message, true) };
    },
  ),
  'chat.update': method(
    't3',
    z.strictObject({
      ...words,
      channel: z.string(),
      ts: timestamp,
      metadata: json.optional(),
      reply_broadcast: flag.optional(),
    }),
    (workspace, args) => {
      const channel = writable(workspace, args.channel, false);
      const message = stored(workspace, channel.id, args.ts);
      if (message.user !== app.user) throw new SlackError('cant_update_message');
      const { text, blocks } = contentOf(args);
      const metadata = metadataOf(args.metadata);
      const changed = workspace.posting.change(message, {
        text,
        ...(blocks ? { blocks } : {}),
        ...(metadata === undefined ? {} : { metadata }),
      });
      return {
        channel: channel.id,
        ts: changed.ts,
        text: changed.text,
        message: workspace.posting.object(changed, true),
      };
    },
  ),
  'chat.postEphemeral': method(
    't4',
    z.strictObject({ ...words, channel: z.string(), user: z.string(), thread_ts: timestamp.optional() }),
    (workspace, args) => {
      const channel = writable(workspace, args.channel, true);
      if (!channel.members.includes(args.user)) throw new SlackError('user_not_in_channel');
      const message = workspace.posting.post({
        channel,
        user: app.user,
        ...contentOf(args),
        thread_ts: args.thread_ts,
        ephemeral_for: args.user,
      });
      return { message_ts: message.ts };
    },
  ),
  'chat.getPermalink': method(
    'special',
    z.strictObject({ channel: z.string(), message_ts: timestamp }),
    (workspace, args) => {
      const channel = visibleChannel(workspace, args.channel, app.user);
      const { ts, thread_ts } = stored(workspace, channel.id, args.message_ts);
      const thread = thread_ts && thread_ts !== ts ? `?thread_ts=${thread_ts}&cid=${channel.id}` : '';
      return {
        channel: channel.id,
        permalink: `${baseUrl()}/archives/${channel.id}/p${ts.replace('.', '')}${thread}`,
      };
    },
  ),
});
