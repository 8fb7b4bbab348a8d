import type { SlackChannelEntry, SlackChannelView, SlackMessageView, SlackUserEntry } from '../views.ts';
import type { Channel } from './channels.ts';
import { app, team } from './identity.ts';
import type { Message } from './messages.ts';
import type { Person } from './people.ts';
import type { Workspace } from './workspace.ts';

const nameOf = ({ people }: Workspace, id: string) => people.get(id)?.name ?? id;

export const channelEntry = (workspace: Workspace, channel: Channel): SlackChannelEntry => ({
  id: channel.id,
  name:
    channel.kind === 'dm'
      ? nameOf(workspace, channel.members.find((member) => member !== app.user) ?? '')
      : channel.name,
  kind: channel.kind,
  members: channel.members.map((id) => ({ id, name: nameOf(workspace, id) })),
});

/** Everything in it, replies under their parents; ephemeral lines say whose they are. */
export const channelView = (workspace: Workspace, channel: Channel): SlackChannelView => {
  const all = workspace.messages.list(channel.id);
  const replies = Map.groupBy(all.filter(isReply), ({ thread_ts = '' }) => thread_ts);
  const shown = (message: Message): SlackMessageView => {
    const { ts, user, text, blocks, edited, thread_ts, ephemeral_for, metadata } = message;
    const under = isReply(message) ? undefined : replies.get(ts);
    return {
      ts,
      user: { id: user, name: nameOf(workspace, user), bot: workspace.people.get(user)?.bot ?? false },
      text,
      ...(blocks ? { blocks } : {}),
      ...(edited ? { edited: true } : {}),
      ...(thread_ts === undefined ? {} : { thread_ts }),
      ...(under ? { replies: under.map(shown) } : {}),
      ...(ephemeral_for === undefined ? {} : { ephemeral_for }),
      ...(metadata ? { metadata } : {}),
    };
  };
  return {
    ...channelEntry(workspace, channel),
    messages: all.filter((message) => !isReply(message) || message.broadcast).map(shown),
  };
};

export const userEntry = (person: Person): SlackUserEntry => ({
  id: person.id,
  name: person.name,
  bot: person.bot,
  ...(person.restricted || person.ultra_restricted ? { restricted: true } : {}),
  ...(person.deleted ? { deleted: true } : {}),
  ...(person.team === team.id ? {} : { team: person.team }),
});

const isReply = ({ ts, thread_ts }: Message): boolean => thread_ts !== undefined && thread_ts !== ts;
