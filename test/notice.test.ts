import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const VECTORS = 'src/router/data/english-vectors.bin';
const notice = readFileSync('NOTICE', 'utf8');
const inOneLine = notice.replaceAll(/\s+/g, ' ');

test('NOTICE names the file that is made from WordNet', () => {
  expect(notice).toContain(VECTORS);
  expect(existsSync(VECTORS)).toBe(true);
});

test.each([
  'WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved.',
  'Permission to use, copy, modify and distribute this software and database and its documentation for any purpose and without fee or royalty is hereby granted',
  'THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED.',
  'The name of Princeton University or Princeton may not be used in advertising or publicity pertaining to distribution of the software and/or database.',
])('NOTICE carries what the licence of WordNet wants on every copy: %s', (sentence) => {
  expect(inOneLine).toContain(sentence);
});

test('the README leads to NOTICE', () => {
  expect(readFileSync('README.md', 'utf8')).toContain('](NOTICE)');
});
