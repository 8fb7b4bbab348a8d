import type { types, webApi } from '@slack/bolt';
import type { CardPlace, CardSent, CaseCard, DeskChannel } from '../../../core/desk/case-card.ts';
import { deskOf, type Desks } from '../../../core/case/desks.ts';
import { METADATA } from '../blocks/action-ids.ts';
import { cardBlocks, cardText } from './case-card.ts';
import { lineMessage } from './desk-line.ts';
import type { DeskLabels } from '../blocks/labels.ts';
import type { Failure } from '../wire/send-errors.ts';
import { GONE, isChannelFailure, sortFailure } from '../wire/send-errors.ts';

const PAGE = 200;
/** A look back through the channel ends here: 20,000 messages since the case was opened. */
const PAGES = 100;
/** Slack's clock may not be ours. */
const SKEW_MS = 10 * 60_000;

type Metadata = { event_type?: string | undefined; event_payload?: object | undefined } | undefined;
type Found = { ts?: string | undefined; metadata?: Metadata };

const carries = (metadata: Metadata, type: string, field: string, value: string): boolean =>
  metadata?.event_type === type &&
  Object.entries(metadata.event_payload ?? {}).some(([key, carried]) => key === field && carried === value);

/** The first message that matches, looked for page by page. */
async function findIn(
  pageOf: (cursor: string) => Promise<{
    messages?: Found[] | undefined;
    response_metadata?: { next_cursor?: string | undefined } | undefined;
  }>,
  matches: (message: Found) => boolean,
): Promise<string | null> {
  let cursor = '';
  for (let page = 0; page < PAGES; page += 1) {
    const { messages = [], response_metadata } = await pageOf(cursor);
    const found = messages.find(matches);
    if (found?.ts !== undefined) return found.ts;
    cursor = response_metadata?.next_cursor ?? '';
    if (cursor === '') return null;
  }
  return null;
}

/**
 * Cards and lines in the desk's channel. Each carries its own key as metadata, so that after a lost answer or a crash
 * it is found again instead of being posted twice.
 */
export function caseChannel(deps: {
  client: webApi.WebClient;
  desks: () => Desks;
  labels: DeskLabels;
  now: () => number;
  failed: (failure: Failure, channel: string) => void;
  sent: (channel: string) => void;
}): DeskChannel {
  const { client, desks, labels, now, failed, sent } = deps;

  /** Where the desk that answers for the case has its cards. */
  const channelOf = (one: Pick<CaseCard, 'desk'>): string => deskOf(desks(), one.desk).channel;

  /** The card is in a channel that its desk has left, and we cannot write there any more. */
  const leftBehind = (at: CardPlace, one: Pick<CaseCard, 'desk'>, error: unknown): boolean =>
    at.channel !== channelOf(one) && isChannelFailure(sortFailure(error));

  const findCard = (card: CaseCard, notThis: string | null): Promise<string | null> =>
    findIn(
      (cursor) =>
        client.conversations.history({
          channel: channelOf(card),
          oldest: String((card.createdAt - SKEW_MS) / 1000),
          limit: PAGE,
          include_all_metadata: true,
          ...(cursor && { cursor }),
        }),
      ({ ts, metadata }) => ts !== notThis && carries(metadata, METADATA.card, 'case_id', card.caseId),
    );

  const content = (
    card: CaseCard,
  ): { text: string; blocks: types.KnownBlock[]; metadata: types.MessageMetadata } => ({
    text: cardText(card, labels),
    blocks: cardBlocks(card, labels, now()),
    metadata: {
      event_type: METADATA.card,
      event_payload: { case_id: card.caseId, reference: card.reference, version: card.version },
    },
  });

  const post = async (card: CaseCard): Promise<CardPlace> => {
    const wanted = channelOf(card);
    const { channel = wanted, ts } = await client.chat.postMessage({
      channel: wanted,
      ...content(card),
      unfurl_links: false,
      unfurl_media: false,
    });
    if (ts === undefined) throw new Error('chat.postMessage told no ts');
    return { channel, ts };
  };

  /** False when the card is not there any more, or where we cannot write any more. */
  const update = async (card: CaseCard, at: CardPlace): Promise<boolean> => {
    try {
      await client.chat.update({ channel: at.channel, ts: at.ts, ...content(card) });
      return true;
    } catch (error) {
      if (GONE.has(sortFailure(error).code) || leftBehind(at, card, error)) return false;
      throw error;
    }
  };

  const failure = (error: unknown, channel: string): Failure['sent'] => {
    const sorted = sortFailure(error);
    failed(sorted, channel);
    return sorted.sent;
  };

  const shown = (place: CardPlace): CardSent => {
    sent(place.channel);
    return { outcome: 'sent', place };
  };

  return {
    async showCard(card, at, mayBeThere) {
      try {
        if (at && (await update(card, at))) return shown(at);
        const there = mayBeThere ? await findCard(card, at?.ts ?? null) : null;
        if (there !== null) {
          const place = { channel: channelOf(card), ts: there };
          if (await update(card, place)) return shown(place);
        }
        return shown(await post(card));
      } catch (error) {
        return failure(error, channelOf(card));
      }
    },

    async addLine(one, at, line, key, mayBeThere) {
      try {
        if (mayBeThere) {
          const there = await findIn(
            (cursor) =>
              client.conversations.replies({
                channel: at.channel,
                ts: at.ts,
                limit: PAGE,
                include_all_metadata: true,
                ...(cursor && { cursor }),
              }),
            ({ metadata }) => carries(metadata, METADATA.line, 'key', key),
          );
          if (there !== null) return { outcome: 'sent', platformId: there };
        }
        const { text, blocks, broadcast } = lineMessage(line, one, labels);
        const message = {
          channel: at.channel,
          thread_ts: at.ts,
          text,
          blocks,
          metadata: { event_type: METADATA.line, event_payload: { key } },
          unfurl_links: false,
          unfurl_media: false,
        };
        const { ts } = await client.chat.postMessage(
          broadcast ? { ...message, reply_broadcast: true } : message,
        );
        sent(at.channel);
        return { outcome: 'sent', platformId: ts ?? '' };
      } catch (error) {
        return leftBehind(at, one, error) ? { outcome: 'never', why: 'gone' } : failure(error, at.channel);
      }
    },
  };
}
