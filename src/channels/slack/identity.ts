import type { webApi } from '@slack/bolt';

/** Who we are in Slack. */
export type Identity = { teamId: string; userId: string; botId: string };

/** Asks Slack who the token belongs to. Throws what the client throws. */
export async function whoAmI(client: webApi.WebClient): Promise<Identity> {
  const { team_id, user_id, bot_id } = await client.auth.test();
  if (team_id === undefined || user_id === undefined) throw new Error('auth.test told no team or user');
  return { teamId: team_id, userId: user_id, botId: bot_id ?? '' };
}

/** What is wrong with the triage channel as a place for cases: an error word for `adviceFor`, or null. */
export async function channelFault(client: webApi.WebClient, channel: string): Promise<string | null> {
  const { channel: found } = await client.conversations.info({ channel });
  if (found?.is_archived) return 'is_archived';
  if (found?.is_ext_shared || found?.is_pending_ext_shared) return 'ext_shared';
  if (found?.is_member === false) return 'not_in_channel';
  if (found?.is_private === false) return 'public_channel';
  return null;
}
