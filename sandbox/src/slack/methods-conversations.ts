import { z } from 'zod';
import { channelObject } from './channels.ts';
import type { Channel } from './channels.ts';
import { app } from './identity.ts';
import type { Message } from './messages.ts';
import { count, flag, method, pageOf, timestamp, visibleChannel } from './methods.ts';
import type { Method } from './methods.ts';
import { SlackError } from './slack-error.ts';
import type { Workspace } from './workspace.ts';

const page = { cursor: z.string().optional(), limit: count.optional() };
const span = {
  ...page,
  channel: z.string(),
  oldest: timestamp.optional(),
  latest: timestamp.optional(),
  inclusive: flag.optional(),
  include_all_metadata: flag.optional(),
};

type Span = { oldest?: string | undefined; latest?: string | undefined; inclusive?: boolean | undefined };

const within =
  ({ oldest = '0', latest = '9999999999', inclusive = false }: Span) =>
  ({ ts }: Message): boolean =>
    inclusive
      ? Number(ts) >= Number(oldest) && Number(ts) <= Number(latest)
      : Number(ts) > Number(oldest) && Number(ts) < Number(latest);

const readable = (workspace: Workspace, id: string): Channel => {
  const channel = visibleChannel(workspace, id, app.user);
  if (!channel.members.includes(app.user)) throw new SlackError('not_in_channel');
  return channel;
};

export const conversationMethods: Record<string, Method> = {
  'conversations.history': method('t3', z.strictObject(span), (workspace, args) => {
    const channel = readable(workspace, args.channel);
    const { items, next_cursor } = pageOf(
      workspace.messages
        .list(channel.id)
        .filter((message) => message.ephemeral_for === undefined)
        .filter(({ ts, thread_ts, broadcast }) => !thread_ts || thread_ts === ts || broadcast)
        .filter(within(args))
        .toReversed(),
      { ...args, most: 999 },
    );
    return {
      messages: items.map((message) => workspace.posting.object(message, args.include_all_metadata)),
      has_more: next_cursor !== '',
      pin_count: 0,
      ...(next_cursor ? { response_metadata: { next_cursor } } : {}),
    };
  }),
  'conversations.replies': method('t3', z.strictObject({ ...span, ts: timestamp }), (workspace, args) => {
    const channel = readable(workspace, args.channel);
    const asked = workspace.messages.get(channel.id, args.ts);
    const parent = asked?.thread_ts ? workspace.messages.get(channel.id, asked.thread_ts) : asked;
    if (!parent || parent.ephemeral_for !== undefined) throw new SlackError('thread_not_found');
    const replies = workspace.messages.replies(channel.id, parent.ts).filter(within(args));
    const { items, next_cursor } = pageOf(replies, { ...args, limit: args.limit ?? 1000 });
    return {
      messages: [parent, ...items].map((message) =>
        workspace.posting.object(message, args.include_all_metadata),
      ),
      has_more: next_cursor !== '',
      ...(next_cursor ? { response_metadata: { next_cursor } } : {}),
    };
  }),
  'conversations.info': method(
    't3',
    z.strictObject({
      channel: z.string(),
      include_locale: flag.optional(),
      include_num_members: flag.optional(),
    }),
    (workspace, args) => {
      const channel = visibleChannel(workspace, args.channel, app.user);
      const num_members = channel.members.length;
      return { channel: { ...channelObject(channel), ...(args.include_num_members ? { num_members } : {}) } };
    },
  ),
  'conversations.members': method(
    't4',
    z.strictObject({ ...page, channel: z.string() }),
    (workspace, args) => {
      const { members } = visibleChannel(workspace, args.channel, app.user);
      const { items, next_cursor } = pageOf(members, args);
      return { members: items, response_metadata: { next_cursor } };
    },
  ),
};
