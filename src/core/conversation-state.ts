import type { Attachment } from './messages.ts';

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
    /** Asked whether somebody is in danger at this moment. */
    | { at: 'danger' }
    | { at: 'notice' }
    | { at: 'sharing' }
    | { at: 'form'; caseId: string; field: string; correcting: boolean; tries: number }
    | { at: 'review'; caseId: string }
    /** A help request while a case is open: is it about the same man? */
    | { at: 'same-or-other' };
  /** Kept until the notice is answered, then moved into the case, or dropped. */
  held: Held[];
  /** The intent that brought the person here, so that the form need not ask for the situation again. */
  intent: string | null;
  /** Intents whose buttons were offered in the last clarification. */
  offered: string[];
  /** In a row; after two, a person. */
  misunderstood: number;
};

/** How long a conversation is remembered after its last message. */
export const CONVERSATION_TTL_MS = 30 * 24 * 3600_000;
