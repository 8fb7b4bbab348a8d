import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** Source files by their path from the project's root, with forward slashes. */
export type Tree = ReadonlyMap<string, string>;

/** Every file of code under a folder; the sandbox's page is JavaScript. */
export function readTree(folder: string): Tree {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter((file) => /\.[jt]s$/.test(file))
      .map((file) => join(folder, file))
      .map((file) => [relative('.', file).replaceAll('\\', '/'), readFileSync(file, 'utf8')]),
  );
}

/** `type` disappears when types are stripped; `lazy` is read when it is needed, not at the start. */
type Import = { wanted: string; kind: 'type' | 'value' | 'lazy' };

const IMPORT =
  /(?:^|\n)\s*(?:import|export)(\s+type)?\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

const importsOf = (text: string): Import[] =>
  [...text.matchAll(IMPORT)].map(([, type, from, bare, lazy]) => ({
    wanted: from ?? bare ?? lazy ?? '',
    kind: lazy ? 'lazy' : type ? 'type' : 'value',
  }));

/** The part of the house that a file belongs to: `core/words`, `channels/slack`, `store`, `sandbox`, or `door` for the files of `src` itself. */
export function roomOf(file: string): string {
  if (file.startsWith('sandbox/')) return 'sandbox';
  const [, first = '', second = ''] = file.split('/');
  if (first === 'core' && second === 'log.ts') return 'core/log';
  if (first === 'channels' || first === 'core') return `${first}/${second}`;
  return first.endsWith('.ts') || first === 'cli' ? 'door' : first;
}

const BELOW_FAMILY = ['core/words', 'core/case', 'core/register', 'core/log'];
const BESIDE_FAMILY = ['core/family', 'core/desk', 'core/person', 'core/ledger'];

/** What each room may import of the others; `core` stands for every room of the core, and every room may import itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'core/log': [],
  'core/words': ['core/log'],
  'core/case': ['core/words', 'core/log'],
  'core/register': ['core/words', 'core/case', 'core/log'],
  ...Object.fromEntries(BESIDE_FAMILY.map((room) => [room, BELOW_FAMILY])),
  'core/delivery': [...BELOW_FAMILY, ...BESIDE_FAMILY],
  router: ['core/words'],
  facts: ['core', 'router'],
  yaml: [],
  intents: ['core', 'yaml', 'router', 'facts'],
  desks: ['core', 'yaml'],
  learned: ['core', 'router', 'intents'],
  store: ['core'],
  'channels/telegram': ['core'],
  'channels/slack': ['core'],
  sandbox: [],
  door: [
    'core',
    'router',
    'facts',
    'intents',
    'desks',
    'learned',
    'store',
    'channels/telegram',
    'channels/slack',
  ],
};

/** What they may name beside that, as types only. */
const MAY_NAME: Record<string, readonly string[]> = { router: ['core'] };

/** Imports that point the wrong way and are about to go, file by file. */
const FOR_NOW: Record<string, string> = {
  'src/core/desk/telling.ts': 'src/core/family/family-texts.ts',
};

/** Only these join the rooms; the other files at the door may name the core's and the intents' words only. */
const JOINERS = ['src/start.ts', 'src/cli/'];
const PLAIN_DOOR = ['core', 'intents', 'desks'];

/** The only door to the sandbox, and only when the demo is started: production does not install it. */
const DEMO = { file: 'src/start.ts', wanted: '../sandbox/src/sandbox.ts' };

/** What the core may use beside itself: pure libraries for reading text and checking shapes. */
const CORE_LIBRARIES = ['zod', 'mdast', 'mdast-util-from-markdown', 'libphonenumber-js/min'];

const manifest = (folder: string): Record<string, Record<string, string> | undefined> =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
/** What `npm ci --omit=dev` installs, and what the sandbox says that it needs. */
const PRODUCTION = Object.keys(manifest('.')['dependencies'] ?? {});
const SANDBOX = Object.keys(manifest('sandbox')['devDependencies'] ?? {});

