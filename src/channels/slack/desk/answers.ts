import type { types, webApi } from '@slack/bolt';
import type { Channel, Sent } from '../../../core/register/outbox.ts';
import type { Outgoing } from '../../../core/words/messages.ts';
import { clip } from '../../../core/words/rich-text.ts';
import { LIMITS } from '../blocks/limits.ts';
import { mrkdwn, richTextBlocks } from '../blocks/rich-text.ts';
import type { Failure } from '../wire/send-errors.ts';
import { isChannelFailure, sortFailure } from '../wire/send-errors.ts';

/** Where an answer to staff goes: a direct message, or a thread. */
export type Address = { channel: string; thread: string | null };

/** `D123`, or `C123/1690.1` for a thread. */
export const addressOf = ({ channel, thread }: Address): string =>
  thread === null ? channel : `${channel}/${thread}`;

const readAddress = (address: string): Address => {
  const [channel = '', thread] = address.split('/');
  return { channel, thread: thread ?? null };
};

/** The helpline's answer to staff, as Block Kit. Pure. */
export function answerBlocks({ text, buttons }: Outgoing): types.KnownBlock[] {
  const rows = buttons
    .filter((row) => row.length > 0)
    .map((row, y): types.ActionsBlock => ({
      type: 'actions',
      elements: row.slice(0, LIMITS.actions).map(({ id, label }, x) => ({
        type: 'button',
        text: { type: 'plain_text', text: clip(label, LIMITS.button) || '…' },
        action_id: `answer:${y * LIMITS.actions + x}`,
        value: id,
      })),
    }))
    .slice(0, 10);
  return [...richTextBlocks(text).slice(0, LIMITS.messageBlocks - rows.length), ...rows];
}

/** Answers to staff in direct messages and threads. A chat that is gone is nobody's alarm: its question is gone too. */
export function slackAnswers(deps: {
  client: webApi.WebClient;
  failed: (failure: Failure) => void;
}): Channel {
  return {
    name: 'slack',
    async send(address, message): Promise<Sent> {
      const { channel, thread } = readAddress(address);
      try {
        const { ts } = await deps.client.chat.postMessage({
          channel,
          ...(thread !== null && { thread_ts: thread }),
          text: clip(mrkdwn(message.text), LIMITS.fallbackText),
          blocks: answerBlocks(message),
          unfurl_links: false,
          unfurl_media: false,
        });
        return { outcome: 'sent', platformId: ts ?? '' };
      } catch (error) {
        const failure = sortFailure(error);
        if (isChannelFailure(failure)) return { outcome: 'never', why: 'gone' };
        deps.failed(failure);
        return failure.sent;
      }
    },
  };
}
