import { z } from 'zod';
import { badRequest } from './bot-api-error.ts';
import { botMessages, type BotMessageDeps } from './bot-messages.ts';
import type { CallbackQueries } from './callback-queries.ts';
import { codePoints } from './code-points.ts';
import { chatId, common, formatting } from './message-arguments.ts';
import { entitySchema, formatText } from './message-text.ts';
import { method, type Method } from './method.ts';

/** What the bot says. */
export const messageMethods = (
  deps: BotMessageDeps & { callbacks: CallbackQueries },
): Record<string, Method> => {
  const { state, now, chats, callbacks } = deps;
  const { reachable, changed, send } = botMessages(deps);
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
  };
};
