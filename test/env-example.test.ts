import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';

const read = (file: string): string => readFileSync(file, 'utf8');
const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);

const example = read('.env.example');
const shown = found(example, /^# ([A-Z][A-Z_]+)=/gm);
const [, ofKeys = ''] = /const \{([^}]+)\} = from\.env/.exec(read('src/store/key-file.ts')) ?? [];
const known = [
  ...found(read('src/config.ts'), /^ {2}([A-Z][A-Z_]+):/gm),
  ...found(ofKeys, /\b([A-Z][A-Z_]+)\b/g),
];

test('every setting that the program reads is in .env.example, once, and nothing else is', () => {
  expect(known.length).toBeGreaterThan(15);
  expect(shown.toSorted()).toEqual(known.toSorted());
});

test('the file as it is sets nothing', () => {
  expect(parseEnv(example)).toEqual({});
  expect(readConfig(parseEnv(example)).mode).toBe('sandbox');
});

test('each example has the shape that the program asks for', () => {
  const config = readConfig(parseEnv(example.replaceAll(/^# (?=[A-Z][A-Z_]+=)/gm, '')));
  expect(config).toMatchObject({
    mode: 'real',
    telegram: { webhook: { url: 'https://helpline.example/telegram' } },
    slack: { triageChannel: 'C0123456789' },
  });
});
