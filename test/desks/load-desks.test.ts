import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { deskFor, deskOf } from '../../src/core/case/desks.ts';
import { INDIA } from '../../src/core/case/desk-hours.ts';
import { DEFAULT_LIMITS } from '../../src/core/case/wakes.ts';
import { desksOf, staffOf } from '../../src/core/desk/staff.ts';
import { loadDesks } from '../../src/desks/load-desks.ts';

const triageChannel = 'C0TRIAGE';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desks-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const load = (text: string, inUse: string[] = []) => {
  const file = join(folder, 'desk.yaml');
  writeFileSync(file, text);
  return loadDesks(file, { triageChannel, inUse });
};
/** The faults of a text, as they are told. */
const faultsOf = (text: string, inUse: string[] = []): unknown => {
  try {
    load(text, inUse);
    return [];
  } catch (error) {
    return error instanceof Error ? error.cause : error;
  }
};

const SOUND = `desks:
  - id: delhi
    name: Ministry, New Delhi
    channel: C0000DELHI
    timeZone: Asia/Kolkata
    hours: { mon-fri: "09:30-18:00", sat: "10:00-13:00", sun: closed }
    holidays: [2027-01-26]
    people:
      - { id: UHEAD, roles: [head] }
      - { id: UAUDIT, roles: [auditor] }
    limits: { untaken: 10m, second: 2d }
  - id: moscow
    name: Embassy, Moscow
    channel: C000MOSCOW
    timeZone: Europe/Moscow
    hours: { mon-sun: "00:00-24:00" }
    countries: [RU, BY]
    formerly: [embassy]
`;

test('a sound file gives its desks', () => {
  const day = { from: 570, to: 1080 };
  expect(load(SOUND)).toEqual([
    {
      id: 'delhi',
      formerly: ['desk'],
      name: 'Ministry, New Delhi',
      channel: 'C0000DELHI',
      hours: {
        timeZone: 'Asia/Kolkata',
        week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: { from: 600, to: 780 }, sun: null },
        holidays: ['2027-01-26'],
      },
      people: [
        { id: 'UHEAD', roles: ['head'] },
        { id: 'UAUDIT', roles: ['auditor'] },
      ],
      limits: { untakenMs: 600_000, secondMs: 172_800_000, formMs: DEFAULT_LIMITS.formMs },
      countries: [],
    },
    expect.objectContaining({
      id: 'moscow',
      formerly: ['embassy'],
      people: [],
      limits: DEFAULT_LIMITS,
      countries: ['RU', 'BY'],
    }),
  ]);
});

test('without a file there is one desk: the channel, Indian office hours, nobody listed', () => {
  expect(loadDesks(join(folder, 'none.yaml'), { triageChannel })).toEqual([
    {
      id: 'desk',
      formerly: [],
      name: 'Desk',
      channel: triageChannel,
      hours: INDIA,
      people: [],
      limits: DEFAULT_LIMITS,
      countries: [],
    },
  ]);
});

