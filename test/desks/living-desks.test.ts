import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LivingDesks, livingDesks } from '../../src/desks/living-desks.ts';
import { recordedLog } from '../support/recorded-log.ts';
import { until } from '../support/until.ts';

let folder: string;
let living: LivingDesks | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desks-'));
});
afterEach(() => {
  living?.close();
  rmSync(folder, { recursive: true });
});

const SOUND = `desks:
  - id: delhi
    name: Ministry
    channel: C0000DELHI
    timeZone: Asia/Kolkata
    hours: { mon-fri: "09:30-18:00", sat-sun: closed }
`;
const file = () => join(folder, 'desk.yaml');
const write = (text: string): void => writeFileSync(file(), text);
const open = (inUse: string[] = []) => {
  const log = recordedLog();
  /** What was in force each time that a change was told of. */
  const told: string[][] = [];
  const changed = (): void => void (living && told.push(channelsOf(living)));
  const from = { file: file(), triageChannel: 'C0TRIAGE', inUse };
  living = livingDesks({ ...from, changed, log: log.log, now: Date.now });
  return { living, log, told };
};
const channelsOf = (desks: LivingDesks): string[] => desks.desks().map(({ channel }) => channel);

test('an edit is in force soon after', async () => {
  write(SOUND);
  const { living, log } = open();
  expect(living.state()).toEqual({ desks: 1, fromFile: true, refused: null });
  write(SOUND.replace('C0000DELHI', 'C0000OTHER'));
  await until(() => expect(channelsOf(living)).toEqual(['C0000OTHER']));
  expect(log.events()).toEqual(['desks-loaded', 'desks-loaded']);
});

test('so is a new file in the old one’s place, as many editors put it', async () => {
  write(SOUND);
  const { living } = open();
  writeFileSync(`${file()}.swp`, SOUND.replace('C0000DELHI', 'C0000OTHER'));
  renameSync(`${file()}.swp`, file());
  await until(() => expect(channelsOf(living)).toEqual(['C0000OTHER']));
});

test('a bad edit keeps the old desks and says which line is wrong; mended, it is taken up', async () => {
  write(SOUND);
  const { living, log, told } = open();
  write(SOUND.replace('Asia/Kolkata', 'Asia/Kolkatta'));
  await until(() => expect(living.state().refused).toContain('desk.yaml:5: '));
  expect(channelsOf(living)).toEqual(['C0000DELHI']);
  expect(log.lines.at(-1)).toEqual({ event: 'desks-refused', fields: { why: 'see-readyz' } });
  write(SOUND.replace('C0000DELHI', 'C0000OTHER'));
  await until(() => expect(living.state().refused).toBeNull());
  expect(channelsOf(living)).toEqual(['C0000OTHER']);
  expect(told).toEqual([['C0000OTHER']]);
});

test('a file that is taken away makes nobody an officer', async () => {
  write(SOUND);
  const { living } = open();
  rmSync(file());
  await until(() => expect(living.state().refused).toBe('desk.yaml is gone: put it back'));
  expect(channelsOf(living)).toEqual(['C0000DELHI']);
});

test('a first file is taken up, with the cases of before', async () => {
  const { living } = open(['desk']);
  expect(living.state()).toEqual({ desks: 1, fromFile: false, refused: null });
  expect(channelsOf(living)).toEqual(['C0TRIAGE']);
  write(SOUND);
  await until(() => expect(living.state().fromFile).toBe(true));
  expect(living.desks()[0]).toMatchObject({ id: 'delhi', formerly: ['desk'] });
});

test('a desk with cases is not renamed without saying who takes them over', async () => {
  write(SOUND);
  const { living } = open();
  const renamed = SOUND.replace('id: delhi', 'id: ministry');
  write(renamed);
  await until(() => expect(living.state().refused).toContain('formerly: [delhi]'));
  write(renamed.replace('    name:', '    formerly: [delhi]\n    name:'));
  await until(() => expect(living.desks()[0].id).toBe('ministry'));
  expect(living.state().refused).toBeNull();
});

test('a bad file is refused at the start, and so is one that forgets a desk in use', () => {
  write(SOUND.replace('Ministry', '""'));
  expect(() => open()).toThrow('desk.yaml:3: ');
  write(SOUND);
  expect(() => open(['moscow'])).toThrow('formerly: [moscow]');
  expect(open(['delhi', 'desk']).living.state().refused).toBeNull();
});
