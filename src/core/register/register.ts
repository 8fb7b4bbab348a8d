import type { CaseMessage, CaseRecord, Consent, FieldValues, TakeUp } from '../case/case-record.ts';
import type { Told, CaseEvent, PersonEvent, ChatEvent } from '../case/events.ts';
import type { Status } from '../case/case-status.ts';
import type { ChannelName, Source } from '../words/messages.ts';
import type { Conversation } from './conversation-state.ts';
import type { Happened, Recorded } from './happened.ts';
import type { Errand } from './outbox.ts';
import type { Fired, OnTimer, Timers } from './timers.ts';
import type { Platforms } from './platforms.ts';

/** A private chat. Its address is the only thing that a message's way back is ever taken from. */
export type ChatRecord = {
  id: string;
  channel: ChannelName;
  address: string;
  /** Unix ms since when the person has blocked the bot; null while they can be written to. */
  blockedAt: number | null;
  createdAt: number;
};

/**
 * One transaction: what happened, what must be sent, and when to look again, all or nothing. Only the unit may be used
 * while it is open, and nothing in it may wait for a network.
 */
export type UnitOfWork = {
  /** The time of this unit, Unix ms. */
  readonly now: number;
  /**
   * The one way to change a case, a person file or a chat: writes the event into the story, what it says into its sealed
   * place, the new projection, the card and the timers that follow from it. Throws `Impossible` when it can't happen to the
   * case as it is; the unit is then to be given up.
   */
  record<Fact extends Happened>(fact: Fact): Promise<Recorded<Fact>>;
  inbox: {
    /** Marks an entry as done. False when it was done before: then there is nothing to do. */
    finish(source: Source): Promise<boolean>;
  };
  /** True the first time a key is seen: presses and forms may arrive twice, and have no inbox entry. */
  firstTime(scope: string, key: string): Promise<boolean>;
  chats: {
    byId(id: string): Promise<ChatRecord | null>;
    /** The chat of this address, made if need be, and held by this unit so that another one waits. */
    open(channel: ChannelName, address: string): Promise<ChatRecord>;
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
  };
  consents: {
    latest(chatId: string): Promise<Consent | null>;
  };
  cases: {
    /** A random reference that no case has. */
    freshReference(): Promise<string>;
    /** Held by this unit until it ends, so that messages and cards of one case are written in order. */
    byId(id: string): Promise<CaseRecord | null>;
    byReference(reference: string): Promise<CaseRecord | null>;
    ofChat(chatId: string): Promise<CaseRecord[]>;
    /** Open cases for the desk's lists: most urgent first, then the longest waiting. */
    queue(filter: { owner?: string | null; desks: readonly string[]; limit: number }): Promise<CaseRecord[]>;
    /** How many open cases such a list has in all. */
    count(filter: { owner?: string | null; desks: readonly string[] }): Promise<number>;
    /** Where the card now stands; no event, since it says nothing of the case. */
    recordCard(id: string, card: { channel: string; ts: string } | null): Promise<void>;
    /** The sealed content of the move that waits for a second officer. */
    request(caseId: string): Promise<RequestContent | null>;
  };
  fields: {
    /** The newest value of each field. */
    read(caseId: string): Promise<FieldValues>;
  };
  messages: {
    byId(id: string): Promise<CaseMessage | null>;
    /** Oldest first; at most `limit` of the newest. */
    ofCase(caseId: string, limit: number): Promise<CaseMessage[]>;
    byPlatformId(chatId: string, platformId: string): Promise<CaseMessage | null>;
    /** `last`: the desk's newest answer. */
    count(caseId: string): Promise<{
      family: number;
      desk: number;
      last: { number: number; delivery: CaseMessage['delivery'] } | null;
    }>;
  };
  people: {
    outcome(personId: string): Promise<Status | null>;
  };
  takeUps: {
    ofPerson(personId: string): Promise<TakeUp[]>;
  };
  timers: Timers;
  send(errand: Errand): Promise<void>;
  /** Ends an errand, with whatever its outcome means written in the same unit. Parked: kept, never tried again. */
  settle(errandId: number, outcome: 'sent' | 'parked'): Promise<void>;
};

/** What a move that waits for a second officer says, sealed under the case's key. */
export type RequestContent = {
  officer: { id: string; name: string };
  note: string;
  tell: boolean;
  voice: 'told' | 'not-yet' | null;
  takeUp: Pick<TakeUp, 'door' | 'counterpart' | 'date' | 'reference'> | null;
  /** Why it goes past the family's consent. */
  reason: string | null;
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

/** One line of a case's story, for people who may read codes: `story REFERENCE`. */
export type StoryLine = Told<CaseEvent | PersonEvent | ChatEvent> & { about: 'case' | 'person' | 'chat' };

/** The durable heart: cases, story, inbox, outbox, timers. Every call fails loudly when the store is down. */
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
    /** At most one entry a lane and none of a lane at work; the lane that was served longest ago first. */
    claim(limit: number, leaseMs: number): Promise<InboxEntry[]>;
    /** Back into its lane, to be tried again no sooner than `at`. `uncounted`: it could not be tried at all. */
    retry(source: Source, at: number, uncounted?: 'uncounted'): Promise<void>;
    /** Out of the way for good, kept for a person to look at, body and all. */
    bury(source: Source, reason: string): Promise<void>;
    /** All of it back into its lanes, at the end, to be tried anew. Returns how many. */
    digUp(): Promise<number>;
  };
  outbox: {
    /** Due errands under a lease; of one stream only the oldest unsent. */
    claim(limit: number, leaseMs: number): Promise<OutboxEntry[]>;
    /** Back to be tried no sooner than `at`. `maybeSent`: nobody knows whether this try arrived. */
    retry(id: number, at: number, maybeSent: boolean): Promise<void>;
  };
  timers: {
    /**
     * Takes timers that are due, longest first, at most `most` and no more than a moment's work, and runs `fire` for each in
     * the unit that ends it. The unit is lease and fence: either the timer is gone and its effect is there, or neither.
     * `fire` may run more than once for one timer (a lost race, a failure of another one), but only one run stands. When
     * it throws for one, that one is put off, ever longer, and kept, and the others are as they were: ask again. Nothing
     * fired and nothing failed: nothing is due, or others hold it.
     */
    fireDue(fire: OnTimer, most: number): Promise<Fired>;
  };
  /**
   * For the process that delivers, at its start: what one that crashed had in its hands is free at once instead of at the
   * end of its lease. On Postgres nothing happens while another such process lives.
   */
  takeOver(): Promise<void>;
  /** Makes it another bot's or another channel's, on purpose. */
  moveTo(platforms: Platforms): Promise<void>;
  /** Waiting, leased and buried entries; for health and metrics. */
  load(): Promise<{
    inbox: number;
    outbox: number;
    oldestInbox: number | null;
    oldestOutbox: number | null;
    buried: number;
    parked: number;
    openCases: number;
    /** Since when the oldest timer should have fired. */
    oldestTimer: number | null;
    /** Open cases whose promised date has passed without a word. */
    overdue: number;
  }>;
  /** Ids of the desks that have cases. */
  desksInUse(): Promise<string[]>;
  /** Forgets what has had its time: expired conversations, done inbox entries older than 30 days. Returns how many went. */
  sweep(): Promise<number>;
  /** Called after a commit that left something to send or to handle, in this process. */
  onWork(listener: () => void): void;
  close(): Promise<void>;
};

/** What `verify` found. Sound when `faults` is empty. `where`: an event's number, or a row. */
export type Verdict = {
  events: number;
  cases: number;
  faults: { where: string; what: string }[];
};
