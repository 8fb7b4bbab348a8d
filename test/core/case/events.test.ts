import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTOR, CASE_EVENT_KINDS, parseEvent, type SubjectKind } from '../../../src/core/case/events.ts';
import { ANY } from '../../support/any-event.ts';

const ID = 'a'.repeat(32);

/** What a person is called, wrote, or can be reached by. */
const PERSONAL = [
  'Ravi Kumar',
  'रवि कुमार',
  '+919812345678',
  '9812345678',
  'ravi@example.in',
  '@ravi_k',
  'He was taken to the front, help',
  'https://t.me/ravi',
  'M1234567',
  '55.7558, 37.6173',
  '',
  ' ',
  'en\nRavi',
];

const carried = {
  kind: 'carried',
  state: {
    reference: '7K3M9PXB',
    personId: ID,
    chatId: ID,
    channel: 'telegram',
    status: 'received',
    priority: 'P2',
    ownerId: 'U1',
    country: 'RU',
    language: 'hi',
    needs: ['missing'],
    formDone: false,
    version: 1,
    createdAt: 1,
    updatedAt: 1,
    familyAt: 1,
    deskAt: null,
    nextContactAt: null,
    messages: 0,
  },
  fields: { person_name: 2 },
};

/** One or more of every kind that there is. */
const SAMPLES: [SubjectKind, object][] = [
  ...Object.values(ANY).flatMap((any: fc.Arbitrary<object>) =>
    fc.sample(any, 20).map((event): [SubjectKind, object] => ['case', event]),
  ),
  ['case', carried],
  [
    'person',
    {
      kind: 'taken-up',
      caseId: ID,
      takeUp: ID,
      door: 'embassy_moscow',
      date: '2026-11-20',
      second: 'U2',
      sealed: 'f'.repeat(64),
    },
  ],
  ['person', { kind: 'outcome', caseId: ID, to: 'located' }],
  ['person', { kind: 'carried', outcome: 'located', takeUps: [ID] }],
  ['chat', { kind: 'consent', purposes: ['desk'], notice: '779d09fefdee', language: 'pa-Latn' }],
  ['chat', { kind: 'withdrawn' }],
  ['chat', { kind: 'blocked' }],
  ['chat', { kind: 'unblocked' }],
  ['chat', { kind: 'carried', purposes: ['desk'], withdrawn: false, blocked: true }],
  ['register', { kind: 'audited', action: 'details-read', object: `case:${ID}`, fields: ['take-ups'] }],
];

/** The event once for each place in which `value` could stand: instead of a text, a number, a list or null, as a name, beside all. */
function* spoilt(thing: unknown, value: string): Generator {
  if (Array.isArray(thing)) {
    yield [...(thing as unknown[]), value];
    for (const [i, item] of thing.entries())
      for (const other of spoilt(item, value)) yield thing.with(i, other);
  } else if (typeof thing === 'object' && thing !== null) {
    yield { ...thing, note: value };
    yield { ...thing, [value]: 1 };
    for (const [key, item] of Object.entries(thing)) {
      // A notice's version is a sum over its text, made by the program: any digits may stand in it.
      if (key !== 'notice') yield { ...thing, [key]: value };
      if (key !== 'notice') for (const other of spoilt(item, value)) yield { ...thing, [key]: other };
    }
  } else yield value;
}

function fits(about: SubjectKind, event: unknown): boolean {
  try {
    parseEvent(about, event);
    return true;
  } catch {
    return false;
  }
}

describe('the words of the story', () => {
  it('have a sample of every kind here', () => {
    const kinds = SAMPLES.flatMap(([about, event]) =>
      about === 'case' && 'kind' in event ? [event.kind] : [],
    );
    expect(new Set(kinds)).toEqual(new Set(CASE_EVENT_KINDS));
    for (const [about, event] of SAMPLES) expect(parseEvent(about, event)).toEqual(event);
  });

  it.each(PERSONAL)('have no place for what is a person’s: %j', (value) => {
    const tried = SAMPLES.flatMap(([about, event]) =>
      [...spoilt(event, value)].map((other) => ({ about, other })),
    );
    expect(tried.length).toBeGreaterThan(500);
    expect(tried.filter(({ about, other }) => fits(about, other))).toEqual([]);
    for (const actor of [value, `staff:${value}`, `family:${value}`]) expect(actor).not.toMatch(ACTOR);
  });
});
