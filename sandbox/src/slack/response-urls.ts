import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { EmulatorDeps } from '../emulator.ts';
import { messageBlocks } from './blocks.ts';
import { app, team } from './identity.ts';
import { SlackError, complaints } from './slack-error.ts';
import type { Workspace } from './workspace.ts';

/** What a response_url stands for: the person who acted, where, and on which message. */
type Place = {
  user: string;
  channel: string;
  message_ts?: string;
  thread_ts?: string;
  uses: number;
  until: number;
};

export type ResponseUrls = {
  /** An address good for five answers in half an hour. */
  issue(kind: 'actions' | 'commands', place: Omit<Place, 'uses' | 'until'>): string;
  /** Throws used_url or expired_url. */
  use(secret: string): Place;
};

const uses = 5;
const lifeMs = 30 * 60_000;

export const openResponseUrls = ({ state, now, baseUrl }: EmulatorDeps): ResponseUrls => {
  const places = state.kind<Place>('slack.response_url');
  return {
    issue(kind, place) {
      for (const { id, value } of places.list()) if (value.until < now() - lifeMs) places.delete(id);
      const secret = randomBytes(12).toString('base64url');
      places.put(secret, { ...place, uses: 0, until: now() + lifeMs });
      return `${baseUrl()}/slack/${kind}/${team.id}/${state.next('slack.response_url')}/${secret}`;
    },
    use(secret) {
      const place = places.get(secret);
      if (!place) throw new SlackError('no_such_url');
      if (place.until < now()) throw new SlackError('expired_url');
      if (place.uses >= uses) throw new SlackError('used_url');
      places.put(secret, { ...place, uses: place.uses + 1 });
      return place;
    },
  };
};

/** What an app answers to a slash command or posts to a response_url. */
export const responseMessage = z.strictObject({
  text: z.string().max(40_000).optional(),
  blocks: messageBlocks.optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
  mrkdwn: z.boolean().optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
  metadata: z
    .strictObject({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
    .optional(),
});

type Where = Pick<Place, 'user' | 'channel' | 'message_ts' | 'thread_ts'>;

/** Posts, replaces or deletes as the app asks. Throws invalid_payload, no_text, and what posting throws. */
export const respond = ({ channels, messages, posting }: Workspace, where: Where, body: unknown): void => {
  const read = responseMessage.safeParse(body);
  if (!read.success) throw new SlackError('invalid_payload', complaints(read.error));
  const {
    text = '',
    blocks,
    replace_original,
    delete_original,
    response_type,
    thread_ts,
    metadata,
  } = read.data;
  const original = where.message_ts === undefined ? undefined : messages.get(where.channel, where.message_ts);
  if (delete_original) {
    if (original?.user === app.user) posting.remove(original);
    return;
  }
  if (text === '' && !blocks?.length) throw new SlackError('no_text');
  if (replace_original) {
    if (!original || original.user !== app.user) throw new SlackError('message_not_found');
    posting.change(original, { text, ...(blocks ? { blocks } : {}), ...(metadata ? { metadata } : {}) });
    return;
  }
  const channel = channels.get(where.channel);
  if (!channel) throw new SlackError('channel_not_found');
  posting.post({
    channel,
    user: app.user,
    text,
    blocks,
    metadata,
    thread_ts: thread_ts ?? where.thread_ts,
    ...(response_type === 'in_channel' ? {} : { ephemeral_for: where.user }),
  });
};
