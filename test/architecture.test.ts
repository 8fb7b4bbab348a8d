import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { breaches, needlessExceptions, readTree, roomOf } from './support/architecture.ts';

const house = new Map([...readTree('src'), ...readTree('sandbox/src')]);
const withPlanted = (file: string, line: string): string[] =>
  breaches(new Map([...house, [file, `${line}\n${house.get(file) ?? ''}`]]));

describe('the direction of dependencies', () => {
  test('every file of src and of the sandbox keeps it', () => {
    expect(house.size).toBeGreaterThan(200);
    expect(breaches(house)).toEqual([]);
  });

  test('no exception outlives its reason', () => {
    expect(needlessExceptions(house)).toEqual([]);
    expect(needlessExceptions(new Map())).not.toEqual([]);
  });

  test.each([
    ['src/core/family/receive.ts', "import { Bot } from 'grammy';", 'the core knows no SDK'],
    [
      'src/core/family/receive.ts',
      "import { openRegister } from '../../store/open-register.ts';",
      'must not know store',
    ],
    ['src/core/family/decide.ts', "import { inForm as f } from './receive.ts';", 'a cycle'],
    ['src/core/case/triage.ts', 'const t = Date.now();', 'time and randomness are passed in'],
    ['src/facts/facts.ts', 'const t = new Date();', 'time and randomness are passed in'],
    [
      'src/core/helpers-of-old.ts',
      "import type { Case } from './register/register.ts';",
      'must not know core/register',
    ],
    [
      'src/channels/telegram/send.ts',
      "export { openRegister } from '../../store/open-register.ts';",
      'must not know store',
    ],
    ['src/store/cases.ts', "const { start } = await import('../start.ts');", 'must not know door'],
    [
      'src/health.ts',
      "import { telegramChannel } from './channels/telegram/telegram-channel.ts';",
      'join the parts',
    ],
    ['src/store/cases.ts', 'const e = process.env;', 'reads process.env'],
    ['src/core/utils.ts', '', 'a name that says nothing'],
    ['src/start.ts', "import { startSandbox } from '../sandbox/src/sandbox.ts';", 'must not know sandbox'],
    ['src/start.ts', "const s = await import('../sandbox/src/state.ts');", 'must not know sandbox'],
    ['src/cli.ts', "const s = await import('../sandbox/src/sandbox.ts');", 'must not know sandbox'],
    ['src/start.ts', "import type { Sandbox } from '../sandbox/src/sandbox.ts';", 'must not know sandbox'],
    [
      'src/channels/slack/wire/sockets.ts',
      "import { WebSocket } from 'ws';",
      'production does not install it',
    ],
    ['sandbox/src/page/api.js', "import { start } from '../../../src/start.ts';", 'must not know door'],
    ['sandbox/src/state.ts', "import { Kysely } from 'kysely';", 'sandbox/package.json does not name it'],
    ['src/router/router.ts', "import { z } from 'zod';", 'have no dependencies'],
  ])('a planted breach in %s is found: %s', (file, line, because) => {
    expect(withPlanted(file, line).join('\n')).toContain(because);
  });
});

/** One file of each room, and the rooms whose files it may import; `types of` those that it may only name. */
const ROOMS: Record<string, { file: string; knows: string; names?: string }> = {
  log: { file: 'src/core/log.ts', knows: '' },
  words: { file: 'src/core/words/messages.ts', knows: 'log' },
  case: { file: 'src/core/case/case-status.ts', knows: 'log words' },
  register: { file: 'src/core/register/outbox.ts', knows: 'log words case' },
  family: { file: 'src/core/family/receive.ts', knows: 'log words case register' },
  desk: { file: 'src/core/desk/desk.ts', knows: 'log words case register' },
  person: { file: 'src/core/person/names.ts', knows: 'log words case register' },
  ledger: { file: 'src/core/ledger/figures.ts', knows: 'log words case register' },
  delivery: {
    file: 'src/core/delivery/worker.ts',
    knows: 'log words case register family desk person ledger',
  },
  router: { file: 'src/router/router.ts', knows: 'words', names: 'core' },
  facts: { file: 'src/facts/facts.ts', knows: 'core router' },
  yaml: { file: 'src/yaml/read-yaml.ts', knows: '' },
  intents: { file: 'src/intents/intent-pack.ts', knows: 'core yaml router facts' },
  desks: { file: 'src/desks/load-desks.ts', knows: 'core yaml' },
  learned: { file: 'src/learned/checked-pack.ts', knows: 'core router intents' },
  store: { file: 'src/store/cases.ts', knows: 'core' },
  telegram: { file: 'src/channels/telegram/bot.ts', knows: 'core' },
  slack: { file: 'src/channels/slack/gate.ts', knows: 'core' },
  sandbox: { file: 'sandbox/src/state.ts', knows: '' },
  start: {
    file: 'src/start.ts',
    knows: 'core router facts intents desks learned store telegram slack',
  },
};

describe.each(Object.entries(ROOMS))('a file of %s', (name, { file, knows, names = '' }) => {
  const others = Object.entries(ROOMS).filter(([other]) => other !== name);
  const fits = (list: string, other: string): boolean =>
    list.split(' ').some((each) => each === other || (each === 'core' && inCore(other)));
  const inCore = (other: string): boolean => ROOMS[other]?.file.startsWith('src/core/') ?? false;
  const refused = (other: string, word: 'import' | 'import type'): boolean => {
    const target = ROOMS[other]?.file ?? '';
    const path = relative(dirname(file), target);
    const line = `${word} { x } from '${path.startsWith('.') ? path : `./${path}`}';`;
    return breaches(new Map([[file, line]])).some((each) => each.includes(`must not know ${roomOf(target)}`));
  };

  test.each(others.map(([other]) => other))('and one of %s', (other) => {
    expect(refused(other, 'import')).toBe(!fits(knows, other));
    expect(refused(other, 'import type')).toBe(!fits(`${knows} ${names}`, other));
  });
});

test('what the helpline and the sandbox both use has one version', () => {
  const manifest = z.object({
    dependencies: z.record(z.string(), z.string()).default({}),
    devDependencies: z.record(z.string(), z.string()).default({}),
  });
  const read = (file: string) => manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  const root = read('package.json');
  const sandbox = read('sandbox/package.json');
  // npm installs a workspace's own dependencies in production too.
  expect(sandbox.dependencies).toEqual({});
  const versions = { ...root.devDependencies, ...root.dependencies };
  const shared = Object.keys(sandbox.devDependencies).filter((name) => name in versions);
  expect(shared).toContain('hono');
  expect(shared.filter((name) => versions[name] !== sandbox.devDependencies[name])).toEqual([]);
});

test('no test mocks a module of ours', () => {
  const tests = ['test', 'sandbox/test'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  );
  const mocking = tests.filter(
    (file) =>
      file.endsWith('.ts') &&
      file !== 'test/architecture.test.ts' &&
      /\bvi\.(mock|doMock)\(/.test(readFileSync(file, 'utf8')),
  );
  expect(tests.length).toBeGreaterThan(100);
  expect(mocking).toEqual([]);
});
