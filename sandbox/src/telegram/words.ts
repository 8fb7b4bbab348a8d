import type { TelegramEntity } from '../views.ts';

/** The Bot API's own objects, as far as this emulator makes them (https://core.telegram.org/bots/api). */
export type User = {
  id: number;
  is_bot: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
  language_code?: string;
};

export type Chat = { id: number; type: 'private'; first_name: string; last_name?: string };

export type InlineButton = { text: string; url?: string; callback_data?: string; style?: string };

export type InlineKeyboard = { inline_keyboard: InlineButton[][] };

export type FileRef = {
  file_id: string;
  file_unique_id: string;
  file_size?: number;
  file_name?: string;
  mime_type?: string;
};

export type Message = {
  message_id: number;
  from: User;
  chat: Chat;
  date: number;
  edit_date?: number;
  reply_to_message?: Message;
  media_group_id?: string;
  has_protected_content?: true;
  text?: string;
  entities?: TelegramEntity[];
  caption?: string;
  caption_entities?: TelegramEntity[];
  photo?: (FileRef & { width: number; height: number })[];
  voice?: FileRef & { duration: number };
  document?: FileRef;
  contact?: { phone_number: string; first_name: string; last_name?: string; user_id?: number };
  location?: { latitude: number; longitude: number };
  reply_markup?: InlineKeyboard;
};

export type CallbackQuery = {
  id: string;
  from: User;
  message: Message | { chat: Chat; message_id: number; date: 0 };
  chat_instance: string;
  data: string;
};

export type ChatMember =
  | { user: User; status: 'member' }
  | { user: User; status: 'kicked'; until_date: number };

export type ChatMemberUpdated = {
  chat: Chat;
  from: User;
  date: number;
  old_chat_member: ChatMember;
  new_chat_member: ChatMember;
};

/** What happened, before it has an update_id. */
export type Happening =
  | { message: Message }
  | { edited_message: Message }
  | { callback_query: CallbackQuery }
  | { my_chat_member: ChatMemberUpdated };

export type Update = { update_id: number } & Happening;

/** Every kind of update there is; the last three come only when asked for. */
export const updateKinds = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'guest_message',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'managed_bot',
  'chat_member',
  'message_reaction',
  'message_reaction_count',
] as const;

export const kindsOnRequest: readonly string[] = [
  'chat_member',
  'message_reaction',
  'message_reaction_count',
];
