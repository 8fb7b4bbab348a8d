import type { Attachment, ChannelName } from '../words/messages.ts';
import type { Priority, Status } from './case-status.ts';

/** Somebody of the desk: the platform's id and the name that families are told. */
export type Officer = { id: string; name: string };

/** The purposes that a person agrees to, each on its own: desk, Embassy/Ministry, Russian side or Red Cross, police. */
export const PURPOSES = ['desk', 'embassy_ministry', 'russia_icrc', 'police'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The two doors of a take-up: Embassy in Moscow → Russian authorities; Ministry → Russian Embassy in New Delhi. */
export const DOORS = ['embassy_moscow', 'ministry_delhi'] as const;
export type Door = (typeof DOORS)[number];

/** The state of a message on its way to a family. */
export const DELIVERIES = ['waiting', 'delivered', 'failed', 'unknown'] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** Values of the intake form by field id. */
export type FieldValues = Record<string, string>;

/** A move that waits for a second officer to confirm or refuse it. What it says is sealed beside it. */
export type SecondRequest = {
  id: string;
  /** The status that the case is to get. */
  to: Status;
  /** Slack id of the officer who asks; never the one who confirms. */
  by: string;
  at: number;
  /** It goes past the family's consent, to save a life. */
  beyondConsent: boolean;
};

/**
 * One family's request about one man, as its story tells it: the fold of its events. Codes, counts and times only; times
 * are Unix ms. The row in the register is its newest projection.
 */
export type CaseState = {
  id: string;
  reference: string;
  personId: string;
  chatId: string;
  /** Which desk of the register answers for it. */
  desk: string;
  /** Where it was told: a family's chat, or Slack, when staff opened it for somebody who can't be written to. */
  channel: ChannelName;
  status: Status;
  /** The status before this one: what a head can take an outcome back to. */
  previous: Status | null;
  priority: Priority;
  /** Since when a person's grading stands; null while only the machine has graded. */
  gradedAt: number | null;
  ownerId: string | null;
  /** ISO 3166 alpha-2, or null while not known. */
  country: string | null;
  language: string;
  /** Codes of the intake form's `situation`. */
  needs: string[];
  /** Asked questions are answered or skipped and the family has sent the form off. */
  formDone: boolean;
  createdAt: number;
  updatedAt: number;
  /** Last word from the family, and last answer of the desk. */
  familyAt: number;
  deskAt: number | null;
  /** By when the family has been told that they will hear from a person. */
  nextContactAt: number | null;
  /** Since when that time has passed without a word from the desk. */
  overdueAt: number | null;
  /** When danger was last heard. */
  dangerAt: number | null;
  /** When the desk was last called for it, and how often again since then. */
  calledAt: number;
  alarms: number;
  /** The family has left the form unfinished, and the desk has been told. */
  formLeft: boolean;
  request: SecondRequest | null;
  /** The highest № that a message of the case has. */
  messages: number;
  /** The version at which status, owner or request last changed: a form that was opened before it is stale. */
  settled: number;
  /** Rises by one with each event that changes the case. */
  version: number;
  /** All events of the case, those that change nothing included. */
  events: number;
};

/** The state with what stands sealed or apart from it: the owner's name, and where the desk's card is. */
export type CaseRecord = CaseState & {
  owner: Officer | null;
  /** Null until the card has been posted. */
  card: { channel: string; ts: string } | null;
};

/** The man: what all relatives' cases share. */
export type PersonState = { id: string; outcome: Status | null; takeUps: string[]; events: number };

/** One message of a case: the family's, the desk's answer, or a note among staff. Its text is sealed at rest. */
export type CaseMessage = {
  id: string;
  caseId: string;
  /** Counts up within a case: the № that both sides can name. */
  number: number;
  from: 'family' | 'desk' | 'note';
  author: Officer | null;
  text: string;
  attachment: Attachment | null;
  language: string | null;
  at: number;
  /** Only on the desk's answers. */
  delivery: Delivery | null;
  /** A short word on why it failed: `blocked`, `gone`, `refused` … */
  failure: string | null;
  /** The platform's id of the message; an edit is found by it. */
  platformId: string | null;
  /** The message that this one is a newer wording of. */
  edits: string | null;
};

export type Consent = {
  chatId: string;
  noticeVersion: string;
  noticeHash: string;
  language: string;
  purposes: Purpose[];
  at: number;
  withdrawnAt: number | null;
};

/** What a take-up says: with whom, on which day (YYYY-MM-DD), under which reference. */
export type TakeUpContent = { door: Door; counterpart: string; date: string; reference: string };

/** One act of taking a man's matter up with the other side, through one of the two doors, confirmed by a second officer. */
export type TakeUp = TakeUpContent & {
  id: string;
  personId: string;
  caseId: string;
  officer: Officer;
  secondOfficer: Officer;
  at: number;
};
