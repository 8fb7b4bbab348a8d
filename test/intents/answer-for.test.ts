import { afterAll, expect, test } from 'vitest';
import { loadIntentPack } from '../../src/intents/load-intents.ts';
import { edited, writeIntents } from '../support/intents-folder.ts';

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
const open = writeIntents();
const closed = writeIntents(edited('bread/intent.yaml', 'failClosed: false', 'failClosed: true'));
const urgent = writeIntents(
  edited(
    'bread/intent.yaml',
    'kind: advisory\npriority: P4\nopensCase: none',
    'kind: urgent\npriority: P0\nopensCase: open-or-update',
  ),
);
const signed = writeIntents(
  edited(
    '_contacts.yaml',
    "value: '+10000000000'",
    "value: '+10000000000'\n  checked_by: An officer\n  checked_on: 2026-11-25\n  expires_on: 2026-12-05",
  ),
);
afterAll(() => [open, closed, urgent, signed].forEach(({ remove }) => remove()));

const packOf = (place: { folder: string }) => loadIntentPack(place.folder, at('2026-11-22'));

const shows = (day: string) =>
  packOf(signed).answerFor('bread', 'en', at(day)).markdown.includes('+10000000000');

test('an answer carries its as-of date and its source', () => {
  expect(packOf(open).answerFor('bread', 'hi', at('2026-11-22'))).toEqual({
    language: 'hi',
    markdown: 'रोटी गरम है।',
    asOf: '2026-11-22',
    source: 'The Baker, 2026-01-02',
    stale: false,
  });
});

test('an official page is shown; the line of an unsigned phone disappears', () => {
  expect(packOf(open).answerFor('bread', 'en', at('2026-11-22')).markdown).toBe(
    'Bread is at [The bakery](https://bakery.example).\n\nIt is warm.',
  );
});

test('a phone is shown from the day of its check until it expires, and not a day longer', () => {
  expect(['2026-11-24', '2026-11-25', '2026-12-05', '2026-12-06'].map(shows)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('an expired page disappears with its line', () => {
  const { markdown } = packOf(open).answerFor('bread', 'en', at('2026-12-23'));
  expect(markdown).not.toContain('bakery');
  expect(markdown).toContain('It is warm.');
});

test('on the review date the answer is good; the day after, it says that it is being checked', () => {
  expect(packOf(open).answerFor('bread', 'en', at('2026-12-22')).stale).toBe(false);
  const answer = packOf(open).answerFor('bread', 'en', at('2026-12-23'));
  expect(answer.stale).toBe(true);
  expect(answer.markdown).toBe('We are checking this again.\n\nIt is warm.');
});

test('an answer that fails closed says nothing past its review date but that it is being checked', () => {
  const pack = packOf(closed);
  expect(pack.answerFor('bread', 'en', at('2026-12-22')).markdown).toContain('It is warm.');
  expect(pack.answerFor('bread', 'hi', at('2026-12-23'))).toEqual({
    language: 'hi',
    markdown: 'Not shown while it is checked.',
    asOf: '2026-11-22',
    source: '',
    stale: true,
  });
});

test('an urgent answer has nothing before it and no source under it, even past its review date', () => {
  const answer = packOf(urgent).answerFor('bread', 'en', at('2026-12-23'));
  expect(answer).toMatchObject({ markdown: 'It is warm.', source: '', stale: true });
});

test('a language not yet written is answered in English, romanised Hindi in its own letters', () => {
  const pack = packOf(open);
  expect(pack.answerFor('bread', 'ta', at('2026-11-22')).language).toBe('en');
  expect(pack.answerFor('bread', 'hi-Latn', at('2026-11-22')).markdown).toBe('Roti garam hai.');
});

test('an unknown intent is an error', () => {
  expect(() => packOf(open).answerFor('cake', 'en', 0)).toThrow('There is no intent cake');
});
