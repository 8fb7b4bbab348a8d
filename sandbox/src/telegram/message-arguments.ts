import { z } from 'zod';
import { replyMarkupSchema } from './reply-markup.ts';

export const chatId = z.union([z.int(), z.string().min(1)]);

const linkPreview = z.strictObject({
  is_disabled: z.boolean().optional(),
  url: z.string().optional(),
  prefer_small_media: z.boolean().optional(),
  prefer_large_media: z.boolean().optional(),
  show_above_text: z.boolean().optional(),
});

export const formatting = { parse_mode: z.string().optional(), link_preview_options: linkPreview.optional() };

export const common = {
  chat_id: chatId,
  disable_notification: z.boolean().optional(),
  protect_content: z.boolean().optional(),
  reply_parameters: z
    .strictObject({ message_id: z.int(), allow_sending_without_reply: z.boolean().optional() })
    .optional(),
  reply_markup: replyMarkupSchema.optional(),
};

export type Common = z.infer<z.ZodObject<typeof common>>;
