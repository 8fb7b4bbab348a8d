import type { CaseState, PersonState, Purpose } from './case-record.ts';
import { mayMove, movesFrom, raised, ruleOf, type Status } from './case-status.ts';
import { ONLY_DESK } from './desks.ts';
import type { CaseEvent, ChatEvent, PersonEvent, Told } from './events.ts';

/** Why an event can't happen to a case as it is. Nothing was changed. */
export type EventRefusal =
  | { why: 'no-such-case' }
  | { why: 'illegal-move'; from: Status; moves: Status[] }
  | { why: 'taken'; owner: string }
  | { why: 'not-taken' }
  | { why: 'not-raised' }
  | { why: 'second-waits'; to: Status }
  | { why: 'no-request' }
  | { why: 'same-officer' }
  | { why: 'second-missing' }
  | { why: 'no-outcome' };

export type Applied = { state: CaseState } | { refused: EventRefusal };

/**
 * The one way in which a case changes: the state it was in and what happened give the state it is in, or a refusal. Pure.
 * Who may do it is asked before, in `core/desk/may.ts`; here stands what can't be, whoever does it.
 */
export function applyEvent(state: CaseState | null, told: Told<CaseEvent>): Applied {
  const refused = impossible(state, told);
  return refused ? { refused } : { state: project(state, told) };
}

/** The state that a whole story leads to. Never refuses: what was possible once stays told, whatever the rules became. */
export const foldCase = (story: readonly Told<CaseEvent>[]): CaseState | null =>
  story.reduce<CaseState | null>((state, told) => project(state, told), null);

function impossible(state: CaseState | null, { event, actor }: Told<CaseEvent>): EventRefusal | null {
  if (event.kind === 'opened' || event.kind === 'carried') return null;
  if (state === null) return { why: 'no-such-case' };
  const officer = actor.replace(/^staff:/, '');
  switch (event.kind) {
    case 'status': {
      const legal = event.from === state.status && mayMove(event.from, event.to);
      if (!legal) return { why: 'illegal-move', from: state.status, moves: movesFrom(state.status) };
      const { second } = ruleOf(event.to).needs ?? {};
      if ((second || event.beyondConsent) && event.second === null) return { why: 'second-missing' };
      return event.second === officer ? { why: 'same-officer' } : null;
    }
    case 'taken':
      return state.ownerId !== null && state.ownerId !== officer
        ? { why: 'taken', owner: state.ownerId }
        : null;
    case 'released':
      return state.ownerId === null ? { why: 'not-taken' } : null;
    case 'raised':
      return raised(state.priority, event.to) === event.to ? null : { why: 'not-raised' };
    case 'second': {
      if (event.what === 'asked') return state.request ? { why: 'second-waits', to: state.request.to } : null;
      if (state.request?.id !== event.request) return { why: 'no-request' };
      return event.what === 'confirmed' && state.request.by === officer ? { why: 'same-officer' } : null;
    }
    case 'taken-back':
      return ruleOf(state.status).outcome && event.from === state.status ? null : { why: 'no-outcome' };
    default:
      return null;
  }
}

/** Events that only tell: who read, who searched, what was advised. The case stays at its version. */
const CHANGES_NOTHING: ReadonlySet<CaseEvent['kind']> = new Set([
  'read',
  'found',
  'drafted',
  'advised',
  'delivery',
  'wanted',
]);

function project(state: CaseState | null, told: Told<CaseEvent>): CaseState {
  const { event, at, number } = told;
  if (event.kind === 'opened') return opened(event, told);
  if (event.kind === 'carried')
    return {
      ...FRESH,
      ...event.state,
      id: told.subject,
      calledAt: at,
      settled: event.state.version,
      events: number,
    };
  if (state === null) throw new Error('a story that does not begin with an opening');
  if (CHANGES_NOTHING.has(event.kind)) return { ...state, events: number };
  const version = state.version + 1;
  const next = { ...state, ...change(state, told), version, events: number, updatedAt: at };
  const settles =
    next.status !== state.status || next.ownerId !== state.ownerId || next.request !== state.request;
  return settles ? { ...next, settled: version } : next;
}

const FRESH = {
  desk: ONLY_DESK,
  previous: null,
  gradedAt: null,
  overdueAt: null,
  dangerAt: null,
  alarms: 0,
  formLeft: false,
  request: null,
} satisfies Partial<CaseState>;

