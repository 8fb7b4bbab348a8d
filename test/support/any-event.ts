import * as fc from 'fast-check';
import { DELIVERIES, PURPOSES, type CaseState } from '../../src/core/case/case-record.ts';
import { movesFrom, PRIORITIES, STATUSES } from '../../src/core/case/case-status.ts';
import type { CaseEvent } from '../../src/core/case/events.ts';
import { FIELD_IDS, SITUATIONS } from '../../src/core/case/intake-form.ts';

/** Three officers, so that they meet each other often. */
export const OFFICERS = ['U1', 'U2', 'U3'] as const;

export const anId = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const officer = fc.constantFrom(...OFFICERS);
const due = fc.option(fc.integer({ min: 1_795_000_000_000, max: 1_796_000_000_000 }), { nil: null });
const status = fc.constantFrom(...STATUSES);
const priority = fc.constantFrom(...PRIORITIES);
const fields = fc.uniqueArray(fc.constantFrom(...FIELD_IDS), { minLength: 1, maxLength: 4 });
const needs = fc.uniqueArray(fc.constantFrom(...SITUATIONS), { maxLength: 3 });
const country = fc.constantFrom('RU', 'UA', null);
const language = fc.constantFrom('en', 'hi', 'pa-Latn');
const message = fc.integer({ min: 1, max: 9 });
const code = fc.constantFrom('blocked', 'gone', 'how-long', 'x_1');

type Kinds = { [Kind in CaseEvent['kind']]: fc.Arbitrary<Extract<CaseEvent, { kind: Kind }>> };

const of = <Kind extends CaseEvent['kind'], Rest extends object>(kind: Kind, rest: fc.Arbitrary<Rest>) =>
  rest.map((more) => ({ kind, ...more }));

/** Any event of each kind that is in the words of the story, possible or not. */
export const ANY: Omit<Kinds, 'carried'> = {
  opened: of(
    'opened',
    fc.record({
      reference: fc.constantFrom('00000000', '7K3M9PXB'),
      personId: anId,
      chatId: anId,
      desk: fc.constantFrom('desk', 'moscow'),
      channel: fc.constantFrom('telegram' as const, 'slack' as const),
      priority,
      country,
      language,
      needs,
      formDone: fc.boolean(),
      fields: fc.uniqueArray(fc.constantFrom(...FIELD_IDS), { maxLength: 4 }),
      due,
    }),
  ),
  told: of('told', fc.record({ fields, country, needs })),
  wrote: of(
    'wrote',
    fc.record({
      message,
      file: fc.constantFrom(null, 'photo' as const, 'voice' as const),
      edits: fc.boolean(),
    }),
  ),
  replied: of('replied', fc.record({ message, language, due })),
  delivery: of(
    'delivery',
    fc.record({ message, to: fc.constantFrom(...DELIVERIES), why: fc.option(code, { nil: null }) }),
  ),
  noted: of('noted', fc.record({ message })),
  danger: of(
    'danger',
    fc.record({ what: fc.constantFrom('heard', 'again', 'asked', 'denied', 'stood-down') }),
  ),
  raised: of('raised', fc.record({ to: priority, due })),
  graded: of('graded', fc.record({ to: priority })),
  taken: of('taken', fc.constant({})),
  released: of('released', fc.constant({})),
  status: of(
    'status',
    fc.record({
      from: status,
      to: status,
      told: fc.boolean(),
      due,
      second: fc.option(officer, { nil: null }),
      beyondConsent: fc.boolean(),
      voice: fc.constantFrom('told' as const, 'not-yet' as const, null),
    }),
  ),
  'taken-back': of('taken-back', fc.record({ from: status, to: status })),
  second: of(
    'second',
    fc.record({
      what: fc.constantFrom('asked', 'confirmed', 'refused', 'lapsed'),
      request: anId,
      to: status,
      beyondConsent: fc.boolean(),
    }),
  ),
  promise: of(
    'promise',
    fc.record({ what: fc.constantFrom('reminded', 'missed'), due: fc.integer({ min: 1, max: 9e12 }) }),
  ),
  form: of('form', fc.record({ what: fc.constantFrom('done', 'abandoned') })),
  language: of('language', fc.record({ to: language })),
  wanted: of('wanted', fc.record({ what: fc.constantFrom('person', 'deletion') })),
  advised: of('advised', fc.record({ intent: code, language })),
  read: of('read', fc.record({ fields })),
  found: of('found', fc.constant({})),
  drafted: of('drafted', fc.constant({})),
  alarm: of(
    'alarm',
    fc.record({ what: fc.constantFrom('again', 'next'), to: fc.array(officer, { maxLength: 2 }) }),
  ),
};

/** Moves often: the outcomes lie four moves away. */
export const anyEvent: fc.Arbitrary<CaseEvent> = fc.oneof(
  { weight: 8, arbitrary: ANY.status },
  { weight: 2, arbitrary: ANY.second },
  ...Object.values(ANY).map((arbitrary: fc.Arbitrary<CaseEvent>) => ({ weight: 1, arbitrary })),
);

/**
 * Mostly what could be: moves from where the case is, with a second officer, and answers to the request that waits.
 * `pick`: 0 leaves the event as it came.
 */
export function likely(
  state: Pick<CaseState, 'status' | 'request'>,
  event: CaseEvent,
  pick: number,
  actor: string,
): CaseEvent {
  if (pick === 0) return event;
  if (event.kind === 'taken-back') return { ...event, from: state.status };
  if (event.kind === 'second' && event.what !== 'asked' && state.request)
    return { ...event, request: state.request.id };
  if (event.kind !== 'status') return event;
  const moves = movesFrom(state.status).filter((to) => to !== 'closed' || pick === 1);
  const other = OFFICERS.find((id) => actor !== `staff:${id}`) ?? null;
  const second = pick > 3 ? other : event.second;
  // The last of them leads on; the others lead back as often.
  const to = pick > 4 ? moves.at(-1) : moves[pick % moves.length];
  return { ...event, from: state.status, to: to ?? event.to, second };
}

/** Purposes that a person agrees to. */
export const purposes = fc.uniqueArray(fc.constantFrom(...PURPOSES), { maxLength: 4 });

/** Who does it, as the story names them. */
export const anyActor = fc.oneof(
  officer.map((id) => `staff:${id}`),
  fc.constant('helpline'),
  anId.map((id) => `family:${id}`),
);
