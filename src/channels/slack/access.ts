import type { webApi } from '@slack/bolt';
import type { Log } from '../../core/log.ts';
import type { Officer } from '../../core/case/case-record.ts';

/** Why somebody is not let in. `unchecked`: Slack could not be asked, so nobody is. */
export type Denial = 'other-team' | 'guest' | 'stranger' | 'deleted' | 'bot' | 'not-in-channel' | 'unchecked';

/** Somebody who did something, as the payload names them. */
export type Actor = { user: string; team: string | undefined };

export type Verdict = { allowed: true; officer: Officer } | { allowed: false; why: Denial };

/**
 * The one gate: staff are full members of our own workspace who are in the triage channel now. Every press, form,
 * command and message passes it each time; what is known of a person or of the channel is at most a minute old.
 */
export type Access = {
  check(actor: Actor): Promise<Verdict>;
  /** Told of every event before anything else: a person who left or changed is looked up anew. */
  notice(event: { type?: unknown; user?: unknown; channel?: unknown }): void;
};

const FRESH_MS = 60_000;

type Known<T> = { value: Promise<T>; until: number };
type Member = { officer: Officer; denial: Denial | null };

export function slackAccess(deps: {
  client: webApi.WebClient;
  ownTeam: () => string | null;
  triageChannel: string;
  now: () => number;
  log: Log;
}): Access {
  const { client, ownTeam, triageChannel, now, log } = deps;
  const people = new Map<string, Known<Member>>();
  let members: Known<Set<string>> | null = null;

  const askMembers = async (): Promise<Set<string>> => {
    const found = new Set<string>();
    let cursor = '';
    do {
      const page = await client.conversations.members({
        channel: triageChannel,
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

  const person = (id: string): Promise<Member> => {
    const known = people.get(id);
    if (known && known.until > now()) return known.value;
    // A failed look-up is forgotten at once, so that the next try asks again.
    const value = askPerson(id);
    people.set(id, { value, until: now() + FRESH_MS });
    value.catch(() => people.delete(id));
    return value;
  };

  const channelMembers = (): Promise<Set<string>> => {
    if (members && members.until > now()) return members.value;
    const value = askMembers();
    const asked = { value, until: now() + FRESH_MS };
    members = asked;
    value.catch(() => {
      if (members === asked) members = null;
    });
    return value;
  };

  const judge = async ({ user, team }: Actor): Promise<Verdict> => {
    const own = ownTeam();
    if (own === null) return { allowed: false, why: 'unchecked' };
    if (team !== undefined && team !== own) return { allowed: false, why: 'other-team' };
    try {
      const [{ officer, denial }, present] = await Promise.all([person(user), channelMembers()]);
      if (denial) return { allowed: false, why: denial };
      return present.has(user) ? { allowed: true, officer } : { allowed: false, why: 'not-in-channel' };
    } catch {
      return { allowed: false, why: 'unchecked' };
    }
  };

  return {
    async check(actor) {
      const verdict = await judge(actor);
      if (!verdict.allowed) log('access-denied', { source: 'slack', why: verdict.why });
      return verdict;
    },
    notice({ type, user, channel }) {
      if (type === 'user_change') {
        const id = typeof user === 'object' && user !== null && 'id' in user ? user.id : undefined;
        if (typeof id === 'string') people.delete(id);
      } else if (type === 'member_joined_channel' || type === 'member_left_channel') {
        if (channel === triageChannel) members = null;
      }
    },
  };
}

/** What a person who is not let in is told, privately. */
export const denialText = (why: Denial): string =>
  why === 'unchecked'
    ? 'Slack could not be asked whether you belong to the desk, so nothing was done. Please try again in a minute.'
    : 'This helpline is for the members of its triage channel. Nothing was done and nothing was shown. ' +
      'If you work at the desk, please ask a colleague there to invite you to the channel.';
