import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEvent, foldCase, foldChat, foldPerson } from '../../../src/core/case/apply-event.ts';
import type { CaseState } from '../../../src/core/case/case-record.ts';
import { movesFrom, STATUSES, type Status } from '../../../src/core/case/case-status.ts';
import { CASE_EVENT_KINDS, parseEvent, type CaseEvent, type Told } from '../../../src/core/case/events.ts';
import { ANY, anyActor, anyEvent, likely } from '../../support/any-event.ts';

const ID = 'c'.repeat(32);
const FAMILY = `family:${'a'.repeat(32)}`;
const ASHA = 'staff:U1';
const DEV = 'staff:U2';

const OPENED: CaseEvent = {
  kind: 'opened',
  reference: '7K3M9PXB',
  personId: 'b'.repeat(32),
  chatId: 'a'.repeat(32),
  desk: 'desk',
  channel: 'telegram',
  priority: 'P2',
  country: 'RU',
  language: 'hi',
  needs: ['missing'],
  formDone: false,
  fields: [],
  due: 5000,
};

const MOVE = {
  kind: 'status',
  told: false,
  due: null,
  second: null,
  beyondConsent: false,
  voice: null,
} as const;

/** A case after these events, each a minute after the one before it. */
function after(...events: [CaseEvent, string][]): CaseState {
  let state: CaseState | null = null;
  for (const [event, actor] of [[OPENED, FAMILY] as [CaseEvent, string], ...events]) {
    const applied = applyEvent(state, next(state, event, actor));
    if ('refused' in applied) throw new Error(`${event.kind}: ${applied.refused.why}`);
    ({ state } = applied);
  }
  if (!state) throw new Error('nothing happened');
  return state;
}

const next = (state: CaseState | null, event: CaseEvent, actor: string): Told<CaseEvent> => ({
  event,
  subject: ID,
  at: ((state?.events ?? 0) + 1) * 60_000,
  actor,
  number: (state?.events ?? 0) + 1,
});

const refusal = (state: CaseState | null, event: CaseEvent, actor = ASHA): unknown => {
  const applied = applyEvent(state, next(state, event, actor));
  return 'refused' in applied ? applied.refused : 'possible';
};

const back = (from: Status): CaseEvent => ({ kind: 'taken-back', from, to: 'reply_received' });

/** What can happen to a case that is open. */
const POSSIBLE = CASE_EVENT_KINDS.filter((kind) => kind !== 'opened' && kind !== 'carried');

function sampleOf(kind: Exclude<CaseEvent['kind'], 'carried'>): CaseEvent {
  const [event] = fc.sample<CaseEvent>(ANY[kind], 1);
  if (!event) throw new Error('no sample');
  return event;
}

const request = 'd'.repeat(32);
const second = (what: 'asked' | 'confirmed' | 'refused' | 'lapsed', id = request): CaseEvent => ({
  kind: 'second',
  what,
  request: id,
  to: 'death_confirmed',
  beyondConsent: false,
});
const located = (...more: [CaseEvent, string][]): CaseState =>
  after(
    [{ ...MOVE, from: 'received', to: 'sent_to_embassy' }, ASHA],
    [{ ...MOVE, from: 'sent_to_embassy', to: 'raised_with_russia', second: 'U2' }, ASHA],
    [{ ...MOVE, from: 'raised_with_russia', to: 'reply_received' }, ASHA],
    [{ ...MOVE, from: 'reply_received', to: 'located' }, ASHA],
    ...more,
  );

