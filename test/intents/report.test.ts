import { afterEach, expect, it } from 'vitest';
import type { IntentPack } from '../../src/intents/intent-pack.ts';
import { loadIntentPack } from '../../src/intents/load-intents.ts';
import { report, type Doubts } from '../../src/intents/report.ts';
import { edited, soundFolder, writeIntents } from '../support/intents-folder.ts';

let remove = (): void => {};
afterEach(() => remove());

const packOf = (changes: Record<string, string>): IntentPack => {
  const made = writeIntents(changes);
  remove = made.remove;
  return loadIntentPack(made.folder, Date.UTC(2026, 10, 22));
};
const told = (pack: IntentPack, doubts: Doubts = null, how = {}): Record<string, readonly string[]> =>
  Object.fromEntries(report(pack, doubts, how).map(({ title, lines }) => [title.split(/[:,(]/)[0], lines]));

/** A second intent beside bread, in English only where it matters. */
const cake = Object.fromEntries(
  Object.entries(soundFolder)
    .filter(([path]) => path.startsWith('bread/'))
    .map(([path, text]) => [
      path.replace('bread', 'cake'),
      text.replaceAll(/bread/gi, 'cake').replaceAll('roti', 'mithai').replaceAll('रोटी', 'केक'),
    ]),
);

it('a language of which nothing is there is one line, one that lacks an intent names it', () => {
  const some = { ...cake, 'cake/pa.md': cake['cake/en.md'] ?? '' };
  const lines = told(packOf(some))['Languages without an answer'];
  expect(lines).toContain('pa: bread');
  expect(lines).toContain('ta: none is written');
  expect(lines?.some((line) => /^(?:en|hi|hi-Latn|ur-Latn):/.test(line))).toBe(false);
});

it('a sentence that nobody can follow is named with its line', () => {
  const long = `${'word '.repeat(30).trim()}.`;
  const lines = told(packOf(edited('bread/en.md', 'It is warm.', long)))['Hard to read'];
  expect(lines).toEqual(['intents/bread/en.md:15: a sentence of 30 words: say it in two']);
  expect(soundFolder['bread/en.md']?.split('\n')[14]).toBe('It is warm.');
});

it('a contact that is not shown and a review that is due are named', () => {
  expect(told(packOf({}))['Due for review']).toEqual(['contact baker: not signed, so not shown']);
});

const guess = (text: string, taken: string, p: number, intent = 'bread') => ({
  intent,
  language: 'en',
  text,
  taken,
  p,
});

it('examples that go astray stand with their line, the surest first, and only of the intent that is asked for', () => {
  const pack = packOf(cake);
  const doubts = {
    twins: [],
    guessed: [
      guess('any bread', 'cake', 0.6),
      guess('bread please', 'cake', 0.9),
      guess('where is bread', 'bread', 0.9),
      guess('any cake', 'bread', 0.7, 'cake'),
    ],
  };
  expect(told(pack, doubts, { about: 'bread' })['Examples that the router']).toEqual([
    'en: 33.3 % of 3',
    'all: 33.3 % of 3',
  ]);
  const astray = report(pack, doubts, { about: 'bread' }).find(({ title }) =>
    title.includes('another intent'),
  );
  expect(astray?.lines).toEqual([
    'intents/bread/en.md:7: "bread please" -> cake 0.90',
    'intents/bread/en.md:6: "any bread" -> cake 0.60',
  ]);
});

it('examples that sound the same in two intents are named', () => {
  const twins = [
    {
      first: { intent: 'bread', language: 'hi', text: 'रोटी दो' },
      second: { intent: 'bread', language: 'hi-Latn', text: 'roti do' },
    },
  ];
  const section = report(packOf({}), { twins, guessed: [] }).find(({ title }) =>
    title.includes('sound the same'),
  );
  expect(section?.lines).toEqual(['intents/bread/hi-Latn.md:7 and intents/bread/hi.md:7: "roti do"']);
});
