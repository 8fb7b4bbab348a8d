import { z } from 'zod';
import { botUser, type Profile } from './bot-profile.ts';
import { method, type Method } from './method.ts';

const language = z.union([z.literal(''), z.string().regex(/^[a-z]{2}$/)]).default('');

const scope = z
  .union([
    z.strictObject({
      type: z.enum(['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators']),
    }),
    z.strictObject({
      type: z.literal('chat'),
      chat_id: z.union([z.int(), z.string().regex(/^-?\d+$/)]),
    }),
  ])
  .default({ type: 'default' });

const command = z.strictObject({
  command: z.string().regex(/^[a-z0-9_]{1,32}$/, 'BOT_COMMAND_INVALID'),
  description: z.string().min(1).max(256),
});

/** Who the bot is, and the commands that it shows. */
export const profileMethods = (profile: Profile): Record<string, Method> => ({
  getMe: method(z.strictObject({}), () => ({
    ...botUser,
    can_join_groups: false,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  })),
  setMyCommands: method(
    z.strictObject({ commands: z.array(command).max(100), scope, language_code: language }),
    ({ commands, scope: of, language_code }) => {
      const key = `${'chat_id' in of ? `chat:${of.chat_id}` : of.type}/${language_code}`;
      const { [key]: _old, ...others } = profile.get().commands;
      profile.change({ commands: commands.length === 0 ? others : { ...others, [key]: commands } });
      return true;
    },
  ),
});
