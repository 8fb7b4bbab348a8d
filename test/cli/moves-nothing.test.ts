import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HELP } from '../../src/cli/help.ts';

describe('the command line', () => {
  const folder = join(import.meta.dirname, '../../src/cli');
  const source = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  /** All of them: one that is new has to be looked at here, whether it moves a case. */
  const KNOWN = [
    'buried',
    'help',
    'intents',
    'keys',
    'learn',
    'load',
    'platforms',
    'route',
    'story',
    'verify',
  ];

  it('has no command that moves a case', () => {
    const main = readFileSync(join(folder, 'main.ts'), 'utf8');
    const taken = [...main.matchAll(/command === '([^']+)'/g)].map(([, name]) => name ?? '');
    expect([...new Set(taken)].toSorted()).toEqual(KNOWN);
    const told = [...HELP.matchAll(/^ {2}([a-z]+)\b/gm)].map(([, name]) => name ?? '');
    expect([...new Set(told)].toSorted()).toEqual(KNOWN);
  });

  it('holds nothing by which a case could be moved', () => {
    expect(source.join('\n')).not.toMatch(/core\/desk|\.record\(|\.work\(|setStatus|confirmSecond/);
  });

  it('does not understand one that would', () => {
    const words = [join(folder, 'main.ts'), 'confirm', 'K7M2P9QX', 'raised_with_russia'];
    const run = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('There is no command')]);
  });
});
