import { afterEach, describe, expect, test } from 'vitest';
import { loadIntentPack } from '../../src/intents/load-intents.ts';
import { edited, soundFolder, writeIntents } from '../support/intents-folder.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const removals: (() => void)[] = [];
afterEach(() => removals.splice(0).forEach((remove) => remove()));

function load(changes: Readonly<Record<string, string | undefined>> = {}) {
  const { folder, remove } = writeIntents(changes);
  removals.push(remove);
  return loadIntentPack(folder, now);
}

function faultsOf(changes: Readonly<Record<string, string | undefined>>): unknown {
  try {
    load(changes);
  } catch (error) {
    return error instanceof Error ? error.cause : error;
  }
  return [];
}

test('a sound folder loads, with its examples for the router', () => {
  const pack = load();
  expect([...pack.intents.keys()]).toEqual(['bread']);
  expect(pack.router.intents[0]?.examples).toContainEqual({ text: 'roti kahan', language: 'hi-Latn' });
  expect(pack.router.urgentPhrases[0]?.phrases).toContain('help self-harm');
  expect(pack.phrases.get('en')?.texts.get('hello')).toBe('Hello {name}');
  expect(pack.notices).toEqual(['contact baker: not signed, so not shown']);
});

test('further languages may come in any subset', () => {
  const pack = load({
    'bread/ta.md': '---\nstatus: draft\ntitle: ரொட்டி\nexamples: [a b, c d, e f, g h, i j]\n---\nரொட்டி.\n',
  });
  expect(pack.intents.get('bread')?.texts.get('ta')?.markdown).toBe('ரொட்டி.');
});

