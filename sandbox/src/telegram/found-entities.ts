import type { TelegramEntity } from '../views.ts';

const patterns: [type: string, pattern: RegExp][] = [
  ['email', /(?<![\w.+/@-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  [
    'url',
    /\bhttps?:\/\/[^\s<>"]*[^\s<>".,;:!?()'\]]|\b(?:[a-z\d-]+\.)+(?:com|org|net|in|ru|gov|info)\b(?:\/[^\s<>"]*[^\s<>".,;:!?()'\]])?/gi,
  ],
  ['bot_command', /(?<![\p{L}\p{N}_/<>])\/\w{1,64}(?:@\w{3,32})?(?![\w/])/gu],
  ['mention', /(?<![\w@])@\w{3,32}\b/g],
  ['hashtag', /(?<![\p{L}\p{M}\p{N}_#])#[\p{L}\p{M}\p{N}_]*[\p{L}_][\p{L}\p{M}\p{N}_]*/gu],
  ['phone_number', /(?<![\w+])\+\d[\d ()-]{7,16}\d(?!\w)/g],
];

/** Links, commands, mentions and the like, which Telegram marks in every text by itself. Earlier kinds win over later ones. */
export const foundEntities = (text: string): TelegramEntity[] => {
  const found: TelegramEntity[] = [];
  for (const [type, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length };
      if (!found.some((other) => overlap(entity, other))) found.push(entity);
    }
  }
  return found.toSorted((a, b) => a.offset - b.offset);
};

const overlap = (a: TelegramEntity, b: TelegramEntity): boolean =>
  a.offset < b.offset + b.length && b.offset < a.offset + a.length;
