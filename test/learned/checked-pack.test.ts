import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkedPacks } from '../../src/learned/checked-pack.ts';
import { packFrom, readIntentsFolder } from '../../src/intents/load-intents.ts';
import { THESE_MAKERS, type Makers } from '../../src/learned/sum-of-files.ts';
import { codeWithOneByteMore, runBy, otherVersionOf } from '../support/makers.ts';
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
const read = (makers?: Makers) =>
  checkedPacks({ dataDir, now: Date.now, ...(makers && { makers }) })(intents.folder);
const kept = (): string[] => readdirSync(join(dataDir, 'intents'));

test('a folder reads the same from its files, from the thread and from what was kept', async () => {
  const expected = readIntentsFolder(intents.folder);
  expect(await read()).toEqual(expected);
  expect(kept()).toHaveLength(1);
  const again = await read();
  expect(again).toEqual(expected);
  expect(kept()).toHaveLength(1);
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

test.each(['node', 'arch'] as const)('a folder is read anew by another %s', async (part) => {
  await read();
  await read({ ...THESE_MAKERS, [part]: 'other' });
  expect(kept()).toHaveLength(2);
});

const { libraries, files } = runBy(join('src', 'learned', 'intents-thread.ts'));
const oneOfEachFolder = files.filter((file, at) => dirname(file) !== dirname(files[at - 1] ?? ''));

test('what reads a folder is code of ours and three libraries', () => {
  expect(files).toContain('yaml/read-yaml.ts');
  expect(libraries).toEqual(['mdast-util-from-markdown', 'yaml', 'zod']);
});

test.each(oneOfEachFolder)('a folder is read anew when %s has changed', async (file) => {
  await read();
  await read({ ...THESE_MAKERS, source: codeWithOneByteMore(join(dataDir, 'src'), file) });
  expect(kept()).toHaveLength(2);
});

test.each(libraries)('a folder is read anew by another version of %s', async (library) => {
  await read();
  await read(otherVersionOf(library));
  expect(kept()).toHaveLength(2);
});