function opened(event: Extract<CaseEvent, { kind: 'opened' }>, { at, subject }: Told<CaseEvent>): CaseState {
  return {
    ...FRESH,
    id: subject,
    reference: event.reference,
    personId: event.personId,
    chatId: event.chatId,
    desk: event.desk,
    channel: event.channel,
    status: 'received',
    priority: event.priority,
    ownerId: null,
    country: event.country,
    language: event.language,
    needs: event.needs,
    formDone: event.formDone,
    createdAt: at,
    updatedAt: at,
    familyAt: at,
    deskAt: null,
    nextContactAt: event.due,
    dangerAt: event.priority === 'P0' ? at : null,
    calledAt: at,
    messages: 0,
    settled: 1,
    version: 1,
    events: 1,
  };
}

function change(state: CaseState, { event, at, actor }: Told<CaseEvent>): Partial<CaseState> {
  const officer = actor.replace(/^staff:/, '');
  switch (event.kind) {
    case 'told':
      return {
        country: event.country,
        needs: event.needs,
        formLeft: false,
        familyAt: actor.startsWith('family:') ? at : state.familyAt,
      };
    case 'wrote':
      return { messages: event.message, familyAt: at };
    case 'replied':
      return { messages: event.message, deskAt: at, ...promised(event.due) };
    case 'noted':
      return { messages: event.message };
    case 'danger':
      return event.what === 'heard' ? { dangerAt: at, ...called(at), familyAt: at } : { familyAt: at };
    case 'raised':
      return { priority: event.to, ...called(at), familyAt: at, ...earlier(state, event.due) };
    case 'graded':
      return { priority: event.to, gradedAt: at, ...called(at) };
    case 'taken':
      return { ownerId: officer };
    case 'released':
      return { ownerId: null, ...called(at) };
    case 'status':
      return {
        status: event.to,
        previous: event.from,
        request: null,
        ...(event.to === 'closed' ? promised(null) : event.told ? promised(event.due) : {}),
      };
    case 'taken-back':
      return { status: event.to, previous: event.from, request: null };
    case 'second': {
      const { request: id, to, beyondConsent } = event;
      return { request: event.what === 'asked' ? { id, to, by: officer, at, beyondConsent } : null };
    }
    case 'promise':
      return event.what === 'missed' ? { overdueAt: at } : {};
    case 'form':
      return event.what === 'done' ? { formDone: true } : { formLeft: true };
    case 'language':
      return { language: event.to };
    case 'alarm':
      return { calledAt: at, alarms: state.alarms + 1 };
    default:
      return {};
  }
}

/** The desk knows of it from now on: the time until it is called again begins anew. */
const called = (at: number): Partial<CaseState> => ({ calledAt: at, alarms: 0 });

/** A date that was told takes the place of the one before, kept or not. */
const promised = (due: number | null): Partial<CaseState> => ({ nextContactAt: due, overdueAt: null });

/** More urgent means sooner, never later than what the family was told already. */
const earlier = (state: CaseState, due: number | null): Partial<CaseState> =>
  due === null || (state.nextContactAt !== null && state.nextContactAt <= due) ? {} : promised(due);

/** The man's file after one more event. */
export function foldPerson(story: readonly Told<PersonEvent>[]): PersonState | null {
  let state: PersonState | null = null;
  for (const { event, number, subject } of story) {
    const before: PersonState = state ?? { id: subject, outcome: null, takeUps: [], events: 0 };
    state = { ...before, ...changedPerson(before, event), events: number };
  }
  return state;
}

function changedPerson(state: PersonState, event: PersonEvent): Partial<PersonState> {
  if (event.kind === 'taken-up') return { takeUps: [...state.takeUps, event.takeUp] };
  if (event.kind === 'outcome') return { outcome: event.to };
  return { outcome: event.outcome, takeUps: event.takeUps };
}

/** What a chat has agreed to and whether it can be written to. */
export type ChatState = {
  id: string;
  purposes: Purpose[] | null;
  withdrawn: boolean;
  blocked: boolean;
  events: number;
};

export function foldChat(story: readonly Told<ChatEvent>[]): ChatState | null {
  let state: ChatState | null = null;
  for (const { event, number, subject } of story) {
    const before: ChatState = state ?? {
      id: subject,
      purposes: null,
      withdrawn: false,
      blocked: false,
      events: 0,
    };
    state = { ...before, ...changedChat(event), events: number };
  }
  return state;
}

function changedChat(event: ChatEvent): Partial<ChatState> {
  switch (event.kind) {
    case 'consent':
      return { purposes: event.purposes, withdrawn: false };
    case 'withdrawn':
      return { withdrawn: true };
    case 'blocked':
      return { blocked: true };
    case 'unblocked':
      return { blocked: false };
    case 'carried':
      return { purposes: event.purposes, withdrawn: event.withdrawn, blocked: event.blocked };
  }
}