describe('what can’t be', () => {
  it('nothing happens to a case that was not opened', () => {
    for (const kind of POSSIBLE) expect(refusal(null, sampleOf(kind))).toEqual({ why: 'no-such-case' });
  });

  it('a move that is not in the table, from whatever the form believed', () => {
    for (const to of STATUSES) {
      const legal = movesFrom('received').includes(to);
      const found = refusal(after(), { ...MOVE, from: 'received', to, second: 'U2' });
      expect(found).toEqual(
        legal ? 'possible' : { why: 'illegal-move', from: 'received', moves: movesFrom('received') },
      );
    }
    expect(refusal(after(), { ...MOVE, from: 'need_info', to: 'acknowledged' })).toMatchObject({
      why: 'illegal-move',
      from: 'received',
    });
  });

  it('a move that wants a second officer without one, or with the same one', () => {
    const sent = after([{ ...MOVE, from: 'received', to: 'sent_to_embassy' }, ASHA]);
    const raise = (over: Partial<Extract<CaseEvent, { kind: 'status' }>>): CaseEvent => ({
      ...MOVE,
      from: 'sent_to_embassy',
      to: 'raised_with_russia',
      ...over,
    });
    expect(refusal(sent, raise({}))).toEqual({ why: 'second-missing' });
    expect(refusal(sent, raise({ second: 'U1' }))).toEqual({ why: 'same-officer' });
    expect(refusal(sent, raise({ second: 'U2' }))).toBe('possible');
    expect(refusal(sent, raise({ to: 'need_info', beyondConsent: true }))).toEqual({
      why: 'second-missing',
    });
  });

  it('a case that somebody else has is not taken, and one that nobody has is not released', () => {
    expect(refusal(after(), { kind: 'released' })).toEqual({ why: 'not-taken' });
    const taken = after([{ kind: 'taken' }, ASHA]);
    expect(refusal(taken, { kind: 'taken' }, DEV)).toEqual({ why: 'taken', owner: 'U1' });
    expect(refusal(taken, { kind: 'taken' }, ASHA)).toBe('possible');
    expect(refusal(taken, { kind: 'released' }, DEV)).toBe('possible');
  });

  it('the machine lowers nothing', () => {
    for (const to of ['P3', 'P4'] as const)
      expect(refusal(after(), { kind: 'raised', to, due: null }, 'helpline')).toEqual({ why: 'not-raised' });
    for (const to of ['P0', 'P1', 'P2'] as const)
      expect(refusal(after(), { kind: 'raised', to, due: null }, 'helpline')).toBe('possible');
    expect(refusal(after(), { kind: 'graded', to: 'P4' })).toBe('possible');
  });

  it('one move waits at a time; it is confirmed by another officer, and answered once', () => {
    const waiting = after([second('asked'), ASHA]);
    expect(refusal(waiting, second('asked'), DEV)).toEqual({ why: 'second-waits', to: 'death_confirmed' });
    expect(refusal(waiting, second('confirmed'), ASHA)).toEqual({ why: 'same-officer' });
    expect(refusal(waiting, second('confirmed'), DEV)).toBe('possible');
    expect(refusal(waiting, second('refused'), ASHA)).toBe('possible');
    expect(refusal(waiting, second('confirmed', 'e'.repeat(32)), DEV)).toEqual({ why: 'no-request' });
    expect(refusal(after(), second('lapsed'), 'helpline')).toEqual({ why: 'no-request' });
  });

  it('only an outcome is taken back, and only the one that stands', () => {
    expect(refusal(after(), back('received'))).toEqual({ why: 'no-outcome' });
    expect(refusal(located(), back('captured_confirmed'))).toEqual({ why: 'no-outcome' });
    expect(refusal(located(), back('located'))).toBe('possible');
  });
});

