import type { ApiMethods } from 'grammy/types';
import type { FactsOf, Shape } from './fact.ts';
import { may, must } from './fact.ts';

type Arguments<Name extends keyof ApiMethods> = NonNullable<Parameters<ApiMethods[Name]>[0]>;

/** One method of the Bot API: its arguments, and the kinds of its result. */
export type TelegramMethod = { args: Shape; returns: readonly string[] };

/**
 * The methods that the families' channel calls (core.telegram.org/bots/api). An argument that is not here is one that
 * nobody has looked up.
 */
export const TELEGRAM_METHODS: Readonly<Record<string, TelegramMethod>> = {
  answerCallbackQuery: {
    args: {
      callback_query_id: must('String'),
      text: may('String', { most: 200, unit: 'characters' }),
      show_alert: may('Boolean'),
    } satisfies FactsOf<Arguments<'answerCallbackQuery'>>,
    returns: ['Boolean'],
  },
  deleteWebhook: {
    args: { drop_pending_updates: may('Boolean') } satisfies FactsOf<Arguments<'deleteWebhook'>>,
    returns: ['Boolean'],
  },
  getFile: { args: { file_id: must('String') } satisfies FactsOf<Arguments<'getFile'>>, returns: ['File'] },
  getMe: { args: {}, returns: ['User'] },
  getUpdates: {
    args: {
      offset: may('Integer'),
      limit: may('Integer'),
      timeout: may('Integer'),
      allowed_updates: may('Array of String'),
    } satisfies FactsOf<Arguments<'getUpdates'>>,
    returns: ['Array of Update'],
  },
  getWebhookInfo: { args: {}, returns: ['WebhookInfo'] },
  leaveChat: {
    args: { chat_id: must('Integer | String') } satisfies FactsOf<Arguments<'leaveChat'>>,
    returns: ['Boolean'],
  },
  sendChatAction: {
    args: { chat_id: must('Integer | String'), action: must('String') } satisfies FactsOf<
      Arguments<'sendChatAction'>
    >,
    returns: ['Boolean'],
  },
  sendMessage: {
    args: {
      chat_id: must('Integer | String'),
      text: must('String', { least: 1, most: 4096, unit: 'characters' }),
      parse_mode: may('String'),
      entities: may('Array of MessageEntity'),
      link_preview_options: may('LinkPreviewOptions'),
      disable_notification: may('Boolean'),
      protect_content: may('Boolean'),
      reply_parameters: may('ReplyParameters'),
      reply_markup: may('InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove'),
    } satisfies FactsOf<Arguments<'sendMessage'>>,
    returns: ['Message'],
  },
  setMyCommands: {
    args: {
      commands: must('Array of BotCommand', { most: 100 }),
      language_code: may('String'),
    } satisfies FactsOf<Arguments<'setMyCommands'>>,
    returns: ['Boolean'],
  },
  setWebhook: {
    args: {
      url: must('String'),
      secret_token: may('String', { least: 1, most: 256, unit: 'characters' }),
      allowed_updates: may('Array of String'),
      max_connections: may('Integer'),
      drop_pending_updates: may('Boolean'),
    } satisfies FactsOf<Arguments<'setWebhook'>>,
    returns: ['Boolean'],
  },
};
