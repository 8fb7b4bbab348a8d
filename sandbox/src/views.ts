/**
 * What the sandbox's control API shows: the words that the emulators, the page and the tests share.
 * The emulators keep what the real platforms would keep; these are the views of it that a person would have.
 */

/** A formatted stretch of a message: offsets in UTF-16 units, as Telegram gives them. */
export type TelegramEntity = {
  type: string;
  offset: number;
  length: number;
  url?: string;
  language?: string;
};

export type TelegramButton = { text: string; callback_data?: string; url?: string; style?: string };

/** One bubble in a family's chat. `from` tells whose; `deleted` ones are not listed. */
export type TelegramBubble = {
  message_id: number;
  from: 'person' | 'bot';
  /** Unix seconds, as in the Bot API. */
  date: number;
  edit_date?: number;
  text?: string;
  entities?: TelegramEntity[];
  /** Inline buttons under the bubble, row by row. */
  buttons?: TelegramButton[][];
  attachment?: {
    kind: 'photo' | 'voice' | 'document' | 'contact' | 'location';
    caption?: string;
    /** For people: file name, seconds of voice, name on the contact card. */
    label?: string;
    /** Where the page can load the picture from, when it has bytes. */
    url?: string;
  };
  reply_to_message_id?: number;
};

/** `GET /control/telegram/chats/:user` */
export type TelegramChatView = {
  user: { id: number; name: string; language_code?: string };
  bot: { id: number; username: string; name: string };
  /** The person has blocked the bot. */
  blocked: boolean;
  started: boolean;
  /** True for up to five seconds after sendChatAction, or until the next message. */
  typing: boolean;
  bubbles: TelegramBubble[];
  /** The reply keyboard in force, if any. */
  keyboard?: { rows: { text: string; request_contact?: boolean }[][]; placeholder?: string };
  commands: { command: string; description: string }[];
  /** Pressed inline buttons that the bot has not answered yet: they show a spinner. */
  waiting?: { message_id: number; data: string }[];
  /** The last answer to a pressed button, for a toast or a dialog. */
  notice?: { text: string; alert: boolean; at: number };
};

/** One line of `GET /control/telegram/chats`. */
export type TelegramChatEntry = { user: number; name: string; language_code?: string; last?: TelegramBubble };

/** One message in a Slack channel, DM or thread. `blocks` is Block Kit as it was posted. */
export type SlackMessageView = {
  ts: string;
  user: { id: string; name: string; bot: boolean };
  text: string;
  blocks?: unknown[];
  edited?: boolean;
  thread_ts?: string;
  /** Only on a thread's parent. */
  replies?: SlackMessageView[];
  /** Present when only this user can see it. */
  ephemeral_for?: string;
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
};

/** `GET /control/slack/channels/:name` (name without '#', or a channel or DM id). */
export type SlackChannelView = {
  id: string;
  name: string;
  kind: 'channel' | 'private' | 'dm';
  members: { id: string; name: string }[];
  messages: SlackMessageView[];
};

/** One line of `GET /control/slack/channels`. */
export type SlackChannelEntry = Pick<SlackChannelView, 'id' | 'name' | 'kind' | 'members'>;

/** One line of `GET /control/slack/users`. */
export type SlackUserEntry = {
  id: string;
  name: string;
  bot: boolean;
  restricted?: boolean;
  deleted?: boolean;
  team?: string;
};

/** `GET /control/slack/views/:user`: the modals open for that person, the top one last. */
export type SlackViewsView = {
  user: string;
  stack: {
    id: string;
    callback_id: string;
    /** The view as the app opened it: type, title, blocks, submit, close, private_metadata … */
    view: Record<string, unknown>;
    /** Errors that the app's last answer put on fields: block_id → text. */
    errors: Record<string, string>;
    /** What the person has typed so far, in Slack's `state.values` form. */
    state: Record<string, Record<string, unknown>>;
    /** A press or submit of it is under way: show a spinner. */
    busy: boolean;
    /** Slack's line when the app did not answer within three seconds. */
    trouble?: string;
  }[];
};

/** `GET /control/slack/home/:user` */
export type SlackHomeView = { user: string; view: Record<string, unknown> | null };

/** `GET /control/calls`: one API call that a client made, newest last. */
export type CallView = {
  target: 'telegram' | 'slack';
  method: string;
  arguments: Record<string, unknown>;
  /** Unix milliseconds. */
  at: number;
  /** Milliseconds the emulator took (a held long poll counts whole). */
  took: number;
  status: number;
  answer: unknown;
  /** The fault that was played on it, if any. */
  fault?: string;
};

/** One event of `GET /control/events`: something about this person's chat or this channel changed. */
export type ChangeView = { target: 'telegram' | 'slack'; user?: number | string; channel?: string };
