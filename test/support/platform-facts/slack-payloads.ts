import type { Shape, Shapes } from './fact.ts';
import { always, may, must } from './fact.ts';

/** What Slack sends an app, as far as recorded payloads and Slack's own samples show it. */

const TEXT = 'String';
const NOTHING_OR_TEXT = 'Null | String';

const words: Shape = { type: must(TEXT), text: must(TEXT), emoji: may('Boolean'), verbatim: may('Boolean') };

const person: Shape = {
  id: must(TEXT),
  name: must(TEXT),
  username: may(TEXT),
  team_id: may(TEXT),
};

const message: Shape = {
  type: must(TEXT),
  ts: must(TEXT),
  text: may(TEXT),
  user: may(TEXT),
  team: may(TEXT),
  app_id: may(TEXT),
  bot_id: may(TEXT),
  bot_profile: may('BotProfile'),
  blocks: may('Array of Any'),
  edited: may('Object'),
  thread_ts: may(TEXT),
  reply_count: may('Integer'),
  reply_users_count: may('Integer'),
  latest_reply: may(TEXT),
  is_locked: may('Boolean'),
  subscribed: may('Boolean'),
};

const profile: Shape = Object.fromEntries([
  ...[
    'title phone skype real_name real_name_normalized display_name display_name_normalized status_text',
    'status_text_canonical status_emoji avatar_hash first_name last_name image_24 image_32 image_48 image_72',
    'image_192 image_512 team',
  ]
    .flatMap((line) => line.split(' '))
    .map((name) => [name, may(TEXT)] as const),
  ['fields', may('Null | Object')] as const,
  ['status_emoji_display_info', may('Array of Any')] as const,
  ['status_expiration', may('Integer')] as const,
]);

const member: Shape = {
  id: must(TEXT),
  team_id: must(TEXT),
  name: must(TEXT),
  deleted: must('Boolean'),
  is_bot: must('Boolean'),
  profile: must('Profile'),
  updated: must('Integer'),
  ...Object.fromEntries(
    ['color', 'real_name', 'tz', 'tz_label', 'locale', 'who_can_share_contact_card'].map((name) => [
      name,
      may(TEXT),
    ]),
  ),
  tz_offset: may('Integer'),
  ...Object.fromEntries(
    [
      'is_admin is_owner is_primary_owner is_restricted is_ultra_restricted is_stranger is_app_user',
      'is_email_confirmed',
    ]
      .flatMap((line) => line.split(' '))
      .map((name) => [name, may('Boolean')]),
  ),
};

const view: Shape = {
  id: must(TEXT),
  team_id: must(TEXT),
  app_id: must(TEXT),
  app_installed_team_id: must(TEXT),
  bot_id: must(TEXT),
  type: must(TEXT, { oneOf: ['modal', 'home'] }),
  blocks: must('Array of Any'),
  private_metadata: must(TEXT),
  callback_id: must(TEXT),
  external_id: must(TEXT),
  state: must('State'),
  hash: must(TEXT),
  title: must('Words'),
  close: must('Null | Words'),
  submit: must('Null | Words'),
  clear_on_close: must('Boolean'),
  notify_on_close: must('Boolean'),
  root_view_id: must(NOTHING_OR_TEXT),
  previous_view_id: must(NOTHING_OR_TEXT),
};

/** What every use of a button or a form says. */
const used: Shape = {
  user: must('Person'),
  team: must('Team'),
  api_app_id: must(TEXT),
  token: must(TEXT),
  enterprise: may('Null | Object'),
  is_enterprise_install: may('Boolean'),
};

/** The five ways in which Slack speaks to the app, and what stands in them. */
export const PAYLOAD_SHAPES: Shapes = {
  Words: words,
  Person: person,
  Message: message,
  Profile: profile,
  Member: member,
  View: view,
  Team: { id: must(TEXT), domain: must(TEXT), enterprise_id: may(TEXT), enterprise_name: may(TEXT) },
  Channel: { id: must(TEXT), name: must(TEXT) },
  State: { values: must('Object') },
  BotProfile: {
    id: must(TEXT),
    deleted: must('Boolean'),
    name: must(TEXT),
    updated: must('Integer'),
    app_id: must(TEXT),
    icons: must('Object'),
    team_id: must(TEXT),
  },
  Authorization: {
    enterprise_id: must(NOTHING_OR_TEXT),
    team_id: must(TEXT),
    user_id: must(TEXT),
    is_bot: must('Boolean'),
    is_enterprise_install: must('Boolean'),
  },
  OnMessage: {
    type: always('message'),
    message_ts: must(TEXT),
    channel_id: must(TEXT),
    is_ephemeral: must('Boolean'),
    thread_ts: may(TEXT),
  },
  OnView: { type: always('view'), view_id: must(TEXT) },
  Action: {
    type: must(TEXT),
    action_id: must(TEXT),
    block_id: must(TEXT),
    action_ts: must(TEXT),
    text: may('Words'),
    value: may(TEXT),
    selected_option: may('Null | Object'),
    selected_user: may(NOTHING_OR_TEXT),
    selected_date: may(NOTHING_OR_TEXT),
    initial_option: may('Object'),
    placeholder: may('Words'),
    style: may(TEXT),
    confirm: may('Object'),
  },
  block_actions: {
    ...used,
    type: always('block_actions'),
    container: must('OnMessage | OnView'),
    trigger_id: must(TEXT),
    actions: must('Array of Action'),
    channel: may('Channel'),
    message: may('Message'),
    view: may('View'),
    state: may('State'),
    response_url: may(TEXT),
  },
  view_submission: {
    ...used,
    type: always('view_submission'),
    trigger_id: must(TEXT),
    view: must('View'),
    response_urls: may('Array of Any'),
  },
  view_closed: { ...used, type: always('view_closed'), view: must('View'), is_cleared: must('Boolean') },
  slash_command: {
    ...Object.fromEntries(
      [
        'token team_id team_domain channel_id channel_name user_id user_name command text api_app_id',
        'is_enterprise_install response_url trigger_id',
      ]
        .flatMap((line) => line.split(' '))
        .map((name) => [name, must(TEXT)]),
    ),
    enterprise_id: may(TEXT),
    enterprise_name: may(TEXT),
  },
  event: {
    type: always('event_callback'),
    token: must(TEXT),
    team_id: must(TEXT),
    api_app_id: must(TEXT),
    event: must('Object'),
    event_id: must(TEXT),
    event_time: must('Integer'),
    authorizations: must('Array of Authorization'),
    is_ext_shared_channel: may('Boolean'),
    context_team_id: may(TEXT),
    context_enterprise_id: may(NOTHING_OR_TEXT),
    event_context: may(TEXT),
  },
};
