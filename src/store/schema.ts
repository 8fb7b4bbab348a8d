import type { Generated, Kysely, Selectable, Transaction } from 'kysely';
import type { Priority, Status } from '../core/case/case-status.ts';
import type { ChannelName } from '../core/words/messages.ts';
import type { CaseMessage, Delivery, Door } from '../core/case/case-record.ts';
import type { TimerKind } from '../core/case/wakes.ts';

export type Engine = 'sqlite' | 'postgres';

/**
 * The tables, the same on both engines. Times are Unix ms. `Sealed` columns hold nothing readable; what is not sealed
 * is ids, codes, counts and times.
 */
type Sealed = string;
type Json = string;

export type Tables = {
  chats: {
    id: string;
    channel: ChannelName;
    address: Sealed;
    address_blind: string;
    blocked_at: number | null;
    created_at: number;
    /** How many events of the story are about it. */
    events: number;
  };
  consents: {
    seq: Generated<number>;
    chat_id: string;
    notice_version: string;
    notice_hash: string;
    language: string;
    purposes: Json;
    at: number;
    withdrawn_at: number | null;
  };
  counters: { name: string; count: number };
  people: { id: string; outcome: Status | null; created_at: number; events: number };
  /** The newest projection of each case's story; what is sealed, and where the card is, stand beside it. */
  cases: {
    id: string;
    reference: string;
    person_id: string;
    chat_id: string;
    desk: string;
    channel: ChannelName;
    status: Status;
    previous: Status | null;
    priority: Priority;
    graded_at: number | null;
    owner_id: string | null;
    owner_name: Sealed | null;
    country: string | null;
    language: string;
    needs: Json;
    form_done: number;
    created_at: number;
    updated_at: number;
    family_at: number;
    desk_at: number | null;
    next_contact_at: number | null;
    overdue_at: number | null;
    danger_at: number | null;
    called_at: number;
    alarms: number;
    form_left: number;
    /** The move that waits for a second officer, and what it says. */
    request: Json | null;
    request_content: Sealed | null;
    messages: number;
    settled: number;
    version: number;
    events: number;
    card_channel: string | null;
    card_ts: string | null;
  };
  /** One random key per case, wrapped by the key ring. Without its row a case cannot be read by anybody. */
  data_keys: { case_id: string; wrapped: Sealed };
  case_fields: {
    case_id: string;
    field: string;
    version: number;
    value: Sealed;
    written_by: string;
    at: number;
  };
  messages: {
    id: string;
    case_id: string;
    number: number;
    sender: CaseMessage['from'];
    content: Sealed;
    language: string | null;
    at: number;
    delivery: Delivery | null;
    failure: string | null;
    platform_id: string | null;
    edits: string | null;
  };
  take_ups: {
    id: string;
    person_id: string;
    case_id: string;
    door: Door;
    content: Sealed;
    at: number;
  };
  inbox: {
    seq: Generated<number>;
    source: ChannelName;
    key: string;
    lane: string;
    body: Sealed | null;
    state: 'waiting' | 'done' | 'buried';
    reason: string | null;
    attempts: number;
    received_at: number;
    done_at: number | null;
  };
  outbox: {
    id: Generated<number>;
    /** Known before the row is written, unlike `id`: the place that the payload is sealed for. */
    uid: string;
    stream: string;
    case_id: string | null;
    payload: Sealed;
    state: 'waiting' | 'parked';
    attempts: number;
    /** 1 from a claim to its end: still 1 at the next claim when the process died in between. */
    in_hand: number;
    /** Above 0 when an earlier try may have arrived. */
    unsure: number;
    queued_at: number;
  };
  /** The order of both queues: see lanes.ts. `taken`: 1 while the head is in somebody's hands, `free_at` then being the end of the lease. */
  lanes: {
    queue: 'inbox' | 'outbox';
    lane: string;
    head: number | null;
    free_at: number;
    taken: number;
    turn: number;
  };
  cursors: { source: ChannelName; position: number };
  seen: { scope: string; key: string; at: number };
  sessions: { ns: string; key: string; value: Sealed; expires_at: number | null };
  /** The story: who did what to which case, person, chat, in codes. `subject`: `case:<id>`, `person:<id>`, `chat:<id>`. */
  events: {
    seq: number;
    at: number;
    subject: string;
    number: number;
    actor: string;
    kind: string;
    body: Json;
    prev_hash: string;
    hash: string;
  };
  story_head: { id: number; seq: number; hash: string; mac: string };
  /** `free_at`: not before, after a failure. */
  timers: { kind: TimerKind; subject: string; due_at: number; free_at: number; attempts: number };
  ring_keys: { kid: string; proof: string };
};

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;
export type Row<Table extends keyof Tables> = Selectable<Tables[Table]>;
