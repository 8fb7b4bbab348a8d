import type { EmulatorDeps } from '../emulator.ts';
import type { Channel } from './channels.ts';
import { app, team } from './identity.ts';
import { userObject } from './people.ts';
import type { Person } from './people.ts';
import type { Workspace } from './workspace.ts';

type PersonChange = { id: string; name: string } & {
  [flag in 'restricted' | 'ultra_restricted' | 'stranger' | 'deleted']?: boolean | undefined;
} & { team?: string | undefined };

/** Who belongs to the workspace and its channels; the app hears of each change. */
export type Membership = {
  /** Adds or changes a person; a deactivated one leaves all channels, as at Slack. */
  putPerson(person: PersonChange): void;
  setMember(channel: Channel, person: Person, member: boolean): void;
  addChannel(channel: { name: string; private: boolean; archived: boolean; members: string[] }): Channel;
};

export const openMembership = (
  { state, now, changes }: EmulatorDeps,
  { people, channels, events, messages }: Workspace,
): Membership => ({
  putPerson({ id, name, team: of, stranger, ...flags }) {
    const home = of ?? people.get(id)?.team ?? team.id;
    state.atomically(() => {
      const isNew = people.get(id) === undefined;
      const person = people.put({
        id,
        name,
        team: home,
        bot: false,
        restricted: flags.restricted ?? false,
        ultra_restricted: flags.ultra_restricted ?? false,
        stranger: stranger ?? home !== team.id,
        deleted: flags.deleted ?? false,
      });
      if (person.deleted)
        for (const channel of channels.list())
          if (channel.kind !== 'dm' && channel.members.includes(id))
            channels.put({ ...channel, members: channel.members.filter((member) => member !== id) });
      const joins = isNew && !person.stranger;
      events.emit({
        type: joins ? 'team_join' : 'user_change',
        user: userObject(person),
        ...(joins ? {} : { cache_ts: person.updated }),
        event_ts: messages.nextTs(),
      });
    });
    changes.changed({ target: 'slack', user: id });
  },
  setMember(channel, person, member) {
    if (channel.members.includes(person.id) === member) return;
    const others = channel.members.filter((id) => id !== person.id);
    state.atomically(() => {
      channels.put({ ...channel, members: member ? [...others, person.id] : others });
      if (!others.includes(app.user) && !(member && person.id === app.user)) return;
      events.emit({
        type: member ? 'member_joined_channel' : 'member_left_channel',
        user: person.id,
        channel: channel.id,
        channel_type: channel.kind === 'private' ? 'G' : 'C',
        team: person.team,
        event_ts: messages.nextTs(),
      });
    });
    changes.changed({ target: 'slack', channel: channel.id });
  },
  addChannel({ name, private: hidden, archived, members }) {
    const channel: Channel = {
      id: `C0${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`,
      name,
      kind: hidden ? 'private' : 'channel',
      members,
      archived,
      created: Math.floor(now() / 1000),
    };
    channels.put(channel);
    changes.changed({ target: 'slack', channel: channel.id });
    return channel;
  },
});
