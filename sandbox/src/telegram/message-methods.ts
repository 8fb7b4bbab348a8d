import { z } from 'zod';
import { badRequest } from './bot-api-error.ts';
import { botMessages, type BotMessageDeps } from './bot-messages.ts';
import type { CallbackQueries } from './callback-queries.ts';
import { codePoints } from './code-points.ts';
import { captioned, chatId, common, formatting } from './message-arguments.ts';
import { entitySchema, formatText } from './message-text.ts';
import { method, type Method } from './method.ts';
import { inlineMarkupSchema } from './reply-markup.ts';

/** A bot may delete in a private chat what is younger than this, in seconds. */
const deletableFor = 48 * 60 * 60;

/** What the bot says, and what it changes of it. */
export const messageMethods = (
  deps: BotMessageDeps & { callbacks: CallbackQueries },
): Record<string, Method> => {
  const { state, now, chats, callbacks } = deps;
  const { chatWith, reachable, changed, send, sendMedia, editable, edit } = botMessages(deps);
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
        if (now() / 1000 - record.message.date > deletableFor)
          badRequest("message can't be deleted for everyone");
        chats.deleteMessage(chat.user.id, message_id);
        changed(chat.user.id);
        return true;
      },
    ),
  };
};
