import { applyEvent } from '../core/case/apply-event.ts';
import type { CaseMessage, CaseRecord, CaseState } from '../core/case/case-record.ts';
import { ACTOR, parseEvent, type CaseEvent, type ChatEvent, type PersonEvent } from '../core/case/events.ts';
import { Impossible, type Actor, type Happened, type Recorded } from '../core/register/happened.ts';
import type { RequestContent, UnitOfWork } from '../core/register/register.ts';
import { timersOf, type DeskLimits } from '../core/case/wakes.ts';
import { caseFields } from './case-fields.ts';
import { insertCase, lockedCase, updateCase } from './cases.ts';
import { addConsent, withdrawConsents } from './consents.ts';
import { addMessage, SENDERS, setDelivery } from './messages.ts';
import { addErrand } from './outbox.ts';
import { addTakeUp } from './people.ts';
import { timerName, timers } from './timers.ts';
import type { UnitContext } from './unit-context.ts';

/** These say nothing that a card shows. */
const CARD_STAYS: ReadonlySet<CaseEvent['kind']> = new Set(['read', 'found', 'drafted', 'advised']);

type Fact<Kind extends Happened['kind']> = Extract<Happened, { kind: Kind }>;

type Said = 'wrote' | 'replied' | 'noted';

/** What is sealed in the same unit as the event. */
type Sealed = {
  values?: Record<string, string>;
  message?: Omit<CaseMessage, 'id' | 'caseId' | 'number'>;
  ownerName?: string | null;
  request?: RequestContent | null;
};

