import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { breaches, readTree } from './support/architecture.ts';

const house = new Map([...readTree('src'), ...readTree('sandbox/src')]);
const withPlanted = (file: string, line: string): string[] =>
  breaches(new Map([...house, [file, `${line}\n${house.get(file) ?? ''}`]]));

describe('the direction of dependencies', () => {
  test('every file of src keeps it', () => {
    expect(house.size).toBeGreaterThan(100);
    expect(breaches(house)).toEqual([]);
  });

  test.each([
    ['src/core/family/receive.ts', "import { Bot } from 'grammy';", 'the core knows no SDK'],
    [
      'src/core/family/receive.ts',
      "import { openRegister } from '../store/open-register.ts';",
      'core must not know store',
    ],
    ['src/core/family/decide.ts', "import { inForm as f } from './helpline.ts';", 'a cycle'],
    ['src/core/case/triage.ts', 'const t = Date.now();', 'time and randomness are passed in'],
    [
      'src/channels/slack/desk/desk.ts',
      "import { bot } from '../telegram/bot.ts';",
      'must not know channels/telegram',
    ],
    [
      'src/channels/telegram/send.ts',
      "export { openRegister } from '../../store/open-register.ts';",
      'must not know store',
    ],
    ['src/store/cases.ts', "const { start } = await import('../start.ts');", 'must not know door'],
    [
      'sandbox/src/state.ts',
      "import type { Register } from '../../src/core/register/register.ts';",
      'sandbox must not know core',
    ],
    [
      'src/health.ts',
      "import { telegramChannel } from './channels/telegram/telegram-channel.ts';",
      'join the parts',
    ],
    ['src/store/cases.ts', 'const e = process.env;', 'reads process.env'],
    ['src/core/utils.ts', '', 'a name that says nothing'],
  ])('a planted breach in %s is found: %s', (file, line, because) => {
    expect(withPlanted(file, line).join('\n')).toContain(because);
  });
});

test('no test mocks a module of ours', () => {
  const tests = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && file !== 'architecture.test.ts',
  );
  expect(tests.filter((file) => /\bvi\.(mock|doMock)\(/.test(readFileSync(`test/${file}`, 'utf8')))).toEqual(
    [],
  );
});
