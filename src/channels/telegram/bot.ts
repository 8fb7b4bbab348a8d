import { Bot, BotError, type ApiClientOptions } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import type { InboundMessage, Source } from '../../core/words/messages.ts';
import type { InboxEntry } from '../../core/register/register.ts';
import type { Log } from '../../core/log.ts';
import { toInbound } from './incoming.ts';
import { seldom } from './seldom.ts';
import { updateShape, type TelegramUpdate } from './update-shape.ts';

/** The helpline as a channel sees it. Both reject only when the store fails. */
export type Listener = {
  receive(message: InboundMessage): Promise<void>;
  ignore(source: Source): Promise<void>;
};

const courtesyEveryMs = 4_000;

/**
 * The bot, fed from the inbox. `handle` rejects with what the helpline threw, or with code `malformed-update`; courtesies
 * towards Telegram (answering a press, "typing") may fail and change nothing.
 */
export function telegramBot(
  token: string,
  client: ApiClientOptions,
  { helpline, now, log }: { helpline: Listener; now: () => number; log: Log },
): { bot: Bot; handle: (entry: InboxEntry) => Promise<void> } {
  const bot = new Bot(token, { client, botInfo: knownWithoutAsking(token) });
  const taken = new WeakMap<Update, { entry: InboxEntry; update: TelegramUpdate }>();
  const mayType = seldom(courtesyEveryMs, now);
  const mayLeave = seldom(courtesyEveryMs, now);

  bot.on('callback_query', (ctx, next) => {
    courtesy(ctx.answerCallbackQuery());
    return next();
  });

  bot.chatType(['group', 'supergroup', 'channel']).use((ctx, next) => {
    if (mayLeave(String(ctx.chat.id))) courtesy(ctx.leaveChat());
    return next();
  });

  bot.chatType('private').on('message', (ctx, next) => {
    if (mayType(String(ctx.chat.id))) courtesy(ctx.replyWithChatAction('typing'));
    return next();
  });

  bot.use((ctx) => {
    const { entry, update } = taken.get(ctx.update) ?? {};
    if (!entry || !update) throw new Error('this update did not come from the inbox');
    const message = toInbound(update, entry.receivedAt);
    return message ? helpline.receive(message) : helpline.ignore(entry.source);
  });

  return {
    bot,
    async handle(entry) {
      const update = readBody(entry.body);
      if (!isUpdate(update)) {
        log('update-malformed', { source: 'telegram', key: entry.source.key });
        // Thrown, so that it is set aside for a person to look at: nobody knows what it might have said.
        throw Object.assign(new Error('this entry is no update'), { code: 'malformed-update' });
      }
      taken.set(update, { entry, update: updateShape.parse(update) });
      try {
        await bot.handleUpdate(update);
      } catch (error) {
        throw error instanceof BotError ? error.error : error;
      }
    },
  };
}

const courtesy = (call: Promise<unknown>): void => void call.catch(() => {});

function readBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Whatever is read of an update is in the shape; grammY's type only names the rest. */
const isUpdate = (value: unknown): value is Update => updateShape.safeParse(value).success;

/** grammY asks getMe for this before it handles anything; we never use more of it than the id. */
const knownWithoutAsking = (token: string): UserFromGetMe => ({
  id: Number(token.split(':')[0]),
  is_bot: true,
  first_name: '',
  username: '',
  can_join_groups: false,
  can_read_all_group_messages: false,
  can_connect_to_business: false,
  supports_inline_queries: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
});