describe('a fault is told with its file and line', () => {
  const cases: [claim: string, changes: Record<string, string | undefined>, fault: string | RegExp][] = [
    [
      'broken YAML',
      edited('bread/intent.yaml', 'next: [human]', 'next: [human'),
      /^intents\/bread\/intent.yaml:\d+: not valid YAML/,
    ],
    [
      'an unknown kind',
      edited('bread/intent.yaml', 'advisory', 'advice'),
      /^intents\/bread\/intent.yaml:3: kind: /,
    ],
    [
      'a misspelt key',
      edited('bread/intent.yaml', 'failClosed', 'failclosed'),
      /^intents\/bread\/intent.yaml:15: unknown key "failclosed"/,
    ],
    [
      'figures that would be shown past their review',
      edited('bread/intent.yaml', 'reviewClass: K', 'reviewClass: N'),
      /^intents\/bread\/intent.yaml:15: failClosed: figures that change/,
    ],
    [
      'advice that opens a case',
      edited('bread/intent.yaml', 'opensCase: none', 'opensCase: open-or-update'),
      /^intents\/bread\/intent.yaml:5: opensCase: urgent and intake/,
    ],
    [
      'danger that may wait',
      edited(
        'bread/intent.yaml',
        'kind: advisory\npriority: P4\nopensCase: none',
        'kind: urgent\npriority: P1\nopensCase: open-or-update',
      ),
      /^intents\/bread\/intent.yaml:4: priority: what is urgent is P0/,
    ],
    [
      'a hard boundary without a person',
      edited('bread/intent.yaml', 'failClosed: false', 'failClosed: false\nhardBoundary: true'),
      /^intents\/bread\/intent.yaml:3: kind: behind a hard boundary/,
    ],
    [
      'a contact behind a hard boundary',
      {
        ...edited('bread/intent.yaml', 'kind: advisory', 'kind: human\nhardBoundary: true'),
      },
      'intents/bread/en.md:12: behind a hard boundary no step, link or contact is given: take it out',
    ],
    [
      'a review date before asOf',
      edited('bread/intent.yaml', '2026-12-22', '2026-11-01'),
      /^intents\/bread\/intent.yaml:13: reviewBy: the review date/,
    ],
    [
      'a day that does not exist',
      edited('bread/intent.yaml', '2026-12-22', '2026-02-30'),
      /^intents\/bread\/intent.yaml:13: reviewBy: write a day/,
    ],
    [
      'a next that is no intent',
      edited('bread/intent.yaml', '[human]', '[human, butter]'),
      /^intents\/bread\/intent.yaml:6: next "butter" is no intent/,
    ],
    [
      'four things next',
      edited('bread/intent.yaml', '[human]', '[human, report, bread, human]'),
      /:6: next: offer at most three/,
    ],
    ['a source without a letter', edited('bread/intent.yaml', 'id: T1', 'id: one'), /:8: sources\.0\.id: /],
    [
      'a missing intent.yaml',
      { 'bread/intent.yaml': undefined },
      'intents/bread/intent.yaml:1: the file is missing: write it',
    ],
    [
      'a missing needed language',
      { 'bread/hi.md': undefined },
      'intents/bread/hi.md:1: the file is missing: write it',
    ],
    ['a language nobody knows', { 'bread/xx.md': 'x' }, /^intents\/bread\/xx.md:1: name the file/],
    ['no front matter', { 'bread/en.md': 'Hello' }, /^intents\/bread\/en.md:1: begin with front matter/],
    [
      'a label too long for a button',
      edited('bread/en.md', 'title: Bread', 'title: Bread and butter and jam and tea'),
      /^intents\/bread\/en.md:3: title: a button label/,
    ],
    [
      'too few examples',
      edited('bread/hi.md', '  - रोटी दो\n', ''),
      /^intents\/bread\/hi.md:4: examples: give at least five/,
    ],
    [
      'an example twice in a file',
      edited('bread/en.md', '- any bread', '- Where is bread?'),
      /^intents\/bread\/en.md:6: this example stands/,
    ],
    [
      'an example that is not text',
      edited('bread/en.md', '- any bread', '- 42'),
      /^intents\/bread\/en.md:6: examples\.1/,
    ],
    [
      'an empty answer',
      edited('bread/hi.md', 'रोटी गरम है।', ''),
      /^intents\/bread\/hi.md:11: the answer is empty/,
    ],
    [
      'a heading',
      edited('bread/en.md', 'It is warm.', '# Warm'),
      /^intents\/bread\/en.md:15: a heading is not shown/,
    ],
    [
      'an http link',
      edited('bread/en.md', 'It is warm.', '[warm](http://w.example)'),
      /^intents\/bread\/en.md:15: a link must begin/,
    ],
    [
      'an unknown contact',
      edited('bread/en.md', 'contact:baker}', 'contact:bakr}'),
      /^intents\/bread\/en.md:13: \{\{contact:bakr\}\} names no contact/,
    ],
    [
      'a stray brace',
      edited('bread/en.md', 'It is warm.', 'It is {warm}.'),
      /^intents\/bread\/en.md:15: a single \{/,
    ],
    [
      'a phone number',
      edited('bread/en.md', 'It is warm.', 'Call +91 98765 43210.'),
      /^intents\/bread\/en.md:15: holds what looks like a phone number/,
    ],
    [
      'a contact without an English label',
      edited('_contacts.yaml', 'label: { en: The baker }', 'label: { hi: The baker }'),
      /^intents\/_contacts.yaml:10: 1\.label: /,
    ],
    [
      'two contacts of one id',
      edited('_contacts.yaml', 'id: baker\n', 'id: bakery\n'),
      /^intents\/_contacts.yaml:7: the id "bakery" is taken/,
    ],
    [
      'a signature longer than 30 days',
      edited(
        '_contacts.yaml',
        "value: '+10000000000'",
        "value: '+10000000000'\n  checked_by: A\n  checked_on: 2026-11-01\n  expires_on: 2026-12-22",
      ),
      /^intents\/_contacts.yaml:12: 1\.expires_on: a signature lasts/,
    ],
    [
      'a signature without its day',
      edited('_contacts.yaml', "value: '+10000000000'", "value: '+10000000000'\n  checked_by: A"),
      /^intents\/_contacts.yaml:10: 1\.checked_by: a signature needs/,
    ],
    [
      'an urgent reason left out',
      edited('_urgent.yaml', '  self-harm: [help self-harm]\n', ''),
      /^intents\/_urgent.yaml:1: en\.self-harm/,
    ],
    [
      'no urgent phrases at all',
      { '_urgent.yaml': undefined },
      'intents/_urgent.yaml:1: the file is missing: write it',
    ],
    [
      'an intent that needs words beside it, without words',
      { '_beside.yaml': '- intents: [bread]\n  words:\n    en: []\n' },
      /^intents\/_beside.yaml:3: 0\.words\.en: list words/,
    ],
    [
      'a word beside it of a single letter',
      { '_beside.yaml': '- intents: [bread]\n  words:\n    en: [a]\n' },
      /^intents\/_beside.yaml:3: 0\.words\.en\.0: a single letter/,
    ],
    [
      'a phrase key missing',
      { '_phrases/hi.yaml': 'status: draft\nhello: नमस्ते {name}\n' },
      'intents/_phrases/hi.yaml:1: the key "bye" of en.yaml is missing: translate it',
    ],
    [
      'a phrase key too many',
      { '_phrases/hi.yaml': 'status: draft\nhello: a {name}\nbye: b\nmore: c\n' },
      /^intents\/_phrases\/hi.yaml:4: the key "more" is not in en.yaml/,
    ],
    [
      'a phrase with other slots',
      { '_phrases/hi.yaml': 'status: draft\nhello: नमस्ते {naam}\nbye: b\n' },
      /^intents\/_phrases\/hi.yaml:2: "hello" has slots \{naam\}, en.yaml has \{name\}/,
    ],
    [
      'phrases without English',
      { '_phrases/en.yaml': undefined, '_phrases/hi.yaml': 'status: draft\n' },
      /^intents\/_phrases\/en.yaml:1: the file is missing/,
    ],
  ];
  test.each(cases)('%s', (_, changes, fault) => {
    const pattern = typeof fault === 'string' ? new RegExp(`^${fault}$`) : fault;
    expect(faultsOf(changes)).toEqual(expect.arrayContaining([expect.stringMatching(pattern)]));
  });
});

test('every fault is told at once', () => {
  expect(
    faultsOf({
      ...edited('bread/intent.yaml', 'advisory', 'advice'),
      ...edited('bread/hi.md', 'रोटी गरम है।', ''),
      '_urgent.yaml': undefined,
    }),
  ).toHaveLength(3);
});

test('the same example in two intents is refused, naming both', () => {
  const cake = Object.fromEntries(
    ['intent.yaml', 'en.md', 'hi.md', 'hi-Latn.md'].map((file) => [
      `cake/${file}`,
      soundFolder[`bread/${file}`],
    ]),
  );
  expect(faultsOf(cake)).toContainEqual(
    'intents/cake/en.md:5: "where is bread" is an example of bread too: keep it in one of them',
  );
});
