import { z } from 'zod';

/** The parts of Telegram's Update that the helpline reads (core.telegram.org/bots/api#update). Anything more is let be. */

const user = z.object({
  id: z.int(),
  is_bot: z.boolean().default(false),
  language_code: z.string().optional(),
});

const chat = z.object({ id: z.int(), type: z.string() });

const file = z.object({
  file_id: z.string().min(1),
  file_name: z.string().optional(),
  file_size: z.number().optional(),
  duration: z.number().optional(),
});

const message = z.object({
  message_id: z.int(),
  date: z.int(),
  edit_date: z.int().optional(),
  chat,
  from: user.optional(),
  media_group_id: z.string().optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  photo: z.array(file).min(1).optional(),
  voice: file.optional(),
  video: file.optional(),
  video_note: file.optional(),
  animation: file.optional(),
  audio: file.optional(),
  document: file.optional(),
  contact: z
    .object({
      phone_number: z.string(),
      first_name: z.string().default(''),
      last_name: z.string().optional(),
      user_id: z.int().optional(),
    })
    .optional(),
  location: z.unknown(),
  venue: z.unknown(),
  // Telegram's own notes in a private chat: nobody has said anything.
  pinned_message: z.unknown(),
  message_auto_delete_timer_changed: z.unknown(),
  chat_background_set: z.unknown(),
  write_access_allowed: z.unknown(),
  forum_topic_created: z.unknown(),
});

const callback = z.object({
  from: user,
  /** Absent when the button was under a message that the bot sent elsewhere. */
  message: z.object({ chat }).optional(),
  data: z.string().optional(),
});

const membership = z.object({
  chat,
  from: user,
  date: z.int(),
  new_chat_member: z.object({ status: z.string() }),
});

export const updateShape = z.object({
  update_id: z.int(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: callback.optional(),
  my_chat_member: membership.optional(),
});

export type TelegramUpdate = z.infer<typeof updateShape>;
export type TelegramMessage = z.infer<typeof message>;
