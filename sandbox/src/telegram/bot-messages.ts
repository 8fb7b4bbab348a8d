import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { EmulatorDeps } from '../emulator.ts';
import { BotApiError, badRequest } from './bot-api-error.ts';
import { botUser, type Profile } from './bot-profile.ts';
import { chatOf, type ChatRecord, type Chats, type MessageRecord } from './chats.ts';
import type { Files } from './files.ts';
import type { Captioned, Common } from './message-arguments.ts';
import { formatText } from './message-text.ts';
import type { MethodCall } from './method.ts';
import { checkedInline, checkedKeyboard, type inlineMarkupSchema } from './reply-markup.ts';
import type { SendLimits } from './send-limits.ts';
import { mediaOf } from './sent-media.ts';
import type { Message } from './words.ts';

type Body = Pick<
  Message,
  'text' | 'entities' | 'caption' | 'caption_entities' | 'photo' | 'voice' | 'document'
>;

export type BotMessageDeps = Pick<EmulatorDeps, 'state' | 'changes' | 'now'> & {
  chats: Chats;
  files: Files;
  profile: Profile;
  limits: SendLimits;
};

const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

/** How the bot's messages come into a chat and change there; refusals are Telegram's own. */
export const botMessages = ({ state, changes, now, chats, files, profile, limits }: BotMessageDeps) => {
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
    const { reply_to_message: _nested, ...message } = found.message;
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
      from: botUser(profile),
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
      chats.putMessage({ message, fixed: markup !== undefined && !('inline_keyboard' in markup) });
    });
    changed(chat.user.id);
    return message;
  };

  const sendMedia = (
    kind: 'photo' | 'voice' | 'document',
    given: Captioned,
    source: string,
    call: MethodCall,
    duration = 0,
  ) =>
    send(given, () => {
      const { text, entities } = formatText(
        { text: given.caption ?? '', parse_mode: given.parse_mode, entities: given.caption_entities },
        1024,
        'message caption is too long',
      );
      return {
        ...mediaOf(files, kind, source, call.uploads, duration),
        ...(text === '' ? {} : { caption: text }),
        ...(entities.length > 0 ? { caption_entities: entities } : {}),
      };
    });

  const editable = (id: number | string, messageId: number): MessageRecord => {
    const chat = chatWith(id);
    const record = chats.message(chat.user.id, messageId) ?? badRequest('message to edit not found');
    if (!record.message.from.is_bot || record.fixed) badRequest("message can't be edited");
    return record;
  };

  const edit = (
    { message: before, fixed }: MessageRecord,
    text: Pick<Message, 'text' | 'entities'>,
    markup: z.infer<typeof inlineMarkupSchema> | undefined,
  ): Message => {
    const { reply_markup: _old, text: _text, entities: _entities, edit_date, ...kept } = before;
    const inline = markup && checkedInline(markup);
    const after = { ...kept, ...text, ...(inline ? { reply_markup: inline } : {}) };
    const { edit_date: _when, ...compared } = before;
    if (isDeepStrictEqual(after, compared)) badRequest(notModified);
    limits.take(before.chat.id);
    // Telegram marks a message as edited for its words, not for its buttons.
    const words = isDeepStrictEqual([text.text, text.entities], [before.text, before.entities]);
    const edited = words ? edit_date : seconds();
    const message: Message = { ...after, ...(edited === undefined ? {} : { edit_date: edited }) };
    chats.putMessage({ message, fixed });
    changed(before.chat.id);
    return message;
  };

  return { chatWith, reachable, changed, send, sendMedia, editable, edit };
};