/** One edit of the sound file, and the whole list of faults that must come of it. */
const FAULTS: [string, string, string, string[]][] = [
  [
    'an unknown key',
    'holidays:',
    'holiday:',
    ['desk.yaml:7: unknown key "holiday": correct its spelling or take it out'],
  ],
  [
    'an id in capitals',
    'id: delhi',
    'id: Delhi',
    ['desk.yaml:2: desks.0.id: write a short name in lower-case letters, as delhi'],
  ],
  ['an id twice', 'id: moscow', 'id: delhi', ['desk.yaml:12: the id "delhi" is taken: choose another']],
  [
    'a former id that is another desk',
    '[embassy]',
    '[delhi]',
    ['desk.yaml:18: the id "delhi" is taken: its cases can go to one desk only'],
  ],
  [
    'a name of spaces',
    'name: Embassy, Moscow',
    'name: "  "',
    ['desk.yaml:13: desks.1.name: write what the desk is called'],
  ],
  [
    'no channel',
    '    channel: C0000DELHI\n',
    '',
    ["desk.yaml:2: desks.0.channel: write the id of the desk's channel, as C0123456789"],
  ],
  [
    'a channel by name',
    'C0000DELHI',
    '"#triage"',
    [
      "desk.yaml:4: desks.0.channel: write the id of the desk's channel, as C0123456789 (the channel's details, at the very bottom)",
    ],
  ],
  [
    'one channel of two desks',
    'C000MOSCOW',
    'C0000DELHI',
    ["desk.yaml:14: C0000DELHI is another desk's channel: each has its own"],
  ],
  [
    'a time zone that there is not',
    'Europe/Moscow',
    'Europe/Moskau',
    ['desk.yaml:15: desks.1.timeZone: no such time zone: write it by city, as Asia/Kolkata or Europe/Moscow'],
  ],
  [
    'a time zone by offset',
    'Asia/Kolkata',
    '"+05:30"',
    ['desk.yaml:5: desks.0.timeZone: no such time zone: write it by city, as Asia/Kolkata or Europe/Moscow'],
  ],
  [
    'hours that end before they begin',
    '09:30-18:00',
    '18:00-09:30',
    ['desk.yaml:6: desks.0.hours.mon-fri: write hours as "09:30-18:00", the later one last, or closed'],
  ],
  [
    'hours past midnight',
    '00:00-24:00',
    '00:00-24:30',
    ['desk.yaml:16: desks.1.hours.mon-sun: write hours as "09:30-18:00", the later one last, or closed'],
  ],
  [
    'a minute that there is not',
    '09:30-18:00',
    '09:60-18:00',
    ['desk.yaml:6: desks.0.hours.mon-fri: write hours as "09:30-18:00", the later one last, or closed'],
  ],
  [
    'a day that there is not',
    'sat:',
    'samstag:',
    ['desk.yaml:6: desks.0.hours.samstag: write a day (sat) or days from Monday on (mon-fri)'],
  ],
  [
    'days that run backwards',
    'mon-fri:',
    'fri-mon:',
    ['desk.yaml:6: desks.0.hours.fri-mon: write a day (sat) or days from Monday on (mon-fri)'],
  ],
  [
    'a day forgotten',
    ', sun: closed',
    '',
    ['desk.yaml:6: desks.0.hours: sun not named: write the hours, or closed'],
  ],
  [
    'a day twice',
    'mon-fri:',
    'mon-sat:',
    ['desk.yaml:6: desks.0.hours.sat: sat stands here twice: say its hours once'],
  ],
  [
    'a week without work',
    '"00:00-24:00"',
    'closed',
    ['desk.yaml:16: desks.1.hours: a desk works on at least one day of the week'],
  ],
  [
    'a holiday that is no day',
    '2027-01-26',
    '2027-02-30',
    ['desk.yaml:7: desks.0.holidays.0: write a real day as YYYY-MM-DD'],
  ],
  [
    'a person by name',
    'UHEAD',
    'meera',
    [
      'desk.yaml:9: desks.0.people.0.id: write the Slack id of a person, as U0123456789 (their profile, ⋮, Copy member ID)',
    ],
  ],
  ['a person twice', 'UAUDIT', 'UHEAD', ['desk.yaml:10: UHEAD is named twice: write all roles in one line']],
  [
    'a role that there is not',
    '[head]',
    '[minister]',
    ['desk.yaml:9: desks.0.people.0.roles.0: write one of officer, head, auditor, duty'],
  ],
  ['no role', '[head]', '[]', ['desk.yaml:9: desks.0.people.0.roles: write at least one role']],
  [
    'an auditor who is more',
    '[auditor]',
    '[auditor, officer]',
    [
      'desk.yaml:10: desks.0.people.1.roles: an auditor changes nothing, and so has no other role at this desk',
    ],
  ],
  [
    'several people and no head',
    '[head]',
    '[duty]',
    ['desk.yaml:8: nobody is head: give one of these people the role head'],
  ],
  [
    'a limit without a unit',
    '10m',
    '10',
    ['desk.yaml:11: desks.0.limits.untaken: write a time such as 15m, 24h or 2d, at most 24h'],
  ],
  [
    'danger that may wait for days',
    '10m',
    '2d',
    ['desk.yaml:11: desks.0.limits.untaken: write a time such as 15m, 24h or 2d, at most 24h'],
  ],
  [
    'a limit of nothing',
    '2d',
    '0h',
    ['desk.yaml:11: desks.0.limits.second: write a time such as 15m, 24h or 2d, at most 14d'],
  ],
  [
    'a country that there is not',
    '[RU, BY]',
    '[RU, SU]',
    ['desk.yaml:17: desks.1.countries.1: no such country: write its two letters, as RU'],
  ],
  ['a country twice', '[RU, BY]', '[RU, RU]', ['desk.yaml:17: RU is named twice: its cases go to one desk']],
];

