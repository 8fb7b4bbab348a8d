import type {
  Animation,
  Audio,
  BotCommand,
  CallbackQuery,
  Chat,
  ChatMemberBanned,
  ChatMemberLeft,
  ChatMemberMember,
  ChatMemberUpdated,
  Contact,
  Document,
  File,
  InlineKeyboardButton,
  InlineKeyboardMarkup,
  KeyboardButton,
  LinkPreviewOptions,
  Location,
  Message,
  MessageEntity,
  PhotoSize,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
  ReplyParameters,
  Update,
  UserFromGetMe,
  Venue,
  Video,
  VideoNote,
  Voice,
  WebhookInfo,
} from 'grammy/types';
import type { FactsOf, Shapes } from './fact.ts';
import { always, may, must } from './fact.ts';

const colours = { oneOf: ['danger', 'success', 'primary'] };
const file = { file_id: must('String'), file_unique_id: must('String'), file_size: may('Integer') };
const named = { file_name: may('String'), mime_type: may('String') };
const duration = must('Integer');
const frame = { width: must('Integer'), height: must('Integer') };

const files = {
  PhotoSize: { ...file, ...frame } satisfies FactsOf<PhotoSize>,
  Voice: { ...file, duration, mime_type: may('String') } satisfies FactsOf<Voice>,
  Audio: { ...file, ...named, duration } satisfies FactsOf<Audio>,
  Document: { ...file, ...named } satisfies FactsOf<Document>,
  Video: { ...file, ...named, ...frame, duration } satisfies FactsOf<Video>,
  VideoNote: { ...file, length: must('Integer'), duration } satisfies FactsOf<VideoNote>,
  Animation: { ...file, ...named, ...frame, duration } satisfies FactsOf<Animation>,
  File: { ...file, file_path: may('String') } satisfies FactsOf<File>,
};

const person = {
  id: must('Integer'),
  is_bot: must('Boolean'),
  first_name: must('String'),
  last_name: may('String'),
  username: may('String'),
  language_code: may('String'),
};

const people = {
  // A bot that asks who it is gets the last ones too; of anybody else they are not said.
  User: {
    ...person,
    can_join_groups: may('Boolean'),
    can_read_all_group_messages: may('Boolean'),
    supports_inline_queries: may('Boolean'),
    can_connect_to_business: may('Boolean'),
    has_main_web_app: may('Boolean'),
  } satisfies Partial<Record<keyof UserFromGetMe, unknown>>,
  Chat: {
    id: must('Integer'),
    type: must('String', { oneOf: ['private', 'group', 'supergroup', 'channel'] }),
    title: may('String'),
    first_name: may('String'),
    last_name: may('String'),
    username: may('String'),
  } satisfies FactsOf<Chat>,
  Contact: {
    phone_number: must('String'),
    first_name: must('String'),
    last_name: may('String'),
    user_id: may('Integer'),
  } satisfies FactsOf<Contact>,
  ChatMemberMember: {
    status: always('member'),
    user: must('User'),
    until_date: may('Integer'),
  } satisfies FactsOf<ChatMemberMember>,
  ChatMemberLeft: { status: always('left'), user: must('User') } satisfies FactsOf<ChatMemberLeft>,
  ChatMemberBanned: {
    status: always('kicked'),
    user: must('User'),
    until_date: must('Integer'),
  } satisfies FactsOf<ChatMemberBanned>,
};
const MEMBER = 'ChatMemberMember | ChatMemberBanned | ChatMemberLeft';

