import { describe, expect, test } from 'vitest';
import { addRows, changeRows } from '../../src/router/linear-rows.ts';

const CLASSES = 3;
const WEIGHTS = [1, 2, 3, -1, 0.5, 0, 4, -2, 1, 0, 0, 8, 2, 2, 2, -3, 1, 5, 7, -7, 0.25];
const ids = Int32Array.from([2, 6, 0, 5, 1, 4, 3]);
const values = Float32Array.from([0.5, -1.25, 2, 1, -0.5, 3, 0.25]);

describe.each([0, 1, 3, 4, 5, 7])('of a message, the first %i features', (count) => {
  test('are added to the scores with their weights, and no others', () => {
    const scores = Float64Array.from([10, 20, 30]);
    addRows({ ids, values }, count, Float32Array.from(WEIGHTS), scores);
    const expected = [10, 20, 30].map((score, c) =>
      [...ids]
        .slice(0, count)
        .reduce((sum, id, i) => sum + (values[i] ?? 0) * (WEIGHTS[id * CLASSES + c] ?? 0), score),
    );
    expect([...scores]).toEqual(expected);
  });

  test('take a step in the classes that change, and in no others', () => {
    const weights = Float32Array.from(WEIGHTS);
    const changes = { classes: Int32Array.from([2, 0, 1]), by: Float64Array.from([4, -0.5, 99]), count: 2 };
    changeRows({ ids, values }, count, weights, CLASSES, changes);
    const expected = [...WEIGHTS];
    for (const [i, id] of [...ids].slice(0, count).entries()) {
      expected[id * CLASSES + 2] = (expected[id * CLASSES + 2] ?? 0) + 4 * (values[i] ?? 0);
      expected[id * CLASSES] = (expected[id * CLASSES] ?? 0) - 0.5 * (values[i] ?? 0);
    }
    expect([...weights]).toEqual(expected);
  });
});
