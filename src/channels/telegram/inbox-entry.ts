import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Source } from '../../core/words/messages.ts';

/** An update on its way into the inbox. `offset` would confirm it to Telegram; null when it has no usable id. */
export type IncomingEntry = {
  entry: { source: Source; lane: string; body: string };
  offset: number | null;
};

const place = z.object({ id: z.int() }).transform(({ id }) => String(id));
const lanes = z.union([
  z.object({ message: z.object({ chat: place }) }).transform((u) => u.message.chat),
  z.object({ edited_message: z.object({ chat: place }) }).transform((u) => u.edited_message.chat),
  z.object({ callback_query: z.object({ from: place }) }).transform((u) => u.callback_query.from),
  z.object({ my_chat_member: z.object({ chat: place }) }).transform((u) => u.my_chat_member.chat),
]);
/** Ids are 32 bits wide, and the offset after the last must be one too. */
const latest = 2 ** 31 - 2;
const numbered = z.object({ update_id: z.int().nonnegative().max(latest) });

/** Takes any JSON: what is not an update is kept too, for a person to look at. */
export function toEntry(update: unknown): IncomingEntry {
  const body = JSON.stringify(update, withoutPlaces) ?? 'null';
  const id = numbered.safeParse(update).data?.update_id;
  const key = id === undefined ? `odd-${fingerprint(body)}` : String(id);
  return {
    entry: { source: { name: 'telegram', key }, lane: lanes.safeParse(update).data ?? 'odd', body },
    offset: id === undefined ? null : id + 1,
  };
}

/** In letters only: a long run of digits in the log would look like somebody's number. */
const fingerprint = (body: string): string =>
  createHash('sha256')
    .update(body)
    .digest('hex')
    .slice(0, 32)
    .replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));

/** Where somebody is must not be kept, not even sealed: that there was a place is all that is stored. */
const withoutPlaces = (key: string, value: unknown): unknown =>
  (key === 'location' || key === 'venue') && typeof value === 'object' && value !== null ? {} : value;
