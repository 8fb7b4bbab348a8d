import type { webApi } from '@slack/bolt';
import type { FactsOf, Shape } from './fact.ts';
import { may, must } from './fact.ts';

type Client = webApi.WebClient;
/** What the client's method takes. */
type Arguments<Call extends (...given: never[]) => unknown> = NonNullable<Parameters<Call>[0]>;

/** One method of Slack's Web API: its arguments, the scopes of which a bot needs one, and errors of its own. */
export type SlackMethod = { args: Shape; scopes: readonly string[]; errors: readonly string[] };

const text = may('String', { most: 40_000 });
const message = {
  text,
  blocks: may('Any'),
  metadata: may('Any'),
  thread_ts: may('String'),
};
const page = { cursor: may('String'), limit: may('Any') };
const span = { oldest: may('String'), latest: may('String'), inclusive: may('Any') };
const hash = may('String');
const READ = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const SEE = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];

/**
 * The methods that the desk's channel and Bolt call for it (docs.slack.dev/reference/methods). An argument that is not
 * here is one that nobody has looked up; a value that is JSON inside the form (blocks, views) is checked by Block Kit's facts.
 */
export const SLACK_METHODS: Readonly<Record<string, SlackMethod>> = {
  'apps.connections.open': { args: {}, scopes: [], errors: [] },
  'auth.test': { args: {}, scopes: [], errors: ['invalid_auth'] },
  'chat.getPermalink': {
    args: { channel: must('String'), message_ts: must('String') } satisfies FactsOf<
      Omit<Arguments<Client['chat']['getPermalink']>, 'token'>
    >,
    scopes: [],
    errors: ['channel_not_found', 'message_not_found'],
  },
  'chat.postEphemeral': {
    args: { channel: must('String'), user: must('String'), ...message } satisfies FactsOf<
      Arguments<Client['chat']['postEphemeral']>
    >,
    scopes: ['chat:write'],
    errors: ['channel_not_found', 'user_not_in_channel', 'no_text'],
  },
  'chat.postMessage': {
    args: {
      channel: must('String'),
      ...message,
      reply_broadcast: may('Any'),
      unfurl_links: may('Any'),
      unfurl_media: may('Any'),
      mrkdwn: may('Any'),
    } satisfies FactsOf<Arguments<Client['chat']['postMessage']>>,
    scopes: ['chat:write'],
    errors: [
      'channel_not_found',
      'is_archived',
      'not_in_channel',
      'no_text',
      'invalid_blocks',
      'invalid_metadata_schema',
      'msg_too_long',
      'thread_not_found',
    ],
  },
  'chat.update': {
    args: {
      channel: must('String'),
      ts: must('String'),
      text,
      blocks: may('Any'),
      metadata: may('Any'),
    } satisfies FactsOf<Arguments<Client['chat']['update']>>,
    scopes: ['chat:write'],
    errors: ['channel_not_found', 'message_not_found', 'cant_update_message'],
  },
  'conversations.history': {
    args: { channel: must('String'), ...page, ...span, include_all_metadata: may('Any') } satisfies FactsOf<
      Arguments<Client['conversations']['history']>
    >,
    scopes: READ,
    errors: ['channel_not_found', 'not_in_channel', 'invalid_cursor'],
  },
  'conversations.info': {
    args: {
      channel: must('String'),
      include_num_members: may('Any'),
      include_locale: may('Any'),
    } satisfies FactsOf<Arguments<Client['conversations']['info']>>,
    scopes: SEE,
    errors: ['channel_not_found'],
  },
  'conversations.members': {
    args: { channel: must('String'), ...page } satisfies FactsOf<
      Arguments<Client['conversations']['members']>
    >,
    scopes: SEE,
    errors: ['channel_not_found', 'invalid_cursor'],
  },
  'conversations.replies': {
    args: {
      channel: must('String'),
      ts: must('String'),
      ...page,
      ...span,
      include_all_metadata: may('Any'),
    } satisfies FactsOf<Arguments<Client['conversations']['replies']>>,
    scopes: READ,
    errors: ['channel_not_found', 'thread_not_found', 'invalid_cursor'],
  },
  'users.info': {
    args: { user: must('String'), include_locale: may('Any') } satisfies FactsOf<
      Arguments<Client['users']['info']>
    >,
    scopes: ['users:read'],
    errors: ['user_not_found'],
  },
  'views.open': {
    args: { trigger_id: may('String'), view: must('Any') } satisfies FactsOf<
      Arguments<Client['views']['open']>
    >,
    scopes: [],
    errors: ['invalid_trigger_id', 'exchanged_trigger_id', 'expired_trigger_id'],
  },
  'views.publish': {
    args: { user_id: must('String'), view: must('Any'), hash } satisfies FactsOf<
      Arguments<Client['views']['publish']>
    >,
    scopes: [],
    errors: ['hash_conflict'],
  },
  'views.push': {
    args: { trigger_id: may('String'), view: must('Any') } satisfies FactsOf<
      Arguments<Client['views']['push']>
    >,
    scopes: [],
    errors: ['invalid_trigger_id', 'exchanged_trigger_id', 'expired_trigger_id', 'push_limit_reached'],
  },
  'views.update': {
    args: { view_id: may('String'), external_id: may('String'), view: must('Any'), hash } satisfies FactsOf<
      Arguments<Client['views']['update']>
    >,
    scopes: [],
    errors: ['hash_conflict', 'not_found'],
  },
};

/** What a bot must be allowed for each event that the app asks for: any of these scopes, or none. */
export const SLACK_EVENTS: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  member_joined_channel: ['channels:read', 'groups:read', 'mpim:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  'message.im': ['im:history'],
  user_change: ['users:read'],
};
