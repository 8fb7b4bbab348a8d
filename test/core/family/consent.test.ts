import { afterEach, beforeEach, expect, test } from 'vitest';
import { helplineBench, type HelplineBench } from '../../support/helpline-bench.ts';

const FAMILY = '501';
const CRY = 'They are taking me to the front now';
const NEWS = 'My brother is missing in Russia';

let bench: HelplineBench;
beforeEach(async () => {
  bench = await helplineBench();
});
afterEach(async () => {
  await bench.clean();
});

test('a case that a cry for help opened asks nothing before the notice is agreed to, and then goes on as the same case', async () => {
  await bench.says(FAMILY, CRY);
  const cried = await bench.theCase(FAMILY);
  await bench.presses(FAMILY, 'm:report');
  expect(await bench.step(FAMILY)).toBe('notice');
  await bench.presses(FAMILY, 'n:agree');
  await bench.presses(FAMILY, 's:embassy');
  const one = await bench.theCase(FAMILY);
  expect(one.id).toBe(cried.id);
  expect(bench.last(FAMILY).text).toContain(one.reference);
  expect(await bench.step(FAMILY)).toBe('review');
});

test('after the consent is taken back nothing more goes into the case, and a new call for help asks for the notice again', async () => {
  await bench.says(FAMILY, CRY);
  const one = await bench.theCase(FAMILY);
  await bench.presses(FAMILY, 'm:report');
  await bench.presses(FAMILY, 'n:agree');
  await bench.presses(FAMILY, 's:none');
  await bench.commands(FAMILY, 'stop');
  await bench.says(FAMILY, NEWS);
  expect((await bench.messages(one.id)).map(({ text }) => text)).not.toContain(NEWS);
  expect(await bench.step(FAMILY)).toBe('danger');
  await bench.presses(FAMILY, 'd:no');
  expect(await bench.step(FAMILY)).toBe('notice');
});

test('a bare number agrees to nothing and shares with nobody', async () => {
  await bench.says(FAMILY, NEWS);
  await bench.presses(FAMILY, 'd:no');
  await bench.says(FAMILY, '1');
  expect(await bench.step(FAMILY)).toBe('notice');
  await bench.presses(FAMILY, 'n:agree');
  await bench.says(FAMILY, '3');
  expect(await bench.step(FAMILY)).toBe('sharing');
  expect(await bench.cases(FAMILY)).toEqual([]);
});
