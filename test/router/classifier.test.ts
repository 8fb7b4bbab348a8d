import { expect, test } from 'vitest';
import { trainClassifier } from '../../src/router/classifier.ts';
import { smallPack } from '../support/small-pack.ts';

const rows = smallPack.intents.flatMap((intent) =>
  intent.examples.map(({ text }) => ({ text, intent: intent.id })),
);

test('the same seed gives the same answers, to the last digit', () => {
  const [a, b] = [trainClassifier(rows, { seed: 4 }), trainClassifier(rows, { seed: 4 })];
  for (const text of ['my brother is missing', 'पासपोर्ट', 'thanks', 'qqq'])
    expect(a.classify(text)).toEqual(b.classify(text));
  expect(a.bands).toEqual(b.bands);
});

test('probabilities sum to one and come best first', () => {
  const { candidates } = trainClassifier(rows, { seed: 1 }).classify('where is my passport');
  expect(candidates.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 4);
  expect(candidates.map(({ p }) => p)).toEqual(candidates.map(({ p }) => p).toSorted((a, b) => b - a));
});

test('words in a script without examples are understood by their sound', () => {
  const latin = rows.filter(({ text }) => /[a-z]/.test(text));
  const { classify } = trainClassifier(latin, { seed: 1 });
  expect(classify('पासपोर्ट छीन लिया').intent).toBe('passport-lost-seized');
  expect(classify('ਪਾਸਪੋਰਟ ਏਜੰਟ ਨੇ ਲੈ ਲਿਆ').intent).toBe('passport-lost-seized');
  expect(classify('پاسپورٹ کھو گیا').intent).toBe('passport-lost-seized');
  expect(classify('भाई की कोई खबर नहीं').intent).toBe('missing-no-contact');
});

test('rows out of scope are never an answer', () => {
  const { classify } = trainClassifier([...rows, { text: 'a recipe for rice', intent: 'oos' }], { seed: 1 });
  expect(classify('a recipe for rice').candidates.map(({ intent }) => intent)).not.toContain('oos');
});

test('an intent that has few examples is known by its name too', () => {
  const few = [
    { text: 'pineapple on it', intent: 'orderPizza' },
    { text: 'twelve of them', intent: 'orderPizza' },
    { text: 'what happened to mine', intent: 'lost_umbrella' },
    { text: 'it is gone', intent: 'lost_umbrella' },
  ];
  const { classify, heldOut } = trainClassifier(few, { seed: 1 });
  expect(classify('a pizza').intent).toBe('orderPizza');
  expect(classify('the umbrella').intent).toBe('lost_umbrella');
  expect(
    heldOut()
      .map(({ row }) => row.text)
      .toSorted(),
  ).toEqual(few.map(({ text }) => text).toSorted());
});

test('held-out rows are guessed well above chance', () => {
  const { heldOut } = trainClassifier(rows, { seed: 1 });
  const guessed = heldOut();
  const right = guessed.filter(({ row, candidates }) => candidates[0]?.intent === row.intent).length;
  expect(guessed.length).toBe(rows.length);
  expect(right / guessed.length).toBeGreaterThan(0.6);
});

test('empty, endless and odd texts get an answer', () => {
  const { classify } = trainClassifier(rows, { seed: 1 });
  for (const text of ['', '   ', '🙂🙂', '\u0000\uD800', 'passport '.repeat(20_000), '؟؟', '്ാ'])
    expect(classify(text).confidence).toBeGreaterThanOrEqual(0);
});