/** Every breach of the house rules, each as a sentence with the file's name. Empty when the house stands. */
export function breaches(tree: Tree): string[] {
  const found: string[] = [];
  for (const [file, text] of tree) {
    const room = roomOf(file);
    for (const each of importsOf(text))
      found.push(
        ...(each.wanted.startsWith('.') ? wrongRoom(file, room, each) : wrongLibrary(file, room, each)),
      );
    found.push(...wrongWords(file, room, text), ...wrongName(file));
  }
  return [...found, ...cycles(tree)];
}

/** The exceptions that nothing needs any more: they are to be taken out. */
export const needlessExceptions = (tree: Tree): string[] =>
  Object.entries(FOR_NOW).flatMap(([file, other]) =>
    importsOf(tree.get(file) ?? '').some(({ wanted }) => resolved(file, wanted) === other) ? [] : [file],
  );

function wrongLibrary(file: string, room: string, { wanted, kind }: Import): string[] {
  if (room.startsWith('core/') && !CORE_LIBRARIES.includes(wanted))
    return [`${file} imports ${wanted}: the core knows no SDK, no SQL and nothing of Node`];
  if (wanted.startsWith('node:') || kind === 'type') return [];
  if (room === 'router' || room === 'facts')
    return [`${file} imports ${wanted}: the router and the facts have no dependencies`];
  const library = wanted.split('/', wanted.startsWith('@') ? 2 : 1).join('/');
  if (room === 'sandbox')
    return SANDBOX.includes(library)
      ? []
      : [`${file} imports ${wanted}: sandbox/package.json does not name it`];
  return PRODUCTION.includes(library) ? [] : [`${file} imports ${wanted}: production does not install it`];
}

function wrongRoom(file: string, room: string, { wanted, kind }: Import): string[] {
  const target = resolved(file, wanted);
  const other = roomOf(target);
  if (other === room || FOR_NOW[file] === target) return [];
  const within = (rooms: readonly string[] = []) =>
    rooms.some((each) => each === other || other.startsWith(`${each}/`));
  if (other === 'sandbox' && file === DEMO.file && wanted === DEMO.wanted && kind === 'lazy') return [];
  if (!within(MAY_IMPORT[room]) && !(kind === 'type' && within(MAY_NAME[room])))
    return [`${file} imports ${wanted}: ${room} must not know ${other}`];
  if (room === 'door' && !JOINERS.some((joiner) => file.startsWith(joiner)) && !within(PLAIN_DOOR))
    return [`${file} imports ${wanted}: only ${JOINERS.join(' and ')} join the parts`];
  return [];
}

const resolved = (file: string, wanted: string): string => join(dirname(file), wanted).replaceAll('\\', '/');

const isPure = (room: string): boolean => room.startsWith('core/') || room === 'router' || room === 'facts';

function wrongWords(file: string, room: string, text: string): string[] {
  const found: string[] = [];
  if (isPure(room))
    for (const word of ['Date.now(', 'new Date()', 'Math.random(', 'setTimeout(', 'setInterval('])
      if (text.includes(word)) found.push(`${file} says ${word}: time and randomness are passed in`);
  if (text.includes('process.env') && !['src/main.ts', 'src/cli/main.ts'].includes(file))
    found.push(`${file} reads process.env: the environment is read once, at the door`);
  if (
    /\bconsole\.(log|error|warn|info)\(/.test(text) &&
    room !== 'sandbox' &&
    !file.startsWith('src/cli/') &&
    !['src/main.ts', 'src/start.ts'].includes(file)
  )
    found.push(`${file} writes to the console: everything goes through the log`);
  return found;
}

function wrongName(file: string): string[] {
  const name = basename(file);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.[jt]s$/.test(name)) return [`${file}: file names are kebab-case`];
  if (/^(index|utils?|helpers?|common|misc)\.[jt]s$/.test(name)) return [`${file}: a name that says nothing`];
  return [];
}

function cycles(tree: Tree): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) {
      found.push(`${[...path.slice(path.indexOf(file)), file].join(' → ')}: a cycle`);
      return;
    }
    if (done.has(file)) return;
    for (const { wanted, kind } of importsOf(tree.get(file) ?? ''))
      // A type knows no order of loading: only what remains when types are stripped can form a cycle.
      if (kind !== 'type' && wanted.startsWith('.')) visit(resolved(file, wanted), [...path, file]);
    done.add(file);
  };
  for (const file of tree.keys()) visit(file, []);
  return found;
}
