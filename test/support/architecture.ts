import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** Source files by their path from the project's root, with forward slashes. */
export type Tree = ReadonlyMap<string, string>;

/** Every TypeScript file under a folder. */
export function readTree(folder: string): Tree {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, file))
      .map((file) => [relative('.', file).replaceAll('\\', '/'), readFileSync(file, 'utf8')]),
  );
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

const importsOf = (text: string): string[] =>
  [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');

/** The part of the house that a file belongs to. */
function roomOf(file: string): string {
  const [, first = '', second = ''] = file.split('/');
  if (first === 'channels') return `channels/${second}`;
  return first.endsWith('.ts') || first === 'cli' ? 'door' : first;
}

/** What each room may import of the others; every room may import itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  router: ['core'],
  intents: ['core'],
  store: ['core'],
  'channels/telegram': ['core'],
  'channels/slack': ['core'],
  sandbox: [],
  door: ['core', 'router', 'intents', 'store', 'channels/telegram', 'channels/slack', 'sandbox'],
};

/** Only these join the rooms; the other files at the door may name the core's and the intents' words only. */
const JOINERS = ['src/start.ts', 'src/cli/'];
const PLAIN_DOOR = ['core', 'intents'];
/** Beside them the router, whose learning they run in a thread and keep. */
const ROUTER_DOOR = ['src/learned/trained-router.ts', 'src/learned/router-thread.ts'];

/** What the core may use beside itself: pure libraries for reading text. */
const CORE_LIBRARIES = ['mdast', 'mdast-util-from-markdown', 'libphonenumber-js/min'];

/** Every breach of the house rules, each as a sentence with the file's name. Empty when the house stands. */
export function breaches(tree: Tree): string[] {
  const found: string[] = [];
  for (const [file, text] of tree) {
    const room = roomOf(file);
    for (const wanted of importsOf(text)) found.push(...wrongImport(file, room, wanted));
    found.push(...wrongWords(file, room, text), ...wrongName(file));
  }
  return [...found, ...cycles(tree)];
}

function wrongImport(file: string, room: string, wanted: string): string[] {
  if (!wanted.startsWith('.')) {
    if (room === 'core' && !CORE_LIBRARIES.includes(wanted))
      return [`${file} imports ${wanted}: the core knows no SDK, no SQL and nothing of Node`];
    if (room === 'router' && !wanted.startsWith('node:'))
      return [`${file} imports ${wanted}: the router has no dependencies`];
    return [];
  }
  const other = roomOf(resolved(file, wanted));
  if (other === room) return [];
  if (!(MAY_IMPORT[room] ?? []).includes(other))
    return [`${file} imports ${wanted}: ${room} must not know ${other}`];
  if (ROUTER_DOOR.includes(file) && other === 'router') return [];
  if (room === 'door' && !JOINERS.some((joiner) => file.startsWith(joiner)) && !PLAIN_DOOR.includes(other))
    return [`${file} imports ${wanted}: only ${JOINERS.join(' and ')} join the parts`];
  return [];
}

const resolved = (file: string, wanted: string): string => join(dirname(file), wanted).replaceAll('\\', '/');

const PURE = ['core', 'router'];

function wrongWords(file: string, room: string, text: string): string[] {
  const found: string[] = [];
  if (PURE.includes(room))
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
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.ts$/.test(name)) return [`${file}: file names are kebab-case`];
  if (/^(index|utils?|helpers?|common|misc)\.ts$/.test(name)) return [`${file}: a name that says nothing`];
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
    for (const wanted of runtimeImportsOf(tree.get(file) ?? ''))
      if (wanted.startsWith('.')) visit(resolved(file, wanted), [...path, file]);
    done.add(file);
  };
  for (const file of tree.keys()) visit(file, []);
  return found;
}

/** A type knows no order of loading: only what remains when types are stripped can form a cycle. */
const runtimeImportsOf = (text: string): string[] =>
  importsOf(text.replace(/(^|\n)\s*import type[^;]*;/g, '\n'));
