import { z } from 'zod';

/**
 * The parts of Telegram's Update that the helpline reads (core.telegram.org/bots/api#update). Only who, where and the
 * words must be as expected; anything else that is not is taken as absent, so that no change of Telegram's costs a message.
 */

const whole = z.int().optional().catch(undefined);
const word = z.string().optional().catch(undefined);
const thing = z.unknown().optional();

const user = z.object({ id: z.int(), is_bot: z.boolean().catch(false), language_code: word });

const chat = z.object({ id: z.int(), type: z.string() });

const file = z.object({
  file_id: z.string().min(1),
  file_name: word,
  file_size: whole,
  duration: whole,
});
const aFile = file.optional().catch(undefined);

const contact = z.object({
  phone_number: z.string(),
  first_name: word,
  last_name: word,
  user_id: whole,
});

const message = z.object({
  message_id: z.int(),
  date: whole,
  edit_date: whole,
  chat,
  from: user.optional(),
  media_group_id: word,
  text: z.string().optional(),
  caption: word,
  photo: z.array(file).optional().catch(undefined),
  voice: aFile,
  video: aFile,
  video_note: aFile,
  animation: aFile,
  audio: aFile,
  document: aFile,
  contact: contact.optional().catch(undefined),
  location: thing,
  venue: thing,
  // Telegram's own notes in a private chat: nobody has said anything.
  pinned_message: thing,
  message_auto_delete_timer_changed: thing,
  chat_background_set: thing,
  write_access_allowed: thing,
  forum_topic_created: thing,
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
  date: whole,
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
export type TelegramFile = z.infer<typeof file>;
