import { z } from 'zod';
import { badRequest } from './bot-api-error.ts';
import type { InlineKeyboard } from './words.ts';

const style = z.enum(['danger', 'success', 'primary']).optional();

const inlineButton = z.strictObject({
  text: z.string().min(1),
  url: z.string().optional(),
  callback_data: z.string().optional(),
  style,
});

const keyboardButton = z.union([
  z
    .string()
    .min(1)
    .transform((text) => ({ text })),
  z.strictObject({
    text: z.string().min(1),
    style,
    request_contact: z.boolean().optional(),
    request_location: z.boolean().optional(),
  }),
]);

const placeholder = z.string().min(1).max(64).optional();

const inline = z.strictObject({ inline_keyboard: z.array(z.array(inlineButton)) });

const keyboard = z.strictObject({
  keyboard: z.array(z.array(keyboardButton)),
  is_persistent: z.boolean().optional(),
  resize_keyboard: z.boolean().optional(),
  one_time_keyboard: z.boolean().optional(),
  input_field_placeholder: placeholder,
  selective: z.boolean().optional(),
});

const remove = z.strictObject({ remove_keyboard: z.literal(true), selective: z.boolean().optional() });

const forceReply = z.strictObject({
  force_reply: z.literal(true),
  input_field_placeholder: placeholder,
  selective: z.boolean().optional(),
});

export const replyMarkupSchema = z.union([inline, keyboard, remove, forceReply]);

/** The reply keyboard below a chat's input field. */
export type ReplyKeyboard = {
  rows: { text: string; request_contact?: boolean; request_location?: boolean }[][];
  one_time: boolean;
  placeholder?: string;
};

/** What no schema says of an inline keyboard: bytes of data, one action a button, valid links, size. Empty rows fall away. */
export const checkedInline = (markup: z.infer<typeof inline>): InlineKeyboard | undefined => {
  const rows = markup.inline_keyboard.filter((row) => row.length > 0);
  checkSize(rows, 100);
  const checked = rows.map((row) =>
    row.map(({ text, url, callback_data, style }) => {
      if ((url === undefined) === (callback_data === undefined))
        return badRequest(
          url === undefined
            ? "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
            : "can't parse inline keyboard button: exactly one action must be given",
        );
      if (callback_data !== undefined) {
        const bytes = Buffer.byteLength(callback_data);
        if (bytes < 1 || bytes > 64) badRequest('BUTTON_DATA_INVALID');
      }
      if (url !== undefined && !/^(https?|tg):\/\/\S+$/i.test(url))
        badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
      return {
        text,
        ...(url === undefined ? {} : { url }),
        ...(callback_data === undefined ? {} : { callback_data }),
        ...(style ? { style } : {}),
      };
    }),
  );
  return checked.length > 0 ? { inline_keyboard: checked } : undefined;
};

export const checkedKeyboard = (markup: z.infer<typeof keyboard>): ReplyKeyboard => {
  const rows = markup.keyboard.filter((row) => row.length > 0);
  if (rows.length === 0) badRequest("can't parse reply keyboard markup: the keyboard is empty");
  checkSize(rows, 300);
  return {
    rows: rows.map((row) =>
      row.map((button) => {
        const contact = 'request_contact' in button && button.request_contact === true;
        const location = 'request_location' in button && button.request_location === true;
        if (contact && location) badRequest("can't parse keyboard button: exactly one request may be made");
        return {
          text: button.text,
          ...(contact ? { request_contact: true } : {}),
          ...(location ? { request_location: true } : {}),
        };
      }),
    ),
    one_time: markup.one_time_keyboard === true,
    ...(markup.input_field_placeholder === undefined ? {} : { placeholder: markup.input_field_placeholder }),
  };
};

const checkSize = (rows: unknown[][], most: number): void => {
  if (rows.flat().length > most || rows.some((row) => row.length > 8)) badRequest('reply markup is too long');
};
