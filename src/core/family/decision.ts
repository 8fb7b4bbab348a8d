import type { Conversation, Held } from '../register/conversation-state.ts';
import type { DeskLine } from '../register/outbox.ts';
import type { CaseRecord, Consent, FieldValues, Purpose } from '../case/case-record.ts';
import type { ChatRecord } from '../register/register.ts';
import type { InboundMessage, Outgoing } from '../words/messages.ts';
import type { Knowledge, Speech } from '../case/knowledge.ts';
import type { Routed } from './routed.ts';
import type { Desks } from '../case/desks.ts';
import type { Priority } from '../case/case-status.ts';

/** Everything that a decision is made from; read inside the unit of work, so that nothing changes under it. */
export type Turn = {
  message: InboundMessage;
  chat: ChatRecord;
  conversation: Conversation;
  /** The chat's cases, newest first. */
  cases: CaseRecord[];
  /** Form values of the case that the conversation is about, or of the newest open one. */
  fields: FieldValues;
  /** The same for every case that may be spoken of, by its id. */
  fieldsByCase: ReadonlyMap<string, FieldValues>;
  /** The № that the next message of that case gets. */
  nextNumber: number;
  consent: Consent | null;
  /** What the router made of the text; null for presses and files, and when the router itself failed. */
  routed: Routed | null;
  /** What the text tells that the form would ask, by field id. */
  facts: FieldValues;
  now: number;
  /** Whether an alarm would reach this desk's channel now, as far as is known. */
  deskReachable: (desk: string) => boolean;
  /** The desks that answer for cases. */
  desks: Desks;
  /** The reference that a case opened in this turn gets. */
  reference: string;
  knowledge: Knowledge;
  speech: Speech;
};

/** The id of a stored case of this chat, or `OPENED` for the one that is opened in the same turn. */
export type CaseTarget = string;

/** Stands for the id of the case that is opened in the same turn; the unit of work puts the real one in its place. */
export const OPENED = 'opened';

/** One thing to be done about it, all in the same transaction. */
export type Act =
  | { do: 'say'; message: Outgoing }
  | {
      do: 'open-case';
      priority: Priority;
      needs: string[];
      values: FieldValues;
      formDone: boolean;
      /** What the family said before there was a case. */
      held: Held[];
    }
  /** The words that were just said go into a case. */
  | { do: 'keep'; caseId: CaseTarget; tellDesk: boolean }
  /** Words that were waiting for the notice go into a case that was there before it. */
  | { do: 'keep-held'; caseId: string; held: Held[] }
  | { do: 'keep-edit' }
  | { do: 'fields'; caseId: CaseTarget; values: FieldValues }
  /** The family reads and writes another language from now on. */
  | { do: 'language'; caseId: string; language: string }
  /** Somebody may be in danger, or it was asked, denied or taken back. Heard, it makes the case P0, whoever graded it. */
  | { do: 'danger'; caseId: CaseTarget; what: 'heard' | 'again' | 'asked' | 'denied' | 'stood-down' }
  | { do: 'raise'; caseId: string; priority: Priority }
  | { do: 'form-done'; caseId: string }
  | { do: 'line'; caseId: CaseTarget; line: DeskLine }
  | { do: 'consent'; purposes: Purpose[] }
  | { do: 'withdraw-consent' }
  | { do: 'count-refusal' }
  | { do: 'blocked'; since: number | null };

/** What happens next in a chat. `next` null forgets the conversation. */
export type Decision = { acts: Act[]; next: Conversation | null };
