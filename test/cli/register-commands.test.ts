import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseFile } from '../../src/store/open-sqlite.ts';
import { cloner, type Clone } from '../support/cloned-register.ts';
import { frozen } from '../support/frozen-register.ts';
import { headAt, LAST, STORY } from '../support/tamperings.ts';

const OLDER = frozen('2026-11-22-register');
let copies: Awaited<ReturnType<typeof cloner>>;
let clone: Clone;
beforeAll(async () => {
  copies = await cloner(STORY, null);
});
afterAll(() => copies.clean());
beforeEach(async () => {
  clone = await copies.clone();
});
afterEach(() => clone.clean());

const helpline = (
  words: string[],
  env: Record<string, string> = { DATA_DIR: clone.dataDir, ...STORY.keys },
) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', ...words], {
    encoding: 'utf8',
    env,
  });
  return { status, stdout, stderr, lines: stdout.split('\n').filter((line) => line !== '') };
};
const bytes = (): string[] =>
  readdirSync(clone.dataDir).map(
    (name) => `${name} ${readFileSync(join(clone.dataDir, name)).toString('base64')}`,
  );
const reference = STORY.read[0]?.record.reference ?? '';

describe('story', () => {
  it('tells what happened to a case, its man and its chat, one JSON line an event, in codes and times', () => {
    const { status, lines, stderr } = helpline(['story', reference]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const events = lines.map((line): Record<string, unknown> => JSON.parse(line));
    expect(events).toHaveLength(17);
    expect(events[0]).toMatchObject({ about: 'chat', number: 1, by: 'family', kind: 'consent' });
    expect(events[7]).toMatchObject({
      at: expect.stringMatching(/^2026-11-22T\d\d:\d\d:\d\d\.\d{3}Z$/),
      about: 'case',
      by: 'staff',
      kind: 'replied',
      due: expect.stringMatching(/^2026-12-/),
    });
    expect(lines.join()).not.toMatch(/Ravi|Meena|Asha|Dev|Rostov|embassy\.|consul|501/);
  });

  it('takes a reference as people write it, and says kindly what is none', () => {
    const typed = `${reference.slice(0, 4).toLowerCase()}-${reference.slice(4)}`;
    expect(helpline(['story', typed]).lines).toHaveLength(17);
    expect(helpline(['story', reference.slice(0, 4), reference.slice(4)]).lines).toHaveLength(17);
    expect(helpline(['story'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Of which case?'),
    });
    expect(helpline(['story', 'Ravi'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('"Ravi" is not a reference'),
    });
    expect(helpline(['story', '00000000'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('There is no case with the reference 00000000'),
    });
  });
});

describe('verify', () => {
  it('says what it has seen and where the story ends, and ends well', () => {
    const before = bytes();
    const { seq, hash } = headAt(LAST);
    expect(helpline(['verify'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(new RegExp(`^${LAST} events of 6 cases.*ends at ${seq} ${hash}\n$`)),
    });
    expect(bytes()).toEqual(before);
  });

  it('names each fault on its own line, and fails', async () => {
    await clone.sql("update cases set status = 'closed', priority = 'P4'");
    const { status, lines, stderr } = helpline(['verify']);
    expect(status).toBe(1);
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) expect(line).toMatch(/^case \w{8}: (status|priority) is/);
    expect(stderr).toContain(`${lines.length} faults in ${LAST} events of 6 cases`);
  });

  it('compares with a checkpoint of the log', () => {
    const { seq, hash } = headAt(20);
    expect(helpline(['verify', `${seq}`, hash]).status).toBe(0);
    expect(helpline(['verify', `${seq}`, headAt(21).hash])).toMatchObject({
      status: 1,
      stdout: 'event 20: is another one than the log has seen\n',
    });
    expect(helpline(['verify', `${LAST + 1}`, hash]).stdout).toContain(`the log has seen event ${LAST + 1}`);
    expect(helpline(['verify', '12']).status).toBe(2);
    expect(helpline(['verify', 'now', hash]).status).toBe(2);
  });
});

describe('commands that only look', () => {
  it('write nothing, and show what waits', () => {
    const before = bytes();
    expect(JSON.parse(helpline(['load']).stdout)).toMatchObject({ openCases: 5, buried: 1 });
    expect(helpline(['buried']).stdout).toContain('telegram 900  malformed');
    expect(helpline(['platforms']).stdout).toMatch(/^The data is for: .*\nThe settings name: /);
    expect(bytes()).toEqual(before);
    expect(helpline(['buried', 'retry']).stdout).toBe('1 put back.\n');
    expect(helpline(['buried']).stdout).toBe('Nothing is set aside.\n');
  });

  it('make no database and no keys, and leave one of an older version as it is', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'helpline-cli-'));
    const older = await cloner(OLDER, null);
    const old = await older.clone();
    try {
      expect(helpline(['verify'], { DATA_DIR: dataDir })).toMatchObject({
        status: 1,
        stdout: '',
        stderr: expect.stringContaining('There are no keys'),
      });
      for (const words of [['story', reference], ['platforms']])
        expect(helpline(words, { DATA_DIR: dataDir, ...STORY.keys })).toMatchObject({
          status: 1,
          stderr: expect.stringContaining('There is no database'),
        });
      for (const command of ['verify', 'load', 'buried', 'platforms'])
        expect(helpline([command], { DATA_DIR: old.dataDir, ...OLDER.keys })).toMatchObject({
          status: 1,
          stdout: '',
          stderr: expect.stringContaining('Start the helpline first'),
        });
      expect(readdirSync(dataDir)).toEqual([]);
      const database = new DatabaseSync(databaseFile(old.dataDir));
      expect(database.prepare('select count(*) as count from audit').get()).toEqual({ count: 54 });
      database.close();
    } finally {
      await old.clean();
      older.clean();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
