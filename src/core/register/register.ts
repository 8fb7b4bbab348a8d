import type { Conversation } from './conversation-state.ts';
import type { Priority, Status } from '../case/case-status.ts';
import type { Errand } from './outbox.ts';
import type { Attachment, ChannelName, Source } from '../words/messages.ts';

/** A private chat. Its address is the only thing that a message's way back is ever taken from. */
export type ChatRecord = {
  id: string;
  channel: ChannelName;
  address: string;
  /** Unix ms since when the person has blocked the bot; null while they can be written to. */
  blockedAt: number | null;
  createdAt: number;
};

/** Somebody of the desk: the platform's id and the name that families are told. */
export type Officer = { id: string; name: string };

/** One family's request about one man. Holds nothing personal: that is in the fields and the messages. */
export type CaseRecord = {
  id: string;
  reference: string;
  personId: string;
  chatId: string;
  status: Status;
  priority: Priority;
  owner: Officer | null;
  /** ISO 3166 alpha-2, or null while not known. */
  country: string | null;
  language: string;
  /** Codes of the intake form's `situation`. */
  needs: string[];
  /** What the family reports, in the form's words; never what the desk has confirmed. */
  reportedStatus: string | null;
  /** Asked questions are answered or skipped and the family has sent the form off. */
  formDone: boolean;
  /** Rises by one with each change; a change made on an old version is refused. */
  version: number;
  createdAt: number;
  updatedAt: number;
  /** Last word from the family, and last answer of the desk, Unix ms. */
  familyAt: number;
  deskAt: number | null;
  /** By when the family has been told that they will hear from a person. */
  nextContactAt: number | null;
  /** Where the desk's card stands; null until it has been posted. */
  card: { channel: string; ts: string } | null;
  /** The version that the card shows. */
  cardVersion: number;
};

export type NewCase = Omit<CaseRecord, 'id' | 'version' | 'card' | 'cardVersion' | 'personId' | 'updatedAt'>;

/** The state of a message on its way to a family. */
export type Delivery = 'waiting' | 'delivered' | 'failed' | 'unknown';

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

export type NewMessage = Omit<CaseMessage, 'id' | 'number'>;

/** The purposes that a person agrees to, each on its own: desk, Embassy/Ministry, Russian side or Red Cross, police. */
export type Purpose = 'desk' | 'embassy_ministry' | 'russia_icrc' | 'police';

export type Consent = {
  chatId: string;
  noticeVersion: string;
  noticeHash: string;
  language: string;
  purposes: Purpose[];
  at: number;
  withdrawnAt: number | null;
};

/** One act of taking a man's matter up with the other side, through one of the two doors. */
export type TakeUp = {
  id: string;
  personId: string;
  caseId: string;
  door: 'embassy_moscow' | 'ministry_delhi';
  counterpart: string;
  date: string;
  reference: string;
  officer: Officer;
  secondOfficer: string;
  at: number;
};

/** One line of the audit: who did what to which thing; names of fields, never their values. */
export type AuditLine = {
  /** `family:<chat id>`, `staff:<id>` or `helpline`. */
  actor: string;
  action: string;
  /** `case:<id>`, `chat:<id>` … */
  object: string;
  fields?: string[];
};

/** Values of the intake form by field id. */
export type FieldValues = Record<string, string>;

/**
 * One transaction: what changed, what must be sent, and who did it, all or nothing. Only the unit may be used while it
 * is open, and nothing in it may wait for a network.
 */
