import type { Attachment } from '../words/messages.ts';

/** Words and files said before there is a case to keep them in. */
export type Held = { text: string; attachment: Attachment | null; messageId: string | null; at: number };

/**
 * Where a chat stands. It may be forgotten at any time (it lives in Keyv with a time to live): whatever must last is in
 * the case from the moment the family agrees. Without it, the chat simply starts from its cases.
 */
export type Conversation = {
  language: string;
  /** Chosen by the person; then it no longer follows what they write. */
  languageChosen: boolean;
  step:
    | { at: 'idle' }
    /** Asked whether somebody is in danger at this moment. `inPassing`: the intake does not follow. */
    | { at: 'danger'; inPassing?: true }
    | { at: 'notice' }
    | { at: 'sharing' }
    /** `mode`: first pass, one field corrected, or more told than was asked. `anew`: the next choice replaces the earlier ones. */
    | {
        at: 'form';
        caseId: string;
        field: string;
        mode: 'asking' | 'correcting' | 'adding';
        tries: number;
        anew?: true;
      }
    | { at: 'review'; caseId: string };
  /** Kept until the notice is answered, then moved into the case, or dropped. */
  held: Held[];
  /** What these words told that the form would ask, by field id; read back when the case is opened. */
  facts: Record<string, string>;
  /** The needs that brought the person here, the main one first: the form does not ask for them again. */
  intents: string[];
  /** The answer to the question about danger, until there is a case to keep it in. */
  danger: 'no' | 'unknown' | null;
  /** Intents whose buttons were offered in the last clarification. */
  offered: string[];
  /** In a row; after two, a person. */
  misunderstood: number;
  /** When the desk was last called for danger (ms); null when it was not, or that is forgotten. */
  calledAt: number | null;
  /** The album whose arrival has been acknowledged: its further pictures need no word of their own. */
  album: string | null;
  /** When the desk was last told of something the family said, by case (apart for its time after closing), Unix ms. Forgotten, it costs one line more. */
  told: Record<string, number>;
};

/** Where a chat stands in which nothing is asked and nothing has been told that must be kept. */
export const nothingTold = () =>
  ({
    step: { at: 'idle' },
    held: [],
    facts: {},
    intents: [],
    danger: null,
    offered: [],
    misunderstood: 0,
  }) satisfies Partial<Conversation>;

export const freshConversation = (language: string): Conversation => ({
  language,
  languageChosen: false,
  ...nothingTold(),
  calledAt: null,
  album: null,
  told: {},
});

/** How long a conversation is remembered after its last message: long enough to come back to an unfinished form. */
export const CONVERSATION_TTL_MS = 30 * 24 * 3600_000;
/** Words said before the notice was answered are kept no longer than this. */
export const UNCONSENTED_TTL_MS = 24 * 3600_000;