const keyboards = {
  InlineKeyboardMarkup: {
    inline_keyboard: must('Array of Array of InlineKeyboardButton'),
  } satisfies FactsOf<InlineKeyboardMarkup>,
  InlineKeyboardButton: {
    text: must('String'),
    style: may('String', colours),
    url: may('String'),
    callback_data: may('String', { least: 1, most: 64, unit: 'bytes' }),
  } satisfies FactsOf<InlineKeyboardButton>,
  ReplyKeyboardMarkup: {
    keyboard: must('Array of Array of KeyboardButton'),
    is_persistent: may('Boolean'),
    resize_keyboard: may('Boolean'),
    one_time_keyboard: may('Boolean'),
    input_field_placeholder: may('String', { least: 1, most: 64, unit: 'characters' }),
  } satisfies FactsOf<ReplyKeyboardMarkup>,
  KeyboardButton: {
    text: must('String'),
    style: may('String', colours),
    request_contact: may('Boolean'),
    request_location: may('Boolean'),
  } satisfies FactsOf<Exclude<KeyboardButton, string>>,
  ReplyKeyboardRemove: { remove_keyboard: must('Boolean') } satisfies FactsOf<ReplyKeyboardRemove>,
};

const messages = {
  MessageEntity: {
    type: must('String'),
    offset: must('Integer'),
    length: must('Integer'),
    url: may('String'),
  } satisfies FactsOf<MessageEntity>,
  LinkPreviewOptions: { is_disabled: may('Boolean') } satisfies FactsOf<LinkPreviewOptions>,
  ReplyParameters: { message_id: must('Integer') } satisfies FactsOf<
    ReplyParameters & { message_id: number }
  >,
  Location: { latitude: must('Float'), longitude: must('Float') } satisfies FactsOf<Location>,
  Venue: {
    location: must('Location'),
    title: must('String'),
    address: must('String'),
  } satisfies FactsOf<Venue>,
  Message: {
    message_id: must('Integer'),
    date: must('Integer'),
    edit_date: may('Integer'),
    chat: must('Chat'),
    from: may('User'),
    media_group_id: may('String'),
    text: may('String'),
    entities: may('Array of MessageEntity'),
    caption: may('String'),
    photo: may('Array of PhotoSize'),
    voice: may('Voice'),
    video: may('Video'),
    video_note: may('VideoNote'),
    animation: may('Animation'),
    audio: may('Audio'),
    document: may('Document'),
    contact: may('Contact'),
    location: may('Location'),
    venue: may('Venue'),
    pinned_message: may('Message | InaccessibleMessage'),
    reply_to_message: may('Message'),
    reply_markup: may('InlineKeyboardMarkup'),
  } satisfies FactsOf<Message>,
  InaccessibleMessage: { chat: must('Chat'), message_id: must('Integer'), date: must('Integer') },
};

/** Everything that Telegram sends us and we send it, as far as the helpline reads or writes it (core.telegram.org/bots/api). */
export const TELEGRAM_SHAPES: Shapes = {
  ...files,
  ...people,
  ...keyboards,
  ...messages,
  Update: {
    update_id: must('Integer'),
    message: may('Message'),
    edited_message: may('Message'),
    callback_query: may('CallbackQuery'),
    my_chat_member: may('ChatMemberUpdated'),
  } satisfies FactsOf<Update>,
  CallbackQuery: {
    id: must('String'),
    from: must('User'),
    message: may('Message | InaccessibleMessage'),
    chat_instance: must('String'),
    data: may('String'),
  } satisfies FactsOf<CallbackQuery>,
  ChatMemberUpdated: {
    chat: must('Chat'),
    from: must('User'),
    date: must('Integer'),
    old_chat_member: must(MEMBER),
    new_chat_member: must(MEMBER),
  } satisfies FactsOf<ChatMemberUpdated>,
  BotCommand: {
    command: must('String', { least: 1, most: 32, unit: 'characters' }),
    description: must('String', { least: 1, most: 256, unit: 'characters' }),
  } satisfies FactsOf<BotCommand>,
  WebhookInfo: {
    url: must('String'),
    has_custom_certificate: must('Boolean'),
    pending_update_count: must('Integer'),
    last_error_date: may('Integer'),
    last_error_message: may('String'),
    max_connections: may('Integer'),
    allowed_updates: may('Array of String'),
  } satisfies FactsOf<WebhookInfo & { url: string }>,
};