describe('what follows', () => {
  it('danger calls the desk anew, and an officer’s grading says since when it stands', () => {
    const alarmed = after(
      [{ kind: 'alarm', what: 'again', to: [] }, 'helpline'],
      [{ kind: 'alarm', what: 'next', to: ['U1'] }, 'helpline'],
    );
    expect(alarmed).toMatchObject({ alarms: 2, calledAt: 180_000, dangerAt: null });
    const heard = after([{ kind: 'danger', what: 'heard' }, FAMILY], [{ kind: 'graded', to: 'P0' }, ASHA]);
    expect(heard).toMatchObject({ dangerAt: 120_000, gradedAt: 180_000, alarms: 0, calledAt: 180_000 });
  });

  it('a date that was told replaces the one before; more urgent means sooner, never later', () => {
    const missed: [CaseEvent, string] = [{ kind: 'promise', what: 'missed', due: 5000 }, 'helpline'];
    expect(after(missed)).toMatchObject({ nextContactAt: 5000, overdueAt: 120_000 });
    expect(after(missed, [{ kind: 'replied', message: 1, language: 'en', due: 9e6 }, ASHA])).toMatchObject({
      nextContactAt: 9e6,
      overdueAt: null,
      deskAt: 180_000,
      messages: 1,
    });
    expect(after([{ kind: 'raised', to: 'P0', due: 4000 }, 'helpline'])).toMatchObject({
      nextContactAt: 4000,
    });
    expect(after([{ kind: 'raised', to: 'P0', due: 9e6 }, 'helpline'])).toMatchObject({
      nextContactAt: 5000,
    });
    expect(after([{ ...MOVE, from: 'received', to: 'closed', told: true, due: 7 }, ASHA])).toMatchObject({
      nextContactAt: null,
    });
    expect(after([{ ...MOVE, from: 'received', to: 'need_info', due: 7 }, ASHA])).toMatchObject({
      nextContactAt: 5000,
    });
  });

  it('who takes a case has it until somebody lets it go, and then the desk is called anew', () => {
    const taken = after([{ kind: 'taken' }, ASHA]);
    expect(taken).toMatchObject({ ownerId: 'U1', calledAt: 60_000 });
    expect(after([{ kind: 'taken' }, ASHA], [{ kind: 'released' }, DEV])).toMatchObject({
      ownerId: null,
      calledAt: 180_000,
    });
  });

  it('a story of before is told to its end, whatever the rules have become', () => {
    const events: CaseEvent[] = [OPENED, { ...MOVE, from: 'received', to: 'returned' }, { kind: 'released' }];
    const story = events.map((event, i) => ({ event, subject: ID, at: i, actor: ASHA, number: i + 1 }));
    expect(refusal(after(), { ...MOVE, from: 'received', to: 'returned' })).not.toBe('possible');
    expect(foldCase(story)).toMatchObject({ status: 'returned', previous: 'received', events: 3 });
  });

  it('a form that was opened before owner, status or request changed is stale, and by nothing else', () => {
    const { settled } = after([{ kind: 'wrote', message: 1, file: null, edits: false }, FAMILY]);
    expect(settled).toBe(1);
    for (const event of [
      { kind: 'taken' },
      second('asked'),
      { ...MOVE, from: 'received', to: 'closed' },
    ] as const)
      expect(after([event, ASHA])).toMatchObject({ settled: 2, version: 2 });
  });

  it('reading, searching and advising change nothing but the count of events', () => {
    const before = after();
    for (const kind of ['read', 'found', 'drafted', 'advised', 'delivery', 'wanted'] as const) {
      expect(after([sampleOf(kind), ASHA])).toEqual({ ...before, events: 2 });
    }
  });

  it('an outcome that was taken back, and what the man’s file and the chat say', () => {
    const taken = located([{ kind: 'taken-back', from: 'located', to: 'reply_received' }, DEV]);
    expect(taken).toMatchObject({ status: 'reply_received', previous: 'located' });
    const at = { at: 1, actor: ASHA };
    const takeUp = { kind: 'taken-up', caseId: ID, door: 'embassy_moscow', date: '2026-11-20' } as const;
    const sealed = { second: 'U2', sealed: 'f'.repeat(64) };
    expect(
      foldPerson([
        { ...at, subject: 'p', number: 1, event: { ...takeUp, ...sealed, takeUp: 't1' } },
        { ...at, subject: 'p', number: 2, event: { kind: 'outcome', caseId: ID, to: 'located' } },
        { ...at, subject: 'p', number: 3, event: { ...takeUp, ...sealed, takeUp: 't2' } },
      ]),
    ).toEqual({ id: 'p', outcome: 'located', takeUps: ['t1', 't2'], events: 3 });
    expect(
      foldChat([
        {
          ...at,
          subject: 'k',
          number: 1,
          event: { kind: 'consent', purposes: ['desk'], notice: '1', language: 'en' },
        },
        { ...at, subject: 'k', number: 2, event: { kind: 'withdrawn' } },
        { ...at, subject: 'k', number: 3, event: { kind: 'blocked' } },
      ]),
    ).toEqual({ id: 'k', purposes: ['desk'], withdrawn: true, blocked: true, events: 3 });
    expect(foldPerson([])).toBeNull();
    expect(foldChat([])).toBeNull();
  });
});

it('whatever happens: a refusal changes nothing, what is possible is never refused by the fold, and the fold is the state', () => {
  const kinds = new Set<string>();
  const refusals = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyEvent, anyActor, fc.nat(9)), { maxLength: 60, size: 'max' }),
      (wanted) => {
        const story: Told<CaseEvent>[] = [next(null, OPENED, FAMILY)];
        let state = foldCase(story);
        for (const [any, actor, pick] of wanted) {
          if (any.kind === 'opened' || !state) continue;
          const event = likely(state, any, pick, actor);
          // Whatever is made here is in the words of the story.
          expect(parseEvent('case', event)).toEqual(event);
          const frozen = structuredClone(state);
          const told = next(state, event, actor);
          const applied = applyEvent(state, told);
          expect(state).toEqual(frozen);
          if ('refused' in applied) {
            refusals.add(applied.refused.why);
            continue;
          }
          kinds.add(event.kind);
          story.push(told);
          expect(applied.state.events).toBe(story.length);
          expect(applied.state.version - state.version).toBeOneOf([0, 1]);
          ({ state } = applied);
        }
        expect(foldCase(story)).toEqual(state);
      },
    ),
    { numRuns: 1000 },
  );
  expect([...kinds].toSorted()).toEqual(POSSIBLE.toSorted());
  expect([...refusals].toSorted()).toEqual([
    'illegal-move',
    'no-outcome',
    'no-request',
    'not-raised',
    'not-taken',
    'same-officer',
    'second-missing',
    'second-waits',
    'taken',
  ]);
});
