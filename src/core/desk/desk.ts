import type { CardPlace, CaseCard } from './case-card.ts';
import type { Priority, Status } from '../case/case-status.ts';
import type { CaseMessage, CaseRecord, FieldValues, Officer, TakeUp } from '../case/case-record.ts';
import type { RichText } from '../words/rich-text.ts';

/** Why the desk's wish was not carried out. Nothing was changed. */
export type Refusal =
  | { done: false; why: 'no-such-case' }
  /** Somebody was faster: the case is not as it was when the form was opened. */
  | { done: false; why: 'changed-meanwhile'; owner: Officer | null; status: Status }
  | { done: false; why: 'taken'; owner: Officer }
  | { done: false; why: 'not-yours'; owner: Officer | null }
  | { done: false; why: 'illegal-move'; from: Status; moves: Status[] }
  | { done: false; why: 'needs-take-up' }
  | { done: false; why: 'blocked' }
  /** The family has taken its consent back. */
  | { done: false; why: 'withdrawn' }
  | { done: false; why: 'draft-gone' };

export type Done<T = object> = ({ done: true } & T) | Refusal;

/** What an officer sees of a case in the Details form. Reading it is on record. */
export type CaseDetails = {
  case: CaseRecord;
  /** Form fields in the form's order: id and value as the family gave it. */
  fields: { id: string; value: string }[];
  messages: CaseMessage[];
  takeUps: TakeUp[];
};

export type TakeUpInput = {
  door: TakeUp['door'];
  counterpart: string;
  date: string;
  reference: string;
  secondOfficer: string;
};

/**
 * What staff can do. Every call names the officer, is one transaction with its audit line, and is safe to repeat with
 * the same `press` (the platform's id of the press or submit). Only people whom the access rule has let in get here.
 */
export type DeskActions = {
  take(officer: Officer, caseId: string, press: string): Promise<Done>;
  release(officer: Officer, caseId: string, press: string): Promise<Done>;
  setPriority(officer: Officer, caseId: string, to: Priority, press: string): Promise<Done>;
  /** `version` is the one the form was opened on. `note` is the evidence, kept sealed; `tell` sends the standard sentence. */
  setStatus(
    officer: Officer,
    change: {
      caseId: string;
      version: number;
      to: Status;
      note: string;
      tell: boolean;
      takeUp: TakeUpInput | null;
    },
    press: string,
  ): Promise<Done>;
  /** The case without anything personal, for opening a form. */
  look(caseId: string): Promise<CaseCard | null>;
  /** The case with this reference, however it was typed, and where its card stands. The search is on record. */
  find(officer: Officer, reference: string): Promise<{ card: CaseCard; place: CardPlace | null } | null>;
  /** Everything of the case, on record as read by this officer. */
  readDetails(officer: Officer, caseId: string): Promise<Done<{ details: CaseDetails }>>;
  /** Keeps the text and gives back what the family will see, for the preview. */
  draftReply(
    officer: Officer,
    caseId: string,
    text: string,
    language: string,
  ): Promise<Done<{ draft: string; preview: RichText; to: FieldValues }>>;
  /** Sends a previewed draft to the stored case's chat. */
  sendReply(officer: Officer, draft: string, press: string): Promise<Done<{ number: number }>>;
  addNote(officer: Officer, caseId: string, text: string, press: string): Promise<Done>;
  /** Open cases for the App Home: mine, and those nobody has taken. */
  queue(officer: Officer): Promise<{ mine: CaseCard[]; free: CaseCard[]; open: number }>;
};
