import { z } from 'zod';
import { badRequest } from './bot-api-error.ts';
import { botUser, inLanguage, type Profile } from './bot-profile.ts';
import { codePoints } from './code-points.ts';
import { method, type Method } from './method.ts';

const language = z.union([z.literal(''), z.string().regex(/^[a-z]{2}$/)]).default('');

const chatId = z.union([z.int(), z.string().regex(/^-?\d+$/)]);

const scope = z
  .union([
    z.strictObject({
      type: z.enum(['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators']),
    }),
    z.strictObject({ type: z.literal('chat'), chat_id: chatId }),
  ])
  .default({ type: 'default' });

const command = z.strictObject({
  command: z.string().regex(/^[a-z0-9_]{1,32}$/, 'BOT_COMMAND_INVALID'),
  description: z.string().min(1).max(256),
});

/** Who the bot is, and what it shows of itself: name, descriptions, commands. */
export const profileMethods = (profile: Profile): Record<string, Method> => {
  const key = (of: z.infer<typeof scope>, code: string) =>
    `${'chat_id' in of ? `chat:${of.chat_id}` : of.type}/${code}`;

  const texts = (
    part: 'names' | 'descriptions' | 'short_descriptions',
    code: string,
    text: string,
    most: number,
  ) => {
    if (codePoints(text).length > most) badRequest('the text is too long');
    const { [code]: _old, ...others } = profile.get()[part];
    profile.change({
      [part]: text === '' && !(part === 'names' && code === '') ? others : { ...others, [code]: text },
    });
    return true;
  };
  const asked = z.strictObject({ language_code: language });

  return {
    getMe: method(z.strictObject({}), () => ({
      ...botUser(profile),
      can_join_groups: false,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
    })),
    setMyCommands: method(
      z.strictObject({ commands: z.array(command).max(100), scope, language_code: language }),
      ({ commands, scope, language_code }) => {
        const { [key(scope, language_code)]: _old, ...others } = profile.get().commands;
        profile.change({
          commands: commands.length === 0 ? others : { ...others, [key(scope, language_code)]: commands },
        });
        return true;
      },
    ),
    getMyCommands: method(
      z.strictObject({ scope, language_code: language }),
      ({ scope, language_code }) => profile.get().commands[key(scope, language_code)] ?? [],
    ),
    deleteMyCommands: method(
      z.strictObject({ scope, language_code: language }),
      ({ scope, language_code }) => {
        const { [key(scope, language_code)]: _old, ...others } = profile.get().commands;
        profile.change({ commands: others });
        return true;
      },
    ),
    setMyName: method(
      z.strictObject({ name: z.string().default(''), language_code: language }),
      ({ name, language_code }) => texts('names', language_code, name, 64),
    ),
    setMyDescription: method(
      z.strictObject({ description: z.string().default(''), language_code: language }),
      ({ description, language_code }) => texts('descriptions', language_code, description, 512),
    ),
    setMyShortDescription: method(
      z.strictObject({ short_description: z.string().default(''), language_code: language }),
      ({ short_description, language_code }) =>
        texts('short_descriptions', language_code, short_description, 120),
    ),
    getMyName: method(asked, ({ language_code }) => ({
      name: inLanguage(profile.get().names, language_code),
    })),
    getMyDescription: method(asked, ({ language_code }) => ({
      description: inLanguage(profile.get().descriptions, language_code),
    })),
    getMyShortDescription: method(asked, ({ language_code }) => ({
      short_description: inLanguage(profile.get().short_descriptions, language_code),
    })),
  };
};
