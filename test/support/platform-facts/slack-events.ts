import type { Shape, Shapes } from './fact.ts';
import { always, may, must } from './fact.ts';

const TEXT = 'String';

const membership: Shape = {
  user: must(TEXT),
  channel: must(TEXT),
  channel_type: must(TEXT),
  team: must(TEXT),
  event_ts: must(TEXT),
};

const said: Shape = {
  user: may(TEXT),
  ts: must(TEXT),
  text: must(TEXT),
  team: may(TEXT),
  client_msg_id: may(TEXT),
  blocks: may('Array of Any'),
  thread_ts: may(TEXT),
  parent_user_id: may(TEXT),
  channel: must(TEXT),
  event_ts: must(TEXT),
};

/** The events that the app asks for, and what a message's change looks like. */
export const EVENT_SHAPES: Shapes = {
  app_home_opened: {
    type: always('app_home_opened'),
    user: must(TEXT),
    channel: must(TEXT),
    tab: must(TEXT),
    event_ts: must(TEXT),
    view: may('View'),
  },
  app_mention: { type: always('app_mention'), ...said },
  member_joined_channel: { type: always('member_joined_channel'), ...membership },
  member_left_channel: { type: always('member_left_channel'), ...membership },
  message: {
    type: always('message'),
    ...said,
    channel_type: must(TEXT),
    bot_id: may(TEXT),
    app_id: may(TEXT),
    bot_profile: may('BotProfile'),
  },
  'message/message_changed': {
    type: always('message'),
    subtype: always('message_changed'),
    hidden: must('Boolean'),
    message: must('Message'),
    previous_message: must('Message'),
    ts: must(TEXT),
    channel: must(TEXT),
    channel_type: must(TEXT),
    event_ts: must(TEXT),
  },
  'message/message_deleted': {
    type: always('message'),
    subtype: always('message_deleted'),
    hidden: must('Boolean'),
    previous_message: must('Message'),
    deleted_ts: must(TEXT),
    ts: must(TEXT),
    channel: must(TEXT),
    channel_type: must(TEXT),
    event_ts: must(TEXT),
  },
  team_join: {
    type: always('team_join'),
    user: must('Member'),
    cache_ts: may('Integer'),
    event_ts: must(TEXT),
  },
  user_change: {
    type: always('user_change'),
    user: must('Member'),
    cache_ts: may('Integer'),
    event_ts: must(TEXT),
  },
};
