import type { webApi } from '@slack/bolt';
import type { CardPlace } from '../../../core/desk/case-card.ts';

/** Slack's own address of a card; null when it cannot be had now. */
export async function linkTo(client: webApi.WebClient, { channel, ts }: CardPlace): Promise<string | null> {
  try {
    return (await client.chat.getPermalink({ channel, message_ts: ts })).permalink ?? null;
  } catch {
    return null;
  }
}
