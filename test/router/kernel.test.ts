import { expect, test } from 'vitest';
import { kernel } from '../../src/router/kernel.ts';

test('add and learn do what plain loops do', () => {
  const [features, classes, stride] = [7, 6, 8];
  const loops = kernel(features, classes);
  const weights = Array.from({ length: features }, () => Array.from({ length: classes }, () => 0));
  const row = [
    { id: 2, value: 0.5 },
    { id: 6, value: -1.25 },
    { id: 0, value: 2 },
  ];
  row.forEach(({ id, value }, at) => {
    loops.ids[at] = id;
    loops.values[at] = value;
  });
  const gradient = [0, 1, 0, 0, 0.5, -3];
  loops.gradient.set(gradient);
  loops.learn(row.length);
  loops.learn(2);
  row.forEach(({ id, value }, at) => {
    const times = at < 2 ? 2 : 1;
    gradient.forEach((step, c) => {
      const own = weights[id] ?? [];
      own[c] = (own[c] ?? 0) + times * value * step;
    });
  });
  loops.scores.fill(1);
  loops.add(row.length);
  const expected = Array.from({ length: classes }, (_, c) =>
    row.reduce((sum, { id, value }) => sum + value * (weights[id]?.[c] ?? 0), 1),
  );
  expect(loops.scores).toHaveLength(stride);
  expect([...loops.scores.subarray(0, classes)]).toEqual(expected);
});
