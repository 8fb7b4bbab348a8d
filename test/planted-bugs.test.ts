import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BUGS } from '../scripts/planted-bugs.mjs';

const root = join(import.meta.dirname, '..');

test.each(BUGS)('the bug "$name" can be planted in the code as it is now', ({ file, edits, tests }) => {
  expect([file, ...tests].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  let text = readFileSync(join(root, file), 'utf8');
  for (const { from, to } of edits) {
    expect(from).not.toBe(to);
    expect({ from, times: text.split(from).length - 1 }).toEqual({ from, times: 1 });
    text = text.replace(from, () => to);
  }
});

test('no two bugs have one name', () => {
  const names = BUGS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
