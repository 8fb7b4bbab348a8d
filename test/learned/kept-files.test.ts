import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keptFiles } from '../../src/learned/kept-files.ts';

const BYTES = Uint8Array.from([1, 2, 3]);
let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'kept-'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const atInstall = () => keptFiles(join(place, 'installed', 'router'), Date.now);
const atStart = () => keptFiles(join(place, 'data', 'router'), Date.now, join(place, 'installed'));

test('what the installation has made is found by the first start, and only read', () => {
  atInstall().write('key', BYTES);
  expect(atStart().read('key')).toEqual(Buffer.from(BYTES));
  expect(atStart().read('other')).toBeNull();
  expect(readdirSync(place)).toEqual(['installed']);
});

test('what was made later stands before it', () => {
  atInstall().write('key', BYTES);
  atStart().write('key', Uint8Array.from([4]));
  expect(atStart().read('key')).toEqual(Buffer.from([4]));
});

test('a damaged file of the installation is as good as none', () => {
  mkdirSync(join(place, 'installed', 'router'), { recursive: true });
  writeFileSync(join(place, 'installed', 'router', 'key.bin'), Buffer.alloc(64));
  expect(atStart().read('key')).toBeNull();
});
