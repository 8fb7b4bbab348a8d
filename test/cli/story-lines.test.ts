import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseEvent } from '../../src/core/case/events.ts';
import type { StoryLine } from '../../src/core/register/register.ts';
import { lineOf } from '../../src/cli/story.ts';
import { anId, anyActor, anyEvent } from '../support/any-event.ts';
import { STORY } from '../support/tamperings.ts';

const ID = /[0-9a-f]{32}(?![0-9a-f])/;
const OFFICER = /"(staff:)?U\d+"/;
const at = { at: 1, number: 1 };

const anyLine: fc.Arbitrary<StoryLine> = fc
  .record({ subject: anId, actor: anyActor, event: anyEvent })
  .map((line) => ({ ...at, ...line, about: 'case' }));

/** Of people, of chats, and of cases of before the story. */
const written = (STORY.tables['events'] ?? []).flatMap((row): StoryLine[] => {
  const [about, subject = ''] = String(row['subject']).split(':');
  const [line, body] = [{ ...at, subject, actor: String(row['actor']) }, JSON.parse(String(row['body']))];
  if (about === 'case') return [{ ...line, about, event: parseEvent(about, body) }];
  if (about === 'person') return [{ ...line, about, event: parseEvent(about, body) }];
  return about === 'chat' ? [{ ...line, about, event: parseEvent(about, body) }] : [];
});

it('a line of the story names nobody and leads nowhere: who did what is a role', () => {
  const names = (line: StoryLine): void => {
    const shown = lineOf(line, { people: false });
    expect(shown).not.toMatch(ID);
    expect(shown).not.toMatch(OFFICER);
    expect(JSON.parse(shown)).toMatchObject({ by: line.actor.split(':')[0], kind: line.event.kind });
  };
  fc.assert(fc.property(anyLine, names), { numRuns: 500 });
  expect(new Set(written.map(({ about }) => about)).size).toBe(3);
  for (const line of written) names(line);
});

it('with people, officers stand by their Slack ids, and still no family and no case', () => {
  const names = (line: StoryLine): void => {
    expect(lineOf(line, { people: true })).not.toMatch(ID);
  };
  fc.assert(fc.property(anyLine, names), { numRuns: 500 });
  for (const line of written) names(line);
});

const { subject, ...line } = { ...at, subject: 'a'.repeat(32), actor: 'staff:U1', about: 'case' as const };
const second = { kind: 'status', from: 'received', to: 'raised_with_russia', second: 'U2' };
const alarm = { kind: 'alarm', what: 'next', to: ['U2', 'U3'] };

it.each([
  [second, false, { by: 'staff', second: 'staff', to: 'raised_with_russia' }],
  [second, true, { by: 'staff:U1', second: 'U2', to: 'raised_with_russia' }],
  [{ ...second, second: null }, false, { second: null }],
  [alarm, false, { to: ['staff', 'staff'] }],
  [alarm, true, { to: ['U2', 'U3'] }],
])('%o, people %s: %o', (what, people, shown) => {
  const rest = what.kind === 'alarm' ? {} : { told: false, due: null, beyondConsent: false, voice: null };
  const event = parseEvent('case', { ...rest, ...what });
  expect(JSON.parse(lineOf({ ...line, subject, event }, { people }))).toMatchObject(shown);
});
