import type { EmulatorDeps } from '../emulator.ts';
import { BotApiError, badRequest } from './bot-api-error.ts';
import { botUser } from './bot-profile.ts';
import { chatOf, type ChatRecord, type Chats } from './chats.ts';
import type { Common } from './message-arguments.ts';
import { checkedInline, checkedKeyboard } from './reply-markup.ts';
import type { SendLimits } from './send-limits.ts';
import type { Message } from './words.ts';

type Body = Pick<Message, 'text' | 'entities'>;

export type BotMessageDeps = Pick<EmulatorDeps, 'state' | 'changes' | 'now'> & {
  chats: Chats;
  limits: SendLimits;
};

/** How the bot's messages come into a chat; refusals are Telegram's own. */
export const botMessages = ({ state, changes, now, chats, limits }: BotMessageDeps) => {
  const seconds = () => Math.floor(now() / 1000);

  const chatWith = (id: number | string): ChatRecord => {
    const chat = chats.get(Number(id));
    return chat?.started ? chat : badRequest('chat not found');
  };

  const reachable = (id: number | string): ChatRecord => {
    const chat = chatWith(id);
    if (chat.blocked) throw new BotApiError(403, 'Forbidden: bot was blocked by the user');
    return chat;
  };

  const changed = (user: number) => changes.changed({ target: 'telegram', user });

  const quoted = (user: number, to: Common['reply_parameters']): Pick<Message, 'reply_to_message'> => {
    if (to === undefined) return {};
    const found = chats.message(user, to.message_id);
    if (!found) return to.allow_sending_without_reply ? {} : badRequest('message to be replied not found');
    const { reply_to_message: _nested, ...message } = found;
    return { reply_to_message: message };
  };

  const send = (given: Common, body: (chat: ChatRecord) => Body): Message => {
    const chat = reachable(given.chat_id);
    const content = body(chat);
    const markup = given.reply_markup;
    const inline = markup && 'inline_keyboard' in markup ? checkedInline(markup) : undefined;
    const keyboard = markup && 'keyboard' in markup ? checkedKeyboard(markup) : undefined;
    const reply = quoted(chat.user.id, given.reply_parameters);
    limits.take(chat.user.id);
    const message: Message = {
      message_id: chats.nextMessageId(),
      from: botUser,
      chat: chatOf(chat.user),
      date: seconds(),
      ...reply,
      ...(given.protect_content ? { has_protected_content: true } : {}),
      ...content,
      ...(inline ? { reply_markup: inline } : {}),
    };
    const { typing_until: _typing, keyboard: shown, ...rest } = chat;
    const removed = markup !== undefined && 'remove_keyboard' in markup;
    const next = keyboard ?? (removed ? undefined : shown);
    state.atomically(() => {
      chats.put({ ...rest, ...(next ? { keyboard: next } : {}) });
      chats.putMessage(message);
    });
    changed(chat.user.id);
    return message;
  };

  return { reachable, changed, send };
};
