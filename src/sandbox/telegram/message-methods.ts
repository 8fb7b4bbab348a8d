import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { EmulatorDeps } from '../emulator.ts';
import { BotApiError, badRequest } from './bot-api-error.ts';
import { botUser, type Profile } from './bot-profile.ts';
import type { CallbackQueries } from './callback-queries.ts';
import { chatOf, type ChatRecord, type Chats, type MessageRecord } from './chats.ts';
import { codePoints } from './code-points.ts';
import type { Files } from './files.ts';
import { mediaOf } from './sent-media.ts';
import { method, type Method, type MethodCall } from './method.ts';
import { entitySchema, formatText } from './message-text.ts';
import { checkedInline, checkedKeyboard, inlineMarkupSchema, replyMarkupSchema } from './reply-markup.ts';
import type { SendLimits } from './send-limits.ts';
import type { Message } from './words.ts';

const chatId = z.union([z.int(), z.string().min(1)]);

const linkPreview = z.strictObject({
  is_disabled: z.boolean().optional(),
  url: z.string().optional(),
  prefer_small_media: z.boolean().optional(),
  prefer_large_media: z.boolean().optional(),
  show_above_text: z.boolean().optional(),
});

const formatting = { parse_mode: z.string().optional(), link_preview_options: linkPreview.optional() };

const common = {
  chat_id: chatId,
  disable_notification: z.boolean().optional(),
  protect_content: z.boolean().optional(),
  reply_parameters: z
    .strictObject({ message_id: z.int(), allow_sending_without_reply: z.boolean().optional() })
    .optional(),
  reply_markup: replyMarkupSchema.optional(),
};

const captioned = {
  ...common,
  caption: z.string().optional(),
  parse_mode: z.string().optional(),
  caption_entities: z.array(entitySchema).optional(),
};

type Common = z.infer<z.ZodObject<typeof common>>;
type Captioned = z.infer<z.ZodObject<typeof captioned>>;
type Body = Pick<
  Message,
  'text' | 'entities' | 'caption' | 'caption_entities' | 'photo' | 'voice' | 'document'
>;

export type MessageMethodDeps = Pick<EmulatorDeps, 'state' | 'changes' | 'now'> & {
  chats: Chats;
  files: Files;
  profile: Profile;
  callbacks: CallbackQueries;
  limits: SendLimits;
};

/** A bot may delete in a private chat what is younger than this, in seconds. */
const deletableFor = 48 * 60 * 60;

const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

/** What the bot says, and what it changes of it. */
export const messageMethods = (deps: MessageMethodDeps): Record<string, Method> => {
  const { state, changes, now, chats, files, profile, callbacks, limits } = deps;
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

  return {
    sendMessage: method(
      z.strictObject({
        ...common,
        ...formatting,
        text: z.string(),
        entities: z.array(entitySchema).optional(),
      }),
      (given) =>
        send(given, () => {
          const { text, entities } = formatText(given, 4096, 'message is too long');
          if (text === '') badRequest('message text is empty');
          return { text, ...(entities.length > 0 ? { entities } : {}) };
        }),
    ),
    sendPhoto: method(z.strictObject({ ...captioned, photo: z.string().optional() }), (given, call) =>
      sendMedia('photo', given, given.photo ?? 'attach://photo', call),
    ),
    sendDocument: method(
      z.strictObject({
        ...captioned,
        document: z.string().optional(),
        disable_content_type_detection: z.boolean().optional(),
      }),
      (given, call) => sendMedia('document', given, given.document ?? 'attach://document', call),
    ),
    sendVoice: method(
      z.strictObject({ ...captioned, voice: z.string().optional(), duration: z.int().min(0).optional() }),
      (given, call) => sendMedia('voice', given, given.voice ?? 'attach://voice', call, given.duration),
    ),
    sendChatAction: method(
      z.strictObject({
        chat_id: chatId,
        action: z.enum([
          'typing',
          'upload_photo',
          'record_video',
          'upload_video',
          'record_voice',
          'upload_voice',
          'upload_document',
          'choose_sticker',
          'find_location',
          'record_video_note',
          'upload_video_note',
        ]),
      }),
      ({ chat_id }) => {
        const chat = reachable(chat_id);
        chats.put({ ...chat, typing_until: now() + 5000 });
        changed(chat.user.id);
        return true;
      },
    ),
    answerCallbackQuery: method(
      z.strictObject({
        callback_query_id: z.string(),
        text: z.string().optional(),
        show_alert: z.boolean().optional(),
        cache_time: z.int().min(0).optional(),
      }),
      ({ callback_query_id, text, show_alert }) => {
        if (codePoints(text ?? '').length > 200) badRequest('MESSAGE_TOO_LONG');
        state.atomically(() => {
          const user = callbacks.answer(callback_query_id);
          const chat = chats.get(user);
          if (chat && text) chats.put({ ...chat, notice: { text, alert: show_alert === true, at: now() } });
          changed(user);
        });
        return true;
      },
    ),
    editMessageText: method(
      z.strictObject({
        chat_id: chatId,
        message_id: z.int(),
        text: z.string(),
        entities: z.array(entitySchema).optional(),
        ...formatting,
        reply_markup: inlineMarkupSchema.optional(),
      }),
      (given) => {
        const record = editable(given.chat_id, given.message_id);
        if (record.message.text === undefined) badRequest('there is no text in the message to edit');
        const { text, entities } = formatText(given, 4096, 'message is too long');
        if (text === '') badRequest('message text is empty');
        return edit(record, { text, ...(entities.length > 0 ? { entities } : {}) }, given.reply_markup);
      },
    ),
    editMessageReplyMarkup: method(
      z.strictObject({ chat_id: chatId, message_id: z.int(), reply_markup: inlineMarkupSchema.optional() }),
      ({ chat_id, message_id, reply_markup }) => {
        const record = editable(chat_id, message_id);
        const { text, entities } = record.message;
        return edit(
          record,
          { ...(text === undefined ? {} : { text }), ...(entities ? { entities } : {}) },
          reply_markup,
        );
      },
    ),
    deleteMessage: method(
      z.strictObject({ chat_id: chatId, message_id: z.int() }),
      ({ chat_id, message_id }) => {
        const chat = chatWith(chat_id);
        const record = chats.message(chat.user.id, message_id) ?? badRequest('message to delete not found');
        if (seconds() - record.message.date > deletableFor)
          badRequest("message can't be deleted for everyone");
        chats.deleteMessage(chat.user.id, message_id);
        changed(chat.user.id);
        return true;
      },
    ),
  };
};
