import { expect, test } from 'vitest';
import { urgentBars, writingOf, type JudgedRow } from '../../src/router/urgent.ts';

const rows = (language: string, isUrgent: boolean, dangers: number[]): JudgedRow[] =>
  dangers.map((danger) => ({ language, isUrgent, danger }));
const spread = (count: number, from: number, to: number): number[] =>
  Array.from({ length: count }, (_, at) => from + ((to - from) * at) / (count - 1));

const english = [
  ...rows('en', true, [0.22, ...spread(99, 0.3, 1)]),
  ...rows('en', false, [...spread(899, 0, 0.1), 0.9]),
];
const tamil = [...rows('ta', true, spread(100, 0, 1)), ...rows('ta', false, spread(900, 0, 0.4))];

test('where danger is told well the bar is low enough to catch nearly all of it', () => {
  const { english: bar } = urgentBars(english, 0.01);
  expect(bar).toBeGreaterThan(0.22);
  expect(bar).toBeLessThanOrEqual(0.31);
});

test('where it is told badly the bar stops where one in twelve harmless messages would ring', () => {
  const { native: bar } = urgentBars(tamil, 0.01);
  const alarmed = tamil.filter(({ isUrgent, danger }) => !isUrgent && danger >= bar).length;
  expect(alarmed).toBeGreaterThan(0);
  expect(alarmed).toBeLessThanOrEqual(72);
});

test('each kind of writing has its own bar, and one with too few rows has that of all', () => {
  const bars = urgentBars([...english, ...tamil], 0.01);
  expect(bars.english).not.toBe(bars.native);
  expect(bars.english).toBe(urgentBars(english, 0.01).english);
  expect(bars.hindi).toBe(bars.romanised);
});

test('a little of danger, as every strange message has it, never rings', () => {
  const well = [...rows('hi', true, spread(100, 0.05, 1)), ...rows('hi', false, spread(900, 0, 0.01))];
  expect(urgentBars(well, 0.01).hindi).toBe(0.1);
});

test('an empty message never rings', () => {
  expect(urgentBars(english, 0.3).english).toBeGreaterThan(0.44);
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
