import { CONTENT } from './send-errors.ts';

const ADVICE: Record<string, string> = {
  channel_not_found:
    'Slack does not know the triage channel, or the app is not in it: check its id (SLACK_TRIAGE_CHANNEL, or the desk file) and invite the app there.',
  not_in_channel: 'The app is not in the triage channel: write "/invite @Helpline" there.',
  is_archived:
    'The triage channel is archived: bring it back, or move the desk to another one (docs/operations.md, "Whose the data is").',
  restricted_action:
    'A workspace rule keeps the app from posting in the triage channel: an admin must allow it.',
  invalid_auth: 'Slack refuses the token: check SLACK_BOT_TOKEN and SLACK_APP_TOKEN.',
  not_authed: 'Slack got no token: set SLACK_BOT_TOKEN.',
  account_inactive:
    'The app has been removed from the workspace or its token belongs to a deleted person: install it again.',
  token_revoked: 'The token has been revoked: install the app again and set the new one.',
  token_expired: 'The token has expired: install the app again without token rotation.',
  missing_scope: 'The app lacks a permission: install it again with slack-manifest.json.',
  not_allowed_token_type:
    'This is the wrong kind of token: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-.',
  accesslimited:
    'Slack lets nobody in from this address: an admin of the workspace must allow it. Cards wait until then.',
  ext_shared:
    'The triage channel is shared with another organisation: move the desk to a private channel of its own.',
  public_channel:
    'The triage channel is public, so that anybody of the workspace can join it: make it private.',
};

/** Words of the network and of servers, not of Slack: `ECONNREFUSED`, `http_502` … */
const UNREACHABLE = /^([A-Z][A-Z_]+|network|unexpected|http_\d+|ratelimited)$/;

/** What the people who run the helpline can do about Slack's error word. Holds nothing of any case. */
export function adviceFor(code: string): string {
  if (CONTENT.has(code))
    return `Slack refuses the form of a card (${code}): this is a fault of the helpline. It is not tried again.`;
  if (UNREACHABLE.test(code))
    return `Slack cannot be reached (${code}). Families are served meanwhile; nothing is lost.`;
  return (
    ADVICE[code] ??
    `Slack answers "${code}", which is not known here. What met it waits and is tried again every five minutes.`
  );
}
