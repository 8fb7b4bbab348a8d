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

const kinds: Record<string, Channel['kind'] | 'none'> = {
  public_channel: 'channel',
  private_channel: 'private',
  im: 'dm',
  mpim: 'none',
};

const ofTypes = (types = 'public_channel') => {
  const wanted = types.split(',').map((type) => kinds[type.trim()]);
  if (wanted.includes(undefined)) throw new SlackError('invalid_types');
  return (channel: Channel) => wanted.includes(channel.kind);
};

const seen = (channel: Channel) => channel.kind === 'channel' || channel.members.includes(app.user);

const paged = (name: string, { items, next_cursor }: { items: unknown[]; next_cursor: string }) => ({
  [name]: items,
  response_metadata: { next_cursor },
});

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
  'conversations.list': method(
    't2',
    z.strictObject({ ...page, types: z.string().optional(), exclude_archived: flag.optional() }),
    ({ channels }, args) => {
      const found = channels
        .list()
        .filter(seen)
        .filter(ofTypes(args.types))
        .filter((channel) => !args.exclude_archived || !channel.archived);
      return paged('channels', pageOf(found.map(channelObject), args));
    },
  ),
  'conversations.members': method('t4', z.strictObject({ ...page, channel: z.string() }), (workspace, args) =>
    paged('members', pageOf(visibleChannel(workspace, args.channel, app.user).members, args)),
  ),
  'conversations.open': method(
    't3',
    z.strictObject({
      channel: z.string().optional(),
      users: z.string().optional(),
      return_im: flag.optional(),
      prevent_creation: flag.optional(),
    }),
    (workspace, { channel, users, return_im }) => {
      const id = channel ?? users;
      if (!id) throw new SlackError('users_list_not_supplied');
      if (id.includes(',')) throw new SlackError('invalid_user_combination');
      const dm = channel === undefined ? dmWith(workspace, id) : visibleChannel(workspace, id, app.user);
      if (dm.kind !== 'dm') throw new SlackError('method_not_supported_for_channel_type');
      return { channel: return_im ? channelObject(dm) : { id: dm.id } };
    },
  ),
  'conversations.join': method('t3', z.strictObject({ channel: z.string() }), (workspace, args) => {
    const channel = visibleChannel(workspace, args.channel, app.user);
    if (channel.kind !== 'channel') throw new SlackError('method_not_supported_for_channel_type');
    if (channel.archived) throw new SlackError('is_archived');
    const joined = { ...channel, members: [...new Set([...channel.members, app.user])] };
    workspace.channels.put(joined);
    return { channel: channelObject(joined) };
  }),
  'users.conversations': method(
    't3',
    z.strictObject({
      ...page,
      user: z.string().optional(),
      types: z.string().optional(),
      exclude_archived: flag.optional(),
    }),
    ({ channels }, args) => {
      const found = channels
        .list()
        .filter(seen)
        .filter((channel) => channel.members.includes(args.user ?? app.user))
        .filter(ofTypes(args.types))
        .filter((channel) => !args.exclude_archived || !channel.archived);
      return paged('channels', pageOf(found.map(channelObject), args));
    },
  ),
};

const dmWith = ({ people, channels }: Workspace, user: string): Channel => {
  const person = people.get(user);
  if (!person) throw new SlackError('user_not_found');
  if (person.deleted) throw new SlackError('user_disabled');
  if (person.bot) throw new SlackError('invalid_user_combination');
  return channels.dmWith(user);
};
