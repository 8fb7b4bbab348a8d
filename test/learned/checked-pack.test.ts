import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkedPacks } from '../../src/learned/checked-pack.ts';
import { packFrom, readIntentsFolder } from '../../src/intents/load-intents.ts';
import { edited, writeIntents } from '../support/intents-folder.ts';

let dataDir: string;
let intents: ReturnType<typeof writeIntents>;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'helpline-checked-'));
  intents = writeIntents();
});
afterEach(() => {
  intents.remove();
  rmSync(dataDir, { recursive: true, force: true });
});
const read = () => checkedPacks({ dataDir, now: Date.now })(intents.folder);
const kept = (): string[] => readdirSync(join(dataDir, 'intents'));

test('a folder reads the same from its files, from the thread and from what was kept', async () => {
  const expected = readIntentsFolder(intents.folder);
  expect(await read()).toEqual(expected);
  expect(kept()).toHaveLength(1);
  const again = await read();
  expect(again).toEqual(expected);
  expect(packFrom(again, 0).answerFor('bread', 'en', 0).markdown).toContain('bakery.example');
});

test('an edit of any file is read', async () => {
  await read();
  const [[path, text] = ['', '']] = Object.entries(edited('bread/en.md', 'It is warm.', 'It is fresh.'));
  writeFileSync(join(intents.folder, path), text);
  expect((await read()).intents.get('bread')?.texts.get('en')?.markdown).toContain('fresh');
});

test('a fault is told by file and line, and nothing is kept of it', async () => {
  writeFileSync(join(intents.folder, 'bread/en.md'), 'no front matter');
  await expect(read()).rejects.toThrow(/bread\/en\.md:1/);
  expect(() => kept()).toThrow('ENOENT');
});

test('what was kept and is damaged is read anew', async () => {
  const expected = await read();
  const file = join(dataDir, 'intents', kept()[0] ?? '');
  const bytes = readFileSync(file);
  bytes.fill(0, bytes.length - 200);
  writeFileSync(file, bytes);
  expect(await read()).toEqual(expected);
});
