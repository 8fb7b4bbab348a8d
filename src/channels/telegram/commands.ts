import type { Api } from 'grammy';
import type { BotCommand, LanguageCode } from 'grammy/types';

/** The menu of commands in the app; the one without a language is everybody else's. Hindi: status draft. */
const menus: { language?: LanguageCode; commands: BotCommand[] }[] = [
  {
    commands: [
      { command: 'start', description: 'Begin, or begin again' },
      { command: 'status', description: 'Where my request stands' },
      { command: 'help', description: 'What this helpline can do' },
      { command: 'language', description: 'Choose the language' },
      { command: 'cancel', description: 'Stop the questions' },
    ],
  },
  {
    language: 'hi',
    commands: [
      { command: 'start', description: 'शुरू करें या फिर से शुरू करें' },
      { command: 'status', description: 'मेरा अनुरोध कहाँ तक पहुँचा' },
      { command: 'help', description: 'यह हेल्पलाइन क्या कर सकती है' },
      { command: 'language', description: 'भाषा चुनें' },
      { command: 'cancel', description: 'सवाल रोकें' },
    ],
  },
];

/** Puts the menus up. They are a comfort only: a failure is not worth a word, the next start tries again. */
export async function showCommands(api: Pick<Api, 'setMyCommands'>): Promise<void> {
  for (const { language, commands } of menus)
    await api.setMyCommands(commands, language ? { language_code: language } : {}).catch(() => {});
}
