import { z } from 'zod';

/** What is kept of a Slack event until it has been handled: only what we need of it. */
const storedEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('message'),
    user: z.string(),
    team: z.string().optional(),
    channel: z.string(),
    /** The thread to answer in; null = in the chat itself. */
    thread: z.string().nullable(),
    ts: z.string(),
    text: z.string(),
    files: z.boolean(),
    /** Said where people of another organisation read along. */
    shared: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('home'), user: z.string(), team: z.string().optional() }),
  z.strictObject({
    kind: z.literal('press'),
    user: z.string(),
    team: z.string().optional(),
    channel: z.string(),
    thread: z.string().nullable(),
    button: z.string(),
    ts: z.string(),
  }),
]);

export type StoredEvent = z.infer<typeof storedEvent>;

/** Reads an inbox body back. Throws on anything that we did not write. */
export const readStored = (body: string): StoredEvent => storedEvent.parse(JSON.parse(body));

const envelope = z.looseObject({
  event_id: z.string().min(1),
  is_ext_shared_channel: z.boolean().optional(),
  event: z.looseObject({ type: z.string() }),
});

const said = z.looseObject({
  user: z.string(),
  channel: z.string(),
  ts: z.string(),
  text: z.string().default(''),
  user_team: z.string().optional(),
  team: z.string().optional(),
  thread_ts: z.string().optional(),
  files: z.array(z.unknown()).optional(),
});

const homeOpened = z.looseObject({ user: z.string(), tab: z.string().optional() });

/** An event as the inbox keeps it; `null` = none of our business; `malformed` = not of Slack's shape. */
export function storeEvent(
  body: unknown,
): { key: string; lane: string; stored: StoredEvent } | null | 'malformed' {
  const read = envelope.safeParse(body);
  if (!read.success) return 'malformed';
  const { event, event_id: key, is_ext_shared_channel: shared = false } = read.data;
  switch (event.type) {
    case 'message':
      // A mention in a channel comes as `app_mention`; in a direct message it comes as a message.
      return event['channel_type'] === 'im' ? message(key, event, null, shared) : null;
    case 'app_mention': {
      const inDm = typeof event['channel'] === 'string' && event['channel'].startsWith('D');
      return inDm ? null : message(key, event, 'own', shared);
    }
    case 'app_home_opened': {
      const opened = homeOpened.safeParse(event);
      if (!opened.success) return 'malformed';
      if (opened.data.tab === 'messages') return null;
      const { user } = opened.data;
      return { key, lane: `home:${user}`, stored: { kind: 'home', user } };
    }
    default:
      return null;
  }
}

/** People's new messages only: no edits, joins, bots, and nothing of our own. */
function message(
  key: string,
  event: Record<string, unknown>,
  thread: 'own' | null,
  shared: boolean,
): { key: string; lane: string; stored: StoredEvent } | null | 'malformed' {
  const { subtype, bot_id: bot } = event;
  if (
    bot !== undefined ||
    (subtype !== undefined && subtype !== 'file_share' && subtype !== 'thread_broadcast')
  )
    return null;
  const read = said.safeParse(event);
  if (!read.success) return 'malformed';
  const { user, channel, ts, text, files, thread_ts } = read.data;
  const team = read.data.user_team ?? read.data.team;
  return {
    key,
    lane: `${channel}:${user}`,
    stored: {
      kind: 'message',
      user,
      ...(team !== undefined && { team }),
      channel,
      thread: thread === 'own' ? (thread_ts ?? ts) : null,
      ts,
      text,
      files: (files ?? []).length > 0,
      shared,
    },
  };
}