export type UnitOfWork = {
  /** The time of this unit, Unix ms. */
  readonly now: number;
  inbox: {
    /** Marks an entry as done. False when it was done before: then there is nothing to do. */
    finish(source: Source): Promise<boolean>;
  };
  /** True the first time a key is seen: presses and forms may arrive twice, and have no inbox entry. */
  firstTime(scope: string, key: string): Promise<boolean>;
  chats: {
    byId(id: string): Promise<ChatRecord | null>;
    find(channel: ChannelName, address: string): Promise<ChatRecord | null>;
    /** The chat of this address, made if need be, and held by this unit so that another one waits. */
    open(channel: ChannelName, address: string): Promise<ChatRecord>;
    setBlocked(id: string, at: number | null): Promise<void>;
    /** Counts a refused notice: all that is kept of one. */
    countRefusal(): Promise<void>;
  };
  /** What may be forgotten, through Keyv: where a chat stands, and what an officer is writing. */
  conversations: {
    get(chatId: string): Promise<Conversation | null>;
    set(chatId: string, conversation: Conversation, ttlMs: number): Promise<void>;
    forget(chatId: string): Promise<void>;
  };
  drafts: {
    get(key: string): Promise<string | null>;
    set(key: string, text: string, ttlMs: number): Promise<void>;
    forget(key: string): Promise<void>;
  };
  consents: {
    record(consent: Consent): Promise<void>;
    latest(chatId: string): Promise<Consent | null>;
    withdraw(chatId: string): Promise<void>;
  };
  cases: {
    /** A random reference that no case has. */
    freshReference(): Promise<string>;
    /** Opens a case with its own data key and a new person file. */
    open(fresh: NewCase): Promise<CaseRecord>;
    /** Held by this unit until it ends, so that messages and cards of one case are written in order. */
    byId(id: string): Promise<CaseRecord | null>;
    byReference(reference: string): Promise<CaseRecord | null>;
    ofChat(chatId: string): Promise<CaseRecord[]>;
    /** Open cases for the desk's lists: most urgent first, then the longest waiting. */
    queue(filter: { owner?: string | null; limit: number }): Promise<CaseRecord[]>;
    /** Writes the given columns if the case is still at `version`; returns the new record, or null if it has moved on. */
    change(
      id: string,
      version: number,
      change: Partial<Omit<CaseRecord, 'id' | 'reference' | 'chatId' | 'version' | 'card' | 'cardVersion'>>,
    ): Promise<CaseRecord | null>;
    /** Where the card now stands and which version it shows; does not count as a change of the case. */
    recordCard(id: string, card: { channel: string; ts: string } | null, shownVersion: number): Promise<void>;
  };
  fields: {
    /** The newest value of each field. */
    read(caseId: string): Promise<FieldValues>;
    /** Adds new versions; nothing is overwritten. An empty value withdraws the field. */
    write(caseId: string, values: FieldValues, by: string): Promise<void>;
  };
  messages: {
    add(message: NewMessage): Promise<CaseMessage>;
    byId(id: string): Promise<CaseMessage | null>;
    /** Oldest first; at most `limit` of the newest. */
    ofCase(caseId: string, limit: number): Promise<CaseMessage[]>;
    byPlatformId(chatId: string, platformId: string): Promise<CaseMessage | null>;
    setDelivery(id: string, delivery: Delivery, failure?: string): Promise<void>;
    /** `last` is the highest number given so far. */
    count(caseId: string): Promise<{ family: number; desk: number; undelivered: number; last: number }>;
  };
  people: {
    setOutcome(personId: string, outcome: Status): Promise<void>;
  };
  takeUps: {
    add(takeUp: Omit<TakeUp, 'id'>): Promise<TakeUp>;
    ofPerson(personId: string): Promise<TakeUp[]>;
  };
  audit(line: AuditLine): Promise<void>;
  send(errand: Errand): Promise<void>;
  /** Ends an errand, with whatever its outcome means written in the same unit. Parked: kept, never tried again. */
  settle(errandId: number, outcome: 'sent' | 'parked'): Promise<void>;
};

/** An entry of the inbox: what a platform delivered, as it came. */
export type InboxEntry = { source: Source; lane: string; body: string; attempts: number; receivedAt: number };

/** An errand taken from the outbox under a lease. */
export type OutboxEntry = {
  id: number;
  errand: Errand;
  attempts: number;
  queuedAt: number;
  /** An earlier try may have arrived: it was claimed and never ended (a crash), or ended as unknown. */
  maybeSent: boolean;
};

/** The durable heart: cases, inbox, outbox, audit. Every call fails loudly when the store is down. */
export type Register = {
  /** Runs one transaction. Throwing rolls everything back. */
  work<T>(job: (unit: UnitOfWork) => Promise<T>): Promise<T>;
  inbox: {
    /**
     * Keeps what came, once per source and key; when this returns it is on disk and may be acknowledged. `cursor`
     * moves the reading position of that source (Telegram's offset) in the same transaction.
     */
    put(
      entries: { source: Source; lane: string; body: string }[],
      cursor?: { source: ChannelName; position: number },
    ): Promise<void>;
    cursor(source: ChannelName): Promise<number | null>;
    /** At most one entry a lane and none of a lane at work; the lane that was served longest ago first. */
    claim(limit: number, leaseMs: number): Promise<InboxEntry[]>;
    /** Back into its lane, to be tried again no sooner than `at`. `uncounted`: it could not be tried at all. */
    retry(source: Source, at: number, uncounted?: 'uncounted'): Promise<void>;
    /** Out of the way for good, kept for a person to look at, body and all. */
    bury(source: Source, reason: string): Promise<void>;
    /** What was set aside, oldest first: where from, why, since when (Unix ms); never what it says. */
    buried(): Promise<{ source: Source; reason: string; receivedAt: number }[]>;
    /** All of it back into its lanes, at the end, to be tried anew. Returns how many. */
    digUp(): Promise<number>;
  };
  outbox: {
    /** Due errands under a lease; of one stream only the oldest unsent. */
    claim(limit: number, leaseMs: number): Promise<OutboxEntry[]>;
    /** Back to be tried no sooner than `at`. `maybeSent`: nobody knows whether this try arrived. */
    retry(id: number, at: number, maybeSent: boolean): Promise<void>;
  };
  /**
   * For the process that delivers, at its start: what one that crashed had in its hands is free at once instead of at the
   * end of its lease. On Postgres nothing happens while another such process lives.
   */
  takeOver(): Promise<void>;
  /** Waiting, leased and buried entries; for health and metrics. */
  load(): Promise<{
    inbox: number;
    outbox: number;
    oldestInbox: number | null;
    oldestOutbox: number | null;
    buried: number;
    parked: number;
    openCases: number;
  }>;
  /** Recomputes the chain of audit lines. Gives the number of the first line that does not fit, or null. */
  verifyAudit(): Promise<{ lines: number; brokenAt: number | null }>;
  /** Forgets what has had its time: expired conversations, done inbox entries older than 30 days. Returns how many went. */
  sweep(): Promise<number>;
  /** Called after a commit that left something to send or to handle, in this process. */
  onWork(listener: () => void): void;
  close(): Promise<void>;
};