/** The one writer: event, sealed words, projection, card and timers, in one unit. */
export function recorder(unit: UnitContext, limits: (desk: string) => DeskLimits): UnitOfWork['record'] {
  const wake = timers(unit);

  /** A case as it is now, held until the unit ends: read once for each fact. */
  const held = (id: string): Promise<CaseRecord> => lockedCase(unit, id);

  /** Applies one event to a case and writes everything that follows from it. `before`: null for the event that opens it. */
  async function onCase(
    by: Actor,
    before: CaseRecord | null,
    wanted: { kind: CaseEvent['kind'] } & Record<string, unknown>,
    sealed: Sealed = {},
  ): Promise<{ one: CaseRecord; message?: CaseMessage }> {
    const event = parseEvent('case', wanted);
    const actor = actorOf(by);
    const id = before?.id ?? unit.newId();
    const told = { event, subject: id, at: unit.now, actor, number: (before?.events ?? 0) + 1 };
    const applied = applyEvent(before, told);
    if ('refused' in applied) throw new Impossible(applied.refused);
    const { state } = applied;
    const written = before ? await updateCase(unit, before, state, sealed) : await insertCase(unit, state);
    if (sealed.values) await caseFields(unit).write(id, sealed.values, actor);
    const message = sealed.message
      ? await addMessage(unit, { ...sealed.message, caseId: id, number: state.messages })
      : undefined;
    unit.story.push({
      subject: `case:${id}`,
      number: told.number,
      actor,
      kind: event.kind,
      body: JSON.stringify(event),
    });
    if (!CARD_STAYS.has(event.kind) && !unit.cards.has(id)) {
      unit.cards.add(id);
      await addErrand(unit, { kind: 'card', caseId: id });
    }
    await follow(before, state);
    return { one: written, ...(message && { message }) };
  }

  /** Sets, moves and ends what wakes up for this case. */
  async function follow(before: CaseState | null, state: CaseState): Promise<void> {
    const had = new Map(before ? timersOf(before, limits(before.desk)) : []);
    const wanted = new Map(timersOf(state, limits(state.desk)));
    for (const [kind, due] of wanted)
      // One that is being fired has left the register, however it was set before.
      if (had.get(kind) !== due || unit.fired.has(timerName(kind, state.id)))
        await wake.set(kind, state.id, due);
    for (const kind of had.keys()) if (!wanted.has(kind)) await wake.clear(kind, state.id);
  }

  /** An event of the man's file or of a chat: counted in its row, so that a missing one is found. */
  async function onRow(
    by: Actor,
    table: 'people' | 'chats',
    id: string,
    event: PersonEvent | ChatEvent,
  ): Promise<void> {
    const subject = table === 'people' ? 'person' : 'chat';
    const row = await unit.tx
      .updateTable(table)
      .set((e) => ({ events: e('events', '+', 1) }))
      .where('id', '=', id)
      .returning('events')
      .executeTakeFirstOrThrow();
    unit.story.push({
      subject: `${subject}:${id}`,
      number: row.events,
      actor: actorOf(by),
      kind: event.kind,
      body: JSON.stringify(subject === 'person' ? parseEvent('person', event) : parseEvent('chat', event)),
    });
  }

  // What each kind of fact gives back is in `Recorded`.
  async function record<Fact extends Happened>(fact: Fact): Promise<Recorded<Fact>>;
  async function record(fact: Happened): Promise<object> {
    const { by } = fact;
    switch (fact.kind) {
      case 'opened': {
        const { by: _by, case: _case, values, ...codes } = fact;
        const personId = unit.newId();
        await unit.tx
          .insertInto('people')
          .values({ id: personId, outcome: null, created_at: unit.now, events: 0 })
          .execute();
        const fields = namesOf(values);
        return onCase(by, null, { ...codes, personId, fields }, { values });
      }
      case 'told': {
        const { by: _by, case: caseId, values, ...codes } = fact;
        return onCase(by, await held(caseId), { ...codes, fields: namesOf(values) }, { values });
      }
      case 'wrote':
      case 'replied':
      case 'noted':
        return say(fact);
      case 'delivery': {
        const { by: _by, case: caseId, messageId, ...codes } = fact;
        const message = await setDelivery(unit, { caseId, messageId, delivery: fact.to, failure: fact.why });
        return onCase(by, await held(caseId), { ...codes, message });
      }
      case 'second':
        return second(fact);
      case 'taken':
        return onCase(by, await held(fact.case), { kind: 'taken' }, { ownerName: nameOf(by) });
      case 'released':
        return onCase(by, await held(fact.case), { kind: 'released' }, { ownerName: null });
      case 'status':
      case 'taken-back': {
        const { by: _by, case: caseId, ...event } = fact;
        return onCase(by, await held(caseId), event, { request: null });
      }
      case 'taken-up':
        return takeUp(fact);
      case 'outcome': {
        const one = await held(fact.case);
        await unit.tx
          .updateTable('people')
          .set({ outcome: fact.to })
          .where('id', '=', one.personId)
          .execute();
        await onRow(by, 'people', one.personId, { kind: 'outcome', caseId: one.id, to: fact.to });
        return { one };
      }
      case 'consent': {
        const { chat, purposes, consent } = fact;
        const { noticeVersion: notice, language } = consent;
        await addConsent(unit, { ...consent, purposes, chatId: chat });
        await onRow(by, 'chats', chat, { kind: 'consent', purposes, notice, language });
        return {};
      }
      case 'withdrawn':
        await withdrawConsents(unit, fact.chat);
        await onRow(by, 'chats', fact.chat, { kind: 'withdrawn' });
        return {};
      case 'blocked':
      case 'unblocked':
        await unit.tx
          .updateTable('chats')
          .set({ blocked_at: fact.kind === 'blocked' ? unit.now : null })
          .where('id', '=', fact.chat)
          .execute();
        await onRow(by, 'chats', fact.chat, { kind: fact.kind });
        return {};
      default: {
        const { by: _by, case: caseId, ...event } = fact;
        return onCase(by, await held(caseId), event);
      }
    }
  }

  async function say(fact: Fact<Said>): Promise<object> {
    const { by, kind, case: caseId } = fact;
    const one = await held(caseId);
    const message = {
      ...(kind === 'noted' ? { ...NO_WORDS, text: fact.text, at: unit.now } : fact.words),
      from: SENDERS[kind],
      author: kind === 'wrote' ? null : staffOf(by),
      delivery: kind === 'replied' ? ('waiting' as const) : null,
      failure: null,
    };
    return onCase(by, one, saying(fact, one.messages + 1), { message });
  }

  async function second(fact: Fact<'second'>): Promise<object> {
    const { by, case: caseId } = fact;
    if (fact.what === 'asked') {
      const { to, beyondConsent, content } = fact;
      const request = unit.newId();
      return onCase(
        by,
        await held(caseId),
        { kind: 'second', what: 'asked', request, to, beyondConsent },
        { request: content },
      );
    }
    const one = await held(caseId);
    const { request } = one;
    if (!request) throw new Impossible({ why: 'no-request' });
    const { id, to, beyondConsent } = request;
    return onCase(
      by,
      one,
      { kind: 'second', what: fact.what, request: id, to, beyondConsent },
      { request: null },
    );
  }

  async function takeUp(fact: Fact<'taken-up'>): Promise<object> {
    const { by, second: confirmed, takeUp: content } = fact;
    const one = await held(fact.case);
    const { id, sum } = await addTakeUp(unit, {
      ...content,
      personId: one.personId,
      caseId: one.id,
      officer: staffOf(by),
      secondOfficer: confirmed,
      at: unit.now,
    });
    await onRow(by, 'people', one.personId, {
      kind: 'taken-up',
      caseId: one.id,
      takeUp: id,
      door: content.door,
      date: content.date,
      second: confirmed.id,
      sealed: sum,
    });
    return { one };
  }

  return record;
}

/** A note goes to nobody, in no language. */
const NO_WORDS = { attachment: null, language: null, platformId: null, edits: null };

/** What the story tells of words: that there are some. */
function saying(fact: Fact<Said>, message: number): CaseEvent {
  switch (fact.kind) {
    case 'wrote': {
      const { attachment, edits } = fact.words;
      return { kind: fact.kind, message, file: attachment?.kind ?? null, edits: edits !== null };
    }
    case 'replied':
      return { kind: fact.kind, message, language: fact.words.language, due: fact.due };
    case 'noted':
      return { kind: fact.kind, message };
  }
}

function actorOf(by: Actor): string {
  const actor = by === 'helpline' ? by : 'staff' in by ? `staff:${by.staff.id}` : `family:${by.family}`;
  if (!ACTOR.test(actor)) throw new Error('an actor is a chat, an officer or the helpline');
  return actor;
}

function staffOf(by: Actor): { id: string; name: string } {
  if (by === 'helpline' || !('staff' in by)) throw new Error('only an officer can do this');
  return by.staff;
}

const nameOf = (by: Actor): string => staffOf(by).name;

/** Whether they are fields is asked by the vocabulary. */
const namesOf = (values: Record<string, string>): string[] => Object.keys(values);
