import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Route } from '../../src/core/family/routed.ts';
import { openLiving, type LivingPack, type Train } from '../../src/intents/living-pack.ts';
import { readIntentsFolder } from '../../src/intents/load-intents.ts';
import { edited, soundFolder, writeIntents } from '../support/intents-folder.ts';
import { recordedLog } from '../support/recorded-log.ts';
import { until } from '../support/until.ts';

let intents: ReturnType<typeof writeIntents>;
let living: LivingPack | null = null;
beforeEach(() => {
  intents = writeIntents();
});
afterEach(() => {
  living?.close();
  intents.remove();
});

/** Knows only how many examples it has learned. */
const counting: Train = async ({ intents }) => {
  const examples = intents.flatMap((intent) => intent.examples).length;
  return () => ({ ...nothing, intent: String(examples) });
};
const nothing: ReturnType<Route> = {
  language: 'en',
  decision: 'clarify',
  intent: null,
  confidence: 0,
  candidates: [],
  also: [],
};
const open = async (train: Train) => {
  const log = recordedLog();
  const opened = await openLiving({
    folder: intents.folder,
    now: Date.now,
    read: async (folder) => readIntentsFolder(folder),
    train,
    readFacts: () => () => ({}),
    log: log.log,
  });
  living = opened;
  return { living: opened, log };
};
const edit = (files: Record<string, string>): void => {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(intents.folder, path), text);
};
const ONE_MORE = edited('bread/en.md', '  - any bread\n', '  - any bread\n  - loaf of bread\n');

test('there is knowledge at once and a route when it has been learned', async () => {
  const learned = Promise.withResolvers<void>();
  const { living } = await open(async (pack, signal) => {
    await learned.promise;
    return counting(pack, signal);
  });
  expect(living.knowledge().intent('bread')).not.toBeNull();
  expect(living.state().router).toBe('learning');
  expect(() => living.route()).toThrow('no router yet');
  learned.resolve();
  await living.settled;
  expect(living.state().router).toBe('ready');
  expect(living.route()('').intent).toBe('15');
});

test('an edit is in force when it has been learned', async () => {
  const { living } = await open(counting);
  await living.settled;
  edit(ONE_MORE);
  await until(() => expect(living.route()('').intent).toBe('16'));
});

test('a broken edit keeps the old pack and says why; mended, it is taken up', async () => {
  const { living, log } = await open(counting);
  await living.settled;
  edit({ 'bread/en.md': 'no front matter' });
  await until(() => expect(living.state().refused).toContain('bread/en.md:1'));
  expect(log.events()).toContain('pack-refused');
  expect(living.route()('').intent).toBe('15');
  expect(living.knowledge().title('bread', 'en')).toBe('Bread');
  edit({ 'bread/en.md': soundFolder['bread/en.md'] ?? '' });
  await until(() => expect(living.state().refused).toBeNull());
});

test('an edit that cannot be learned keeps the old pack, route and words together', async () => {
  let fails = false;
  const { living, log } = await open(async (pack, signal) => {
    if (fails) throw new Error('out of memory');
    return counting(pack, signal);
  });
  await living.settled;
  fails = true;
  edit(edited('bread/en.md', 'title: Bread', 'title: Loaf'));
  await until(() => expect(living.state().refused).toContain('could not be trained'));
  expect(log.events()).toContain('router-failed');
  expect(living.route()('').intent).toBe('15');
  expect(living.knowledge().title('bread', 'en')).toBe('Bread');
});

test('when the first pack cannot be learned it settles as failed', async () => {
  const { living } = await open(() => Promise.reject(new Error('out of memory')));
  await living.settled;
  expect(living.state().router).toBe('failed');
  expect(() => living.route()).toThrow('no router yet');
});

test('an edit while learning takes its place: the first is given up, and never put in force', async () => {
  const first = Promise.withResolvers<Route>();
  const signals: AbortSignal[] = [];
  const { living } = await open((pack, signal) => {
    signals.push(signal);
    return signals.length === 1 ? first.promise : counting(pack, signal);
  });
  edit(ONE_MORE);
  await living.settled;
  expect(signals[0]?.aborted).toBe(true);
  expect(living.route()('').intent).toBe('16');
  first.resolve(() => nothing);
  await first.promise;
  expect(living.route()('').intent).toBe('16');
});

test('a folder that cannot be used at the start is refused by name', async () => {
  rmSync(join(intents.folder, 'bread/hi.md'));
  await expect(open(counting)).rejects.toThrow('bread/hi.md');
});
