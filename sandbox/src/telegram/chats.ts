import type { Kind, State } from '../state.ts';
import type { ReplyKeyboard } from './reply-markup.ts';
import type { Chat, Message, User } from './words.ts';

/** A private chat with one person, as Telegram's servers and that person's phone have it. */
export type ChatRecord = {
  user: User;
  /** The person has written at least once, so the bot may write. */
  started: boolean;
  blocked: boolean;
  keyboard?: ReplyKeyboard;
  /** Unix milliseconds until which "typing…" shows. */
  typing_until?: number;
  notice?: { text: string; alert: boolean; at: number };
};

export type Chats = {
  get(user: number): ChatRecord | undefined;
  put(chat: ChatRecord): void;
  all(): ChatRecord[];
  message(user: number, id: number): Message | undefined;
  messages(user: number): Message[];
  putMessage(message: Message): void;
  /** Unique over all private chats of the bot, and rising. */
  nextMessageId(): number;
};

export const openChats = (state: State): Chats => {
  const chats = state.kind<ChatRecord>('telegram.chat');
  const perChat = new Map<number, Kind<Message>>();
  const messagesOf = (user: number): Kind<Message> => {
    const open = perChat.get(user) ?? state.kind<Message>(`telegram.messages.${user}`);
    perChat.set(user, open);
    return open;
  };
  return {
    get: (user) => chats.get(String(user)),
    put: (chat) => chats.put(String(chat.user.id), chat),
    all: () => chats.list().map(({ value }) => value),
    message: (user, id) => messagesOf(user).get(String(id)),
    messages: (user) =>
      messagesOf(user)
        .list()
        .map(({ value }) => value),
    putMessage: (message) => messagesOf(message.chat.id).put(String(message.message_id), message),
    nextMessageId: () => state.next('telegram.message'),
  };
};

export const chatOf = ({ id, first_name, last_name }: User): Chat => ({
  id,
  type: 'private',
  first_name,
  ...(last_name === undefined ? {} : { last_name }),
});
