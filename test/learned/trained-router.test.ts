import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keptFiles } from '../../src/learned/kept-files.ts';
import { trainRouter } from '../../src/router/router.ts';
import { THESE_MAKERS, type Makers } from '../../src/learned/sum-of-files.ts';
import { trainedRouters } from '../../src/learned/trained-router.ts';
import { codeWithOneByteMore, runBy } from '../support/makers.ts';
import { recordedLog } from '../support/recorded-log.ts';
import { smallPack } from '../support/small-pack.ts';

const TEXTS = ['the agent took his passport', 'bachao', 'भाई की खबर नहीं', 'hello', 'zebra violin', 'no news'];
const expected = trainRouter(smallPack);

/** What a first start leaves behind. */
const learned = mkdtempSync(join(tmpdir(), 'helpline-router-'));
beforeAll(async () => {
  await start(smallPack, learned);
});
afterAll(() => rmSync(learned, { recursive: true, force: true }));
const startedBefore = (): void => cpSync(learned, dataDir, { recursive: true });

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'helpline-router-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** Opens a router for a pack as a start would; tells whether it had to be learned. */
async function start(pack = smallPack, folder = dataDir) {
  const { log, lines, events } = recordedLog();
  const { route } = await trainedRouters({ dataDir: folder, now: Date.now, log })(pack);
  const how = lines.find(({ event }) => event === 'router-ready')?.fields.why;
  return { route, how, events };
}
/** Whether a start finds the router kept; if not, it gives up instead of learning. */
async function isKept(makers: Makers): Promise<boolean> {
  const { log, events } = recordedLog();
  const opened = trainedRouters({ dataDir, now: Date.now, log, makers })(smallPack, AbortSignal.abort());
  await Promise.allSettled([opened]);
  return !events().includes('router-learning');
}
const files = (): string[] =>
  readdirSync(join(dataDir, 'router')).map((name) => join(dataDir, 'router', name));
const only = (): string => {
  expect(files()).toHaveLength(1);
  return files()[0] ?? '';
};

describe('a router', () => {
  test('is learned at the first start, kept, and decides the same from then on', async () => {
    const first = await start();
    const second = await start();
    expect([first.how, second.how]).toEqual(['learned', 'kept']);
    for (const text of TEXTS) {
      expect(first.route(text)).toEqual(expected.route(text));
      expect(second.route(text)).toEqual(expected.route(text));
    }
  });

  test('is learned anew when one example, or one urgent phrase, has changed', async () => {
    startedBefore();
    const [intent, ...intents] = smallPack.intents;
    if (!intent) throw new Error('The pack is empty');
    const examples = [...intent.examples, { text: 'guards are shooting', language: 'en' }];
    expect((await start({ ...smallPack, intents: [{ ...intent, examples }, ...intents] })).how).toBe(
      'learned',
    );
    const urgentPhrases = [...smallPack.urgentPhrases, { language: 'en', phrases: ['mayday'] }];
    const other = await start({ ...smallPack, urgentPhrases });
    expect(other.how).toBe('learned');
    expect(other.route('mayday').decision).toBe('urgent');
    expect((await start()).how).toBe('kept');
  });

  test.each<[string, () => Makers]>([
    ['by another Node', () => ({ ...THESE_MAKERS, node: 'v99.0.0' })],
    ['on another processor', () => ({ ...THESE_MAKERS, arch: 'other' })],
    [
      'by other code',
      () => ({ ...THESE_MAKERS, source: codeWithOneByteMore(join(dataDir, 'src'), 'router/words.ts') }),
    ],
  ])('that was learned here is learned anew %s', async (_, other) => {
    startedBefore();
    expect(await isKept(THESE_MAKERS)).toBe(true);
    expect(await isKept(other())).toBe(false);
  });

  test('comes from the router and the words of the core, and from no library', () => {
    const { libraries, files } = runBy(join('src', 'learned', 'router-thread.ts'));
    expect(libraries).toEqual([]);
    expect(files).toContain('router/softmax.ts');
    expect(files.filter((file) => !/^(router|core\/words)\//.test(file))).toEqual([]);
  });

  test.each<[string, (file: string) => void]>([
    ['cut short', (file) => writeFileSync(file, readFileSync(file).subarray(0, 5000))],
    ['empty', (file) => writeFileSync(file, '')],
    [
      'changed by one bit',
      (file) => {
        const bytes = readFileSync(file);
        bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
        writeFileSync(file, bytes);
      },
    ],
  ])('kept in a file that is %s is learned anew, and kept again', async (_, damage) => {
    startedBefore();
    damage(only());
    const again = await start();
    expect(again.how).toBe('learned');
    for (const text of TEXTS) expect(again.route(text)).toEqual(expected.route(text));
    expect((await start()).how).toBe('kept');
  });

  test('kept under the name of another is not taken for it', async () => {
    await start({ ...smallPack, urgentPhrases: [] });
    const wrong = only();
    startedBefore();
    const right = files().find((file) => file !== wrong) ?? '';
    renameSync(wrong, right);
    const again = await start();
    expect(again.how).toBe('learned');
    expect(again.route('bachao').decision).toBe('urgent');
  });

  test('serves although it cannot be kept', async () => {
    const file = join(dataDir, 'not-a-folder');
    writeFileSync(file, '');
    const { route, events } = await start(smallPack, file);
    expect(events()).toContain('router-not-kept');
    expect(route('bachao').decision).toBe('urgent');
  });

  test('is learned without holding up the event loop', async () => {
    let longest = 0;
    let before = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - before);
      before = performance.now();
    }, 5);
    const from = performance.now();
    await start();
    const took = performance.now() - from;
    clearInterval(beat);
    expect(longest).toBeLessThan(took / 2);
  });

  test('is not learned to the end when nobody wants it any more', async () => {
    const stopping = new AbortController();
    const { log, events } = recordedLog();
    const pending = trainedRouters({ dataDir, now: Date.now, log })(smallPack, stopping.signal);
    stopping.abort();
    await expect(pending).rejects.toThrow(/ended before/);
    expect(events()).toEqual(['router-learning']);
  });
});

test('only the last few used files stay', () => {
  let now = Date.now();
  const kept = keptFiles(dataDir, () => (now += 10_000));
  for (const key of ['a', 'b', 'c']) kept.write(key, Buffer.from(key));
  expect(kept.read('a')).toEqual(Buffer.from('a'));
  kept.write('d', Buffer.from('d'));
  expect(kept.read('a')).not.toBeNull();
  expect(kept.read('d')).not.toBeNull();
  expect(readdirSync(dataDir)).toHaveLength(3);
  expect(kept.read('nothing')).toBeNull();
});
