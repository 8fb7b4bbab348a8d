import type {
  CaseMessage,
  CaseRecord,
  FieldValues,
  Officer,
  Purpose,
  TakeUp,
  TakeUpContent,
} from '../case/case-record.ts';
import type { Priority, Status } from '../case/case-status.ts';
import type { RequestContent } from '../register/register.ts';
import type { RichText } from '../words/rich-text.ts';
import type { Known } from './act.ts';
import type { CardPlace, CaseCard } from './case-card.ts';
import type { Staff } from './staff.ts';

/** Why the desk's wish was not carried out. Nothing was changed. */
export type Refusal = { done: false } & (
  | { why: 'no-such-case' }
  /** Of another desk of the register, or of none. */
  | { why: 'other-desk' }
  | { why: 'not-your-role' }
  | { why: 'needs-head' }
  /** Somebody was faster: the case is not as it was when the form was opened. */
  | { why: 'changed-meanwhile'; owner: Officer | null; status: Status }
  | { why: 'taken'; owner: Officer }
  | { why: 'not-yours'; owner: Officer | null }
  | { why: 'illegal-move'; from: Status; moves: Status[] }
  | { why: 'needs-evidence' }
  | { why: 'needs-take-up' }
  | { why: 'bad-take-up'; field: keyof TakeUpContent }
  | { why: 'needs-voice-answer' }
  /** The family has not agreed to this sharing. `mayGoBeyond`: a head may, to save a life, with a reason and a second officer. */
  | { why: 'needs-consent'; purpose: Purpose; mayGoBeyond: boolean }
  | { why: 'needs-reason' }
  /** Another move waits for a second officer already. */
  | { why: 'second-waits'; to: Status }
  | { why: 'no-request' }
  | { why: 'same-officer' }
  | { why: 'no-outcome' }
  | { why: 'blocked' }
  /** The family has taken its consent back. */
  | { why: 'withdrawn' }
  /** Staff opened the case: there is no family to write to. */
  | { why: 'no-family' }
  | { why: 'draft-gone' }
);

export type Done<T = object> = ({ done: true } & T) | Refusal;

/** What an officer sees of a case in the Details form. Reading it is on record. */
export type CaseDetails = {
  case: CaseRecord;
  /** Form fields in the form's order: id and value as the family gave it. */
  fields: { id: string; value: string }[];
  messages: CaseMessage[];
  takeUps: TakeUp[];
};

/** A change of status as an officer wishes it. */
export type StatusWish = {
  caseId: string;
  /** The version that the form was opened on. */
  version: number;
  to: Status;
  /** The evidence, kept sealed. */
  note: string;
  /** Send the family the standard sentence. */
  tell: boolean;
  voice: 'told' | 'not-yet' | null;
  takeUp: TakeUpContent | null;
  /** Why it must go past the family's consent. */
  reason: string | null;
};

/**
 * What staff can do. Every call names who does it, is asked of `may`, is one transaction with its event, and is safe to
 * repeat with the same `press` (the platform's id of the press or submit). An act that is missing in `ACTS` does not compile.
 */
export type DeskActions = {
  /** Somebody else's case is taken over by a head, or by anybody when its officer has left the desk. */
  take(staff: Staff, caseId: string, press: string, more?: Known): Promise<Done>;
  release(staff: Staff, caseId: string, press: string, more?: Known): Promise<Done>;
  setPriority(staff: Staff, caseId: string, to: Priority, press: string): Promise<Done>;
  /** `asked`: it waits for a second officer now, and nothing has changed yet. */
  setStatus(staff: Staff, wish: StatusWish, press: string): Promise<Done<{ asked: boolean }>>;
  /** The move that waits, for the form in which somebody else confirms or refuses it. On record as read. */
  readRequest(
    staff: Staff,
    caseId: string,
  ): Promise<Done<{ request: RequestContent & { to: Status; id: string } }>>;
  confirmSecond(staff: Staff, caseId: string, request: string, press: string): Promise<Done>;
  refuseSecond(staff: Staff, caseId: string, request: string, press: string): Promise<Done>;
  /** A head takes back an outcome that was wrong; the case is what it was before. */
  takeBackOutcome(staff: Staff, caseId: string, reason: string, press: string): Promise<Done>;
  /** The case without anything personal, for opening a form. */
  look(staff: Staff, caseId: string): Promise<Done<{ card: CaseCard }>>;
  /** The case with this reference, however it was typed, and where its card stands. The search is on record. */
  find(staff: Staff, reference: string): Promise<{ card: CaseCard; place: CardPlace | null } | null>;
  /** Everything of the case, on record as read by this officer. */
  readDetails(staff: Staff, caseId: string): Promise<Done<{ details: CaseDetails }>>;
  /** Keeps the text and gives back what the family will see, for the preview. */
  draftReply(
    staff: Staff,
    caseId: string,
    text: string,
    language: string,
  ): Promise<Done<{ draft: string; preview: RichText; to: FieldValues }>>;
  /** Sends a previewed draft to the stored case's chat. */
  sendReply(staff: Staff, draft: string): Promise<Done<{ number: number }>>;
  addNote(staff: Staff, caseId: string, text: string, press: string): Promise<Done>;
  /** Open cases: mine, and those nobody has taken; the first `most` of each, and how many there are. */
  queue(staff: Staff, most: number): Promise<Queue>;
};

export type Queue = {
  mine: { cards: CaseCard[]; count: number };
  free: { cards: CaseCard[]; count: number };
  open: number;
};
