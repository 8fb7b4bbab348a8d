/**
 * Do the tests see the worst bugs? Copies the tree, plants one bug of `planted-bugs.mjs` at a time, runs the tests that
 * should see it, and prints who did. Exit code 1 when a bug was not caught, or could not be planted any more.
 *
 *   npm run plant-bugs [-- "words of a name|words of another"]
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BUGS } from './planted-bugs.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const LEFT_OUT = new Set(['node_modules', '.git', 'data'].map((name) => join(ROOT, name)));
const LONGEST_RUN_MS = 180_000;

const tree = mkdtempSync(join(tmpdir(), 'planted-'));
cpSync(ROOT, tree, { recursive: true, filter: (from) => !LEFT_OUT.has(from) });
symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));

/**
 * Runs test files. `failed`: names of tests that failed; `broken`: files that did not even load; `crashed`: no test
 * failed, and yet the run did, as when a promise is rejected that nobody awaits.
 *
 * @param {string[]} files
 * @param {boolean} bail
 * @returns {{ failed: string[]; broken: string[]; crashed: boolean }}
 */
function run(files, bail) {
  const out = join(tree, 'result.json');
  rmSync(out, { force: true });
  const missing = files.filter((file) => !existsSync(join(tree, file)));
  if (missing.length > 0) return { failed: [], broken: missing, crashed: false };
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...files,
      '--reporter=json',
      `--outputFile=${out}`,
      ...(bail ? ['--bail=1'] : []),
    ],
    { cwd: tree, timeout: LONGEST_RUN_MS, stdio: 'ignore' },
  );
  if (!existsSync(out)) return { failed: [], broken: files, crashed: false };
  /** @type {{ testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[] }} */
  const { testResults } = JSON.parse(readFileSync(out, 'utf8'));
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap((one) => (one.status === 'failed' ? [one.fullName] : [])),
  );
  const broken = testResults.flatMap((one) =>
    one.status === 'failed' && one.assertionResults.length === 0 ? [one.name] : [],
  );
  // Ended by the time limit it has no status: that is no verdict.
  return { failed, broken, crashed: status !== null && status !== 0 && failed.length + broken.length === 0 };
}

/**
 * The text with the bug in it. Throws when the code has changed so that the bug cannot be planted.
 *
 * @param {string} source
 * @param {(typeof BUGS)[number]} bug
 */
function planted(source, { name, edits }) {
  return edits.reduce((text, { from, to }) => {
    const found = text.split(from).length - 1;
    if (found !== 1) throw new Error(`"${name}": the text to replace stands there ${found} times:\n${from}`);
    return text.replace(from, () => to);
  }, source);
}

/** @type {(error: unknown) => string} */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

const wanted = process.argv.slice(2).join(' ').toLowerCase().split('|');
const bugs = BUGS.filter(({ name }) => wanted.some((words) => name.toLowerCase().includes(words)));
let missed = 0;
/** @type {(bug: string, outcome: string) => void} */
const tell = (bug, outcome) => console.log(`${bug.padEnd(62)} ${outcome}`);

try {
  const sound = run([...new Set(bugs.flatMap(({ tests }) => tests))], false);
  if (sound.crashed) throw new Error('without any bug the run fails already, though no test does');
  if (sound.failed.length + sound.broken.length > 0)
    throw new Error(
      `without any bug these fail already:\n  ${[...sound.failed, ...sound.broken].join('\n  ')}`,
    );
  for (const bug of bugs) {
    const file = join(tree, bug.file);
    const source = readFileSync(file, 'utf8');
    try {
      writeFileSync(file, planted(source, bug));
      const { failed, broken, crashed } = run(bug.tests, true);
      if (failed.length > 0) tell(bug.name, `caught by: ${failed[0]}`);
      else if (crashed) tell(bug.name, 'caught by: an error that no test awaits');
      else {
        missed += 1;
        tell(bug.name, broken.length > 0 ? 'NOT CAUGHT: the code with the bug does not load' : 'NOT CAUGHT');
      }
    } catch (error) {
      missed += 1;
      tell(bug.name, `NOT PLANTED: ${messageOf(error)}`);
    } finally {
      writeFileSync(file, source);
    }
  }
  console.log(`\n${bugs.length - missed} of ${bugs.length} bugs caught.`);
} catch (error) {
  missed += 1;
  console.error(messageOf(error));
} finally {
  rmSync(tree, { recursive: true, force: true });
}
process.exitCode = missed > 0 || bugs.length === 0 ? 1 : 0;