describe('refused with file and line:', () => {
  it.each(FAULTS)('%s', (_, from, to, faults) => {
    expect(SOUND).toContain(from);
    expect(faultsOf(SOUND.replace(from, to))).toEqual(faults);
  });

  it.each([
    ['nothing', ''],
    ['a list', '- id: delhi'],
    ['no desk', 'desks: []'],
    ['a file that is no YAML', 'desks: [}'],
  ])('%s in the file', (_, text) => {
    expect(faultsOf(text)).toEqual([expect.stringMatching(/^desk\.yaml:1: ./)]);
  });

  test('all faults at once', () => {
    const text = SOUND.replace('[head]', '[boss]').replace('Europe/Moscow', 'Moscow').replace('10m', 'soon');
    expect(faultsOf(text)).toHaveLength(3);
    expect(() => load(text)).toThrow(/^desk\.yaml has 3 faults:\ndesk\.yaml:9: /);
  });

  test('a desk whose cases would be nobody’s', () => {
    expect(faultsOf(SOUND, ['delhi', 'embassy', 'desk'])).toEqual([]);
    expect(faultsOf(SOUND, ['kyiv'])).toEqual([
      'desk.yaml:1: the desk "kyiv" has cases that would be nobody\'s: write formerly: [kyiv] at the desk that takes them over',
    ]);
  });
});

describe('cases find their desk:', () => {
  test('by country, and all others the first', () => {
    const desks = load(SOUND);
    expect(['RU', 'BY', 'UA', null].map((country) => deskFor(desks, country).id)).toEqual([
      'moscow',
      'moscow',
      'delhi',
      'delhi',
    ]);
  });

  test('by id, by a former id, of before there was a file, and an unknown one the first', () => {
    const desks = load(SOUND);
    expect(['moscow', 'embassy', 'desk', 'kyiv'].map((id) => deskOf(desks, id).id)).toEqual([
      'moscow',
      'moscow',
      'delhi',
      'delhi',
    ]);
  });

  test('of before there was a file, at the desk that says so', () => {
    const desks = load(SOUND.replace('[embassy]', '[desk]'));
    expect(deskOf(desks, 'desk').id).toBe('moscow');
    expect(desks[0].formerly).toEqual([]);
  });
});

const officer = (id: string) => ({ id, name: 'Meera Nair' });

describe('somebody in Slack', () => {
  const both = new Set(['C0000DELHI', 'C000MOSCOW', 'C0RANDOM']);

  test('has the roles that the file gives, and is an officer where it gives none', () => {
    expect(staffOf(load(SOUND), officer('UHEAD'), both)).toEqual({
      ...officer('UHEAD'),
      roles: { delhi: ['head'], desk: ['head'], moscow: ['officer'], embassy: ['officer'] },
    });
    expect(desksOf(staffOf(load(SOUND), officer('UHEAD'), both))).toEqual([
      'delhi',
      'desk',
      'moscow',
      'embassy',
    ]);
  });

  test('is of no desk whose channel they are not in, be it as its head', () => {
    expect(staffOf(load(SOUND), officer('UHEAD'), new Set(['C000MOSCOW'])).roles).toEqual({
      moscow: ['officer'],
      embassy: ['officer'],
    });
    expect(desksOf(staffOf(load(SOUND), officer('UHEAD'), new Set(['C0RANDOM'])))).toEqual([]);
  });
});

describe('the file that ships', () => {
  test('as an example is sound', () => {
    const desks = loadDesks('desk.example.yaml', { triageChannel });
    expect(desks.map(({ id }) => id)).toEqual(['delhi', 'moscow']);
  });

  test('for the demo is sound, stands in the emulator’s channel, and has each role', () => {
    const [desk, ...others] = loadDesks('sandbox-desk.yaml', { triageChannel });
    expect(others).toEqual([]);
    expect(desk.channel).toBe(triageChannel);
    const role = (id: string) => staffOf([desk], officer(id), new Set([triageChannel])).roles['desk'];
    expect(['UMEERA', 'UFATIMA', 'UKAVITA', 'UARJUN'].map(role)).toEqual([
      ['head'],
      ['duty'],
      ['auditor'],
      ['officer'],
    ]);
  });
});
