import type { EmulatorDeps } from '../emulator.ts';
import { slackTriageChannel } from '../seed.ts';
import { app, team } from './identity.ts';

export type Channel = {
  id: string;
  name: string;
  kind: 'channel' | 'private' | 'dm';
  members: string[];
  archived: boolean;
  /** Unix seconds. */
  created: number;
};

export type Channels = {
  get(id: string): Channel | undefined;
  /** By id, or by name with or without '#'. */
  find(idOrName: string): Channel | undefined;
  /** That person's direct messages with the app; made when it is not there. */
  dmWith(user: string): Channel;
  put(channel: Channel): void;
  list(): Channel[];
};

/** The workspace's conversations. */
export const openChannels = ({ state, now }: EmulatorDeps): Channels => {
  const channels = state.kind<Channel>('slack.channel');
  const seconds = () => Math.floor(now() / 1000);
  const list = () => channels.list().map(({ value }) => value);
  if (list().length === 0)
    channels.put(slackTriageChannel, {
      id: slackTriageChannel,
      name: 'triage',
      kind: 'private',
      members: [app.user, 'UMEERA', 'UARJUN', 'UFATIMA', 'UKAVITA'],
      archived: false,
      created: seconds(),
    });
  return {
    get: (id) => channels.get(id),
    find: (idOrName) =>
      channels.get(idOrName) ??
      list().find((channel) => channel.kind !== 'dm' && channel.name === idOrName.replace(/^#/, '')),
    dmWith(user) {
      const id = `D0${user.slice(1)}`;
      const known = channels.get(id);
      if (known) return known;
      const made: Channel = {
        id,
        name: 'directmessage',
        kind: 'dm',
        members: [user, app.user],
        archived: false,
        created: seconds(),
      };
      channels.put(id, made);
      return made;
    },
    put: (channel) => channels.put(channel.id, channel),
    list,
  };
};

/** The channel object of conversations.info and conversations.list. */
export const channelObject = (channel: Channel): Record<string, unknown> => {
  const common = {
    id: channel.id,
    created: channel.created,
    is_archived: channel.archived,
    is_channel: channel.kind !== 'dm',
    is_group: false,
    is_im: channel.kind === 'dm',
    is_mpim: false,
    is_private: channel.kind !== 'channel',
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    is_pending_ext_shared: false,
    context_team_id: team.id,
    updated: channel.created * 1000,
  };
  if (channel.kind === 'dm')
    return { ...common, user: channel.members.find((member) => member !== app.user) };
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_general: false,
    is_member: channel.members.includes(app.user),
    creator: 'UMEERA',
    shared_team_ids: [team.id],
    pending_shared: [],
    pending_connected_team_ids: [],
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
    unlinked: 0,
  };
};

/** As events name it. */
export const channelType = (channel: Channel): 'channel' | 'group' | 'im' =>
  channel.kind === 'dm' ? 'im' : channel.kind === 'private' ? 'group' : 'channel';
