import type { ChannelName, Outgoing } from '../words/messages.ts';

/**
 * Something to be done outside, written in the transaction that wants it. It names stored things, never an address:
 * where it goes is looked up in the register when it is sent.
 */
export type Errand =
  | {
      kind: 'message';
      chatId: string;
      /** The case it belongs to; the chat must still be that case's chat when it is sent. */
      caseId: string | null;
      /** The desk's answer that this carries, to be marked with its fate. */
      messageId: string | null;
      message: Outgoing;
      /** What to do when nobody can tell whether it arrived: send again, or ask a person. */
      whenUnknown: 'repeat' | 'ask-desk';
    }
  /** Show the case as it is now. */
  | { kind: 'card'; caseId: string }
  /** A line under the card, about the case and without anything personal. */
  | { kind: 'card-line'; caseId: string; line: DeskLine };

/** What the desk is told under a card. */
export type DeskLine =
  | { what: 'family-wrote'; number: number; attachment: string | null }
  /** `of`: the number of what was changed; null for an answer in the form. */
  | { what: 'family-edited'; number: number; of?: number | null }
  | { what: 'urgent' }
  | { what: 'form-done' }
  | { what: 'taken' | 'released'; by: string }
  | { what: 'status'; by: string; to: string; second?: string }
  /** A move waits for somebody else to confirm it. */
  | { what: 'second-asked'; by: string; to: string }
  | { what: 'second-refused'; by: string; to: string }
  | { what: 'taken-back'; by: string; from: string }
  | { what: 'priority'; by: string; to: string }
  | { what: 'note'; by: string }
  | { what: 'reply'; by: string; number: number }
  | { what: 'delivered'; number: number }
  | { what: 'not-delivered'; number: number; why: string }
  | { what: 'unsure'; number: number }
  | { what: 'family-blocked' }
  | { what: 'family-gone' }
  | { what: 'family-back' }
  /** `by`: Unix ms. `mention`: Slack ids of staff, here and below. */
  | { what: 'promise-missed'; by: number; mention: readonly string[] }
  /** Nobody has taken a case of danger. `times`: how often the desk was called again. */
  | { what: 'untaken'; times: number; mention: 'channel' | readonly string[] }
  | { what: 'second-lapsed'; to: string; mention: readonly string[] }
  | { what: 'form-left' }
  | { what: 'wants-person' }
  /** Deciding has failed: a person reads what the machine could not. */
  | { what: 'fault' }
  | { what: 'withdrawn' }
  | { what: 'asked-deletion' };

/** Sorted by what the sender can do: it is there; wait; never; nobody knows. */
export type Sent =
  | { outcome: 'sent'; platformId: string }
  | { outcome: 'wait'; ms: number | null; why: string }
  | { outcome: 'never'; why: 'blocked' | 'gone' | 'refused' | 'no-family' }
  | { outcome: 'unknown'; why: string };

/** A way to reach a person. */
export type Channel = {
  name: ChannelName;
  send(address: string, message: Outgoing): Promise<Sent>;
};
