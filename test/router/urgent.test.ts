import { expect, test } from 'vitest';
import { urgentThresholds, writingOf, type JudgedRow } from '../../src/router/urgent.ts';

const rows = (language: string, isUrgent: boolean, dangers: number[]): JudgedRow[] =>
  dangers.map((danger) => ({ language, isUrgent, danger }));
const spread = (count: number, from: number, to: number): number[] =>
  Array.from({ length: count }, (_, at) => from + ((to - from) * at) / (count - 1));

const english = [
  ...rows('en', true, [0.22, ...spread(99, 0.3, 1)]),
  ...rows('en', false, [...spread(899, 0, 0.1), 0.9]),
];
const tamil = [...rows('ta', true, spread(100, 0, 1)), ...rows('ta', false, spread(900, 0, 0.4))];

test('where danger is told well the threshold is low enough to catch nearly all of it', () => {
  const { english: threshold } = urgentThresholds(english, 0.01);
  expect(threshold).toBeGreaterThan(0.22);
  expect(threshold).toBeLessThanOrEqual(0.31);
});

test('where it is told badly the threshold stops where one in twelve harmless messages would ring', () => {
  const { native: threshold } = urgentThresholds(tamil, 0.01);
  const alarmed = tamil.filter(({ isUrgent, danger }) => !isUrgent && danger >= threshold).length;
  expect(alarmed).toBeGreaterThan(0);
  expect(alarmed).toBeLessThanOrEqual(72);
});

test('each kind of writing has its own threshold, and one with too few rows has that of all', () => {
  const thresholds = urgentThresholds([...english, ...tamil], 0.01);
  expect(thresholds.english).not.toBe(thresholds.native);
  expect(thresholds.english).toBe(urgentThresholds(english, 0.01).english);
  expect(thresholds.hindi).toBe(thresholds.romanised);
});

test('a little of danger, as every strange message has it, never rings', () => {
  const well = [...rows('hi', true, spread(100, 0.05, 1)), ...rows('hi', false, spread(900, 0, 0.01))];
  expect(urgentThresholds(well, 0.01).hindi).toBe(0.1);
});

test('an empty message never rings', () => {
  expect(urgentThresholds(english, 0.3).english).toBeGreaterThan(0.44);
});

test.each([
  ['en', 'english'],
  ['hi', 'hindi'],
  ['ur-Latn', 'hindi'],
  ['pa-Latn', 'romanised'],
  ['ur', 'native'],
])('%s is %s', (language, writing) => {
  expect(writingOf(language)).toBe(writing);
});
