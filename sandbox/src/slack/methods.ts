import { z } from 'zod';
import type { Workspace } from './workspace.ts';
import { SlackError, complaints } from './slack-error.ts';

/** Slack's tiers, calls a minute; `post` is a message a second in each channel, `special` is not counted here. */
export type Tier = 't3' | 't4' | 'post' | 'special';

/** One method of the Web API. */
export type Method = {
  tier: Tier;
  /** The kind of token it takes. */
  token: 'bot' | 'app';
  /** Reads the arguments strictly and answers; throws SlackError. What it returns goes beside `ok: true`. */
  call(workspace: Workspace, given: Record<string, unknown>): Record<string, unknown>;
};

/** A method by its arguments' schema; anything not in it is refused with invalid_arguments. */
export const method = <S extends z.ZodType>(
  tier: Tier,
  schema: S,
  work: (workspace: Workspace, args: z.infer<S>) => Record<string, unknown>,
): Method => ({
  tier,
  token: 'bot',
  call(workspace, given) {
    const read = schema.safeParse(given, { reportInput: true });
    if (!read.success) throw new SlackError('invalid_arguments', complaints(read.error));
    return work(workspace, read.data);
  },
});

const parsed = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/** Form bodies carry everything as words; these read them as what they stand for. */
export const flag = z.preprocess(
  (value) => (value === '1' ? true : value === '0' ? false : parsed(value)),
  z.boolean(),
);
export const count = z.preprocess(parsed, z.number().int());
/** Blocks, views and metadata come as JSON in a string; checked further by the method itself. */
export const json = z.preprocess(parsed, z.unknown());
export const timestamp = z.string().regex(/^\d+(\.\d+)?$/);

/** A page of a list by Slack's opaque cursor. Throws invalid_cursor, invalid_limit. */
export const pageOf = <T>(
  items: T[],
  {
    cursor,
    limit = 100,
    most = 1000,
  }: { cursor?: string | undefined; limit?: number | undefined; most?: number },
): { items: T[]; next_cursor: string } => {
  if (limit < 1 || limit > most) throw new SlackError('invalid_limit');
  const start = cursor
    ? Number(
        Buffer.from(cursor, 'base64')
          .toString()
          .replace(/^next:/, ''),
      )
    : 0;
  if (!Number.isSafeInteger(start) || start < 0) throw new SlackError('invalid_cursor');
  const end = start + limit;
  return {
    items: items.slice(start, end),
    next_cursor: end < items.length ? Buffer.from(`next:${end}`).toString('base64') : '',
  };
};

/** A conversation that the app's bot can see. Throws channel_not_found. */
export const visibleChannel = ({ channels, people }: Workspace, id: string, bot: string, byName = false) => {
  const channel = byName ? channels.find(id) : channels.get(id);
  if (channel && (channel.kind === 'channel' || channel.members.includes(bot))) return channel;
  const person = byName ? people.get(id) : undefined;
  if (person && !person.deleted && !person.bot) return channels.dmWith(id);
  throw new SlackError('channel_not_found');
};
