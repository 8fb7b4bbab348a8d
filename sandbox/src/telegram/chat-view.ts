import type { TelegramBubble, TelegramChatEntry, TelegramChatView, TelegramEntity } from '../views.ts';
import { botUser, type Command, type Profile } from './bot-profile.ts';
import type { CallbackQueries } from './callback-queries.ts';
import type { ChatRecord, Chats } from './chats.ts';
import type { Message, User } from './words.ts';

type ViewDeps = { chats: Chats; profile: Profile; callbacks: CallbackQueries; now: () => number };

/** What one person sees on the phone. Someone who never wrote sees an empty chat with a START button. */
export const chatView = (
  { chats, profile, callbacks, now }: ViewDeps,
  chat: ChatRecord,
): TelegramChatView => {
  const { user, blocked, started, keyboard, notice } = chat;
  const language = user.language_code;
  const waiting = callbacks.waiting(user.id);
  return {
    user: {
      id: user.id,
      name: fullName(user),
      ...(language === undefined ? {} : { language_code: language }),
    },
    bot: {
      id: botUser.id,
      username: botUser.username ?? '',
      name: botUser.first_name,
    },
    blocked,
    started,
    typing: (chat.typing_until ?? 0) > now(),
    bubbles: chats.messages(user.id).map(bubble),
    commands: commandsFor(profile, user),
    ...(keyboard
      ? {
          keyboard: {
            rows: keyboard.rows.map((row) =>
              row.map(({ text, request_contact }) => ({
                text,
                ...(request_contact ? { request_contact } : {}),
              })),
            ),
            ...(keyboard.placeholder === undefined ? {} : { placeholder: keyboard.placeholder }),
          },
        }
      : {}),
    ...(waiting.length > 0 ? { waiting } : {}),
    ...(notice ? { notice } : {}),
  };
};

export const chatEntry = (chats: Chats, { user }: ChatRecord): TelegramChatEntry => {
  const last = chats.messages(user.id).at(-1);
  return {
    user: user.id,
    name: fullName(user),
    ...(user.language_code === undefined ? {} : { language_code: user.language_code }),
    ...(last ? { last: bubble(last) } : {}),
  };
};

const fullName = ({ first_name, last_name }: User): string =>
  last_name === undefined ? first_name : `${first_name} ${last_name}`;

const bubble = (message: Message): TelegramBubble => {
  const entities: TelegramEntity[] | undefined = message.entities;
  const attachment = attachmentOf(message);
  return {
    message_id: message.message_id,
    from: message.from.is_bot ? 'bot' : 'person',
    date: message.date,
    ...(message.edit_date === undefined ? {} : { edit_date: message.edit_date }),
    ...(message.text === undefined ? {} : { text: message.text }),
    ...(entities ? { entities } : {}),
    ...(message.reply_markup ? { buttons: message.reply_markup.inline_keyboard } : {}),
    ...(attachment ? { attachment } : {}),
    ...(message.reply_to_message ? { reply_to_message_id: message.reply_to_message.message_id } : {}),
  };
};

const attachmentOf = (message: Message): TelegramBubble['attachment'] => {
  const caption = message.caption === undefined ? {} : { caption: message.caption };
  const { photo, voice, document, contact, location } = message;
  if (photo) return { kind: 'photo', ...caption, ...link(photo.at(-1)?.file_id) };
  if (voice) return { kind: 'voice', ...caption, label: String(voice.duration), ...link(voice.file_id) };
  if (document)
    return { kind: 'document', ...caption, label: document.file_name ?? 'file', ...link(document.file_id) };
  if (contact) return { kind: 'contact', label: `${contact.first_name} ${contact.phone_number}` };
  if (location) return { kind: 'location', label: `${location.latitude}, ${location.longitude}` };
  return undefined;
};

const link = (id: string | undefined) => ({ url: `/control/telegram/files/${id}` });

/** The narrowest scope wins, and within it the person's own language. */
const commandsFor = (profile: Profile, { id, language_code = '' }: User): Command[] => {
  const { commands } = profile.get();
  for (const scope of [`chat:${id}`, 'all_private_chats', 'default'])
    for (const language of [language_code, '']) {
      const found = commands[`${scope}/${language}`];
      if (found) return found;
    }
  return [];
};
