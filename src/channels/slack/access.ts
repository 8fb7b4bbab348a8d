import type { webApi } from '@slack/bolt';
import type { Log } from '../../core/log.ts';
import type { Officer } from '../../core/case/case-record.ts';
import { deskOf, type Desks } from '../../core/case/desks.ts';
import { staffOf, type Staff } from '../../core/desk/staff.ts';
import { isChannelFailure, sortFailure } from './wire/send-errors.ts';

/** Why somebody is not let in. `unchecked`: Slack could not be asked, so nobody is. */
export type Denial = 'other-team' | 'guest' | 'stranger' | 'deleted' | 'bot' | 'not-in-channel' | 'unchecked';

/** Somebody who did something, as the payload names them. */
export type Actor = { user: string; team: string | undefined };

export type Verdict = { allowed: true; staff: Staff } | { allowed: false; why: Denial };

/**
 * The one gate: staff are full members of our own workspace who are in the channel of a desk now. Every press, form,
 * command and message passes it each time; what is known of a person or of a channel is at most a minute old.
 */
export type Access = {
  check(actor: Actor): Promise<Verdict>;
  /** Whether somebody is of the desk of these cases no more. False when Slack can't be asked. */
  hasLeft(user: string, desk: string): Promise<boolean>;
  /** Told of every event before anything else: a person who left or changed is looked up anew. */
  notice(event: { type?: unknown; user?: unknown; channel?: unknown }): void;
};

const FRESH_MS = 60_000;

type Member = { officer: Officer; denial: Denial | null };

/** Asks once a minute for each id, and anew when told to forget. What could not be answered is forgotten at once. */
function remembered<T>(ask: (id: string) => Promise<T>, now: () => number) {
  const known = new Map<string, { value: Promise<T>; until: number }>();
  return {
    of(id: string): Promise<T> {
      const last = known.get(id);
      if (last && last.until > now()) return last.value;
      const asked = { value: ask(id), until: now() + FRESH_MS };
      known.set(id, asked);
      asked.value.catch(() => {
        if (known.get(id) === asked) known.delete(id);
      });
      return asked.value;
    },
    forget: (id: string): void => void known.delete(id),
  };
}

export function slackAccess(deps: {
  client: webApi.WebClient;
  ownTeam: () => string | null;
  desks: () => Desks;
  now: () => number;
  log: Log;
}): Access {
  const { client, ownTeam, desks, now, log } = deps;
  const askMembers = async (channel: string): Promise<Set<string>> => {
    const found = new Set<string>();
    let cursor = '';
    do {
      const page = await client.conversations.members({
        channel,
        limit: 1000,
        ...(cursor && { cursor }),
      });
      for (const user of page.members ?? []) found.add(user);
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor !== '');
    return found;
  };

  const askPerson = async (id: string): Promise<Member> => {
    const { user } = await client.users.info({ user: id });
    const name =
      user?.profile?.display_name || user?.real_name || user?.profile?.real_name || user?.name || id;
    const denial: Denial | null =
      user === undefined || user.deleted
        ? 'deleted'
        : user.team_id !== undefined && user.team_id !== ownTeam()
          ? 'other-team'
          : user.is_stranger
            ? 'stranger'
            : user.is_restricted || user.is_ultra_restricted
              ? 'guest'
              : user.is_bot || user.is_app_user
                ? 'bot'
                : null;
    return { officer: { id, name }, denial };
  };

  const people = remembered(askPerson, now);
  const members = remembered(askMembers, now);

  /** Null when the app is not in the channel: its desk can't work then, but the others still can. */
  const membersIfIn = async (channel: string): Promise<Set<string> | null> => {
    try {
      return await members.of(channel);
    } catch (error) {
      if (!isChannelFailure(sortFailure(error))) throw error;
      return null;
    }
  };

  /** The channels of our desks that somebody is in. Throws when it can't be told whether they are in any. */
  const channelsOf = async (user: string): Promise<Set<string>> => {
    const all = desks().map(({ channel }) => channel);
    const found = await Promise.all(all.map((channel) => membersIfIn(channel)));
    const present = new Set(all.filter((_, at) => found[at]?.has(user)));
    if (present.size === 0 && found.includes(null)) throw new Error('a channel cannot be looked into');
    return present;
  };

  const judge = async ({ user, team }: Actor): Promise<Verdict> => {
    const own = ownTeam();
    if (own === null) return { allowed: false, why: 'unchecked' };
    if (team !== undefined && team !== own) return { allowed: false, why: 'other-team' };
    try {
      const [{ officer, denial }, channels] = await Promise.all([people.of(user), channelsOf(user)]);
      if (denial) return { allowed: false, why: denial };
      if (channels.size === 0) return { allowed: false, why: 'not-in-channel' };
      return { allowed: true, staff: staffOf(desks(), officer, channels) };
    } catch {
      return { allowed: false, why: 'unchecked' };
    }
  };

  return {
    async hasLeft(user, desk) {
      try {
        const present = await members.of(deskOf(desks(), desk).channel);
        return !present.has(user) || (await people.of(user)).denial !== null;
      } catch {
        return false;
      }
    },
    async check(actor) {
      const verdict = await judge(actor);
      if (!verdict.allowed) log('access-denied', { source: 'slack', why: verdict.why });
      return verdict;
    },
    notice({ type, user, channel }) {
      if (type === 'user_change') {
        const id = typeof user === 'object' && user !== null && 'id' in user ? user.id : undefined;
        if (typeof id === 'string') people.forget(id);
      } else if (type === 'member_joined_channel' || type === 'member_left_channel') {
        if (typeof channel === 'string') members.forget(channel);
      }
    },
  };
}

/** What a person who is not let in is told, privately. */
export const denialText = (why: Denial): string =>
  why === 'unchecked'
    ? 'Slack could not be asked whether you belong to the desk, so nothing was done. Please try again in a minute.'
    : 'This helpline is for the members of its desks’ channels. Nothing was done and nothing was shown. ' +
      'If you work at the desk, please ask a colleague there to invite you to the channel.';
