import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { englishLabels } from '../../../../src/channels/slack/blocks/labels.ts';
import { deskHandlers } from '../../../../src/channels/slack/desk/desk.ts';
import { webClients } from '../../../../src/channels/slack/wire/web-clients.ts';
import type { Sender } from '../../../support/slack-payloads.ts';
import { matrixBench, type Effect, type MatrixBench } from './bench.ts';
import { DOORS, EVENT_DOORS, type Named } from './doors.ts';
import { INSIDERS, onceOfficer, OUTSIDERS, OWNER, type Column } from './people.ts';
import { PERSONAL, situation, type Situation } from './situations.ts';
import { doorOf, EFFECTS, ROWS, type EffectWord, type Row } from './table.ts';

/** `table.ts` says what is expected; here each cell of it is tried on the real gate, desk and register. */
let bench: MatrixBench;
beforeAll(async () => {
  bench = await matrixBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.end());

const HEAD = onceOfficer(INSIDERS.head);
const name = (row: Row): string => `${row.door}, ${row.case}, meanwhile ${row.meanwhile}`;
const named = (one: Situation, id = one): Named => ({
  ...one,
  caseId: id.one.id,
  reference: id.one.reference,
});

const situated = (row: Row, actor: string, desk = 'delhi'): Promise<Situation> =>
  situation(bench, {
    desk,
    case: row.case,
    meanwhile: row.meanwhile,
    draftOf: row.door === 'form reply_preview' ? actor : null,
  });

/** What the door answers, and what it says to the presser alone. */
async function used(body: string, unsigned = false): Promise<string> {
  const before = bench.whispers.length;
  const { text } = await bench.use(body, unsigned);
  await bench.handled();
  return [text, ...bench.whispers.slice(before)].join('\n');
}

/** What the table's word means for this actor and this case. */
function expected(effect: EffectWord, actor: string, { one }: Situation, times = 1): Effect {
  const { events, version, desk, family } = EFFECTS[effect];
  const told = events.split(' ').filter(Boolean);
  const all = Array.from({ length: times }, () => told).flat();
  return {
    events: all.map((event) => {
      const kind = event.replace('asker:', '');
      const by = event === kind ? actor : OWNER.id;
      const about = kind === 'taken-up' || kind === 'outcome' ? `person:${one.personId}` : `case:${one.id}`;
      return { actor: `staff:${by}`, kind, subject: about };
    }),
    version: version * times,
    sent: Array.from({ length: times }, () => [
      ...Array.from({ length: desk }, () => `case:${one.id}`),
      ...Array.from({ length: family }, () => `chat:${one.chatId}`),
    ]).flat(),
  };
}

/** Without a case of its own: which case was opened, and whose chat was answered, only the register knows. */
const shape = ({ events, version, sent }: Effect) => ({
  events: events.map(({ actor, kind }) => `${actor} ${kind}`),
  version,
  sent: sent.map((stream) => stream.split(':')[0]).toSorted(),
});

const isCaseless = (row: Row): boolean => row.forged === '.';

function compare(row: Row, found: Effect, wanted: Effect): void {
  if (isCaseless(row)) expect(shape(found)).toEqual(shape(wanted));
  else expect({ ...found, sent: found.sent.toSorted() }).toEqual({ ...wanted, sent: wanted.sent.toSorted() });
}

/** Undoes, as a head, what can be done anew: then only its memory keeps a press from being carried out twice. */
const UNDO: Partial<Record<EffectWord, (one: Situation) => Promise<unknown>>> = {
  takes: ({ one }) => bench.desk.release(INSIDERS_HEAD, one.id, crypto.randomUUID()),
  takesOver: ({ one }) => bench.desk.release(INSIDERS_HEAD, one.id, crypto.randomUUID()),
  resumes: ({ one }) => bench.desk.release(INSIDERS_HEAD, one.id, crypto.randomUUID()),
  releases: ({ one }) => bench.desk.take(HEAD, one.id, crypto.randomUUID()),
  grades: ({ one }) => bench.desk.setPriority(HEAD, one.id, 'P3', crypto.randomUUID()),
};
const INSIDERS_HEAD = { ...HEAD, roles: { delhi: ['head' as const] } };
const NO_CASE = '0'.repeat(32);

async function isOpen(user: string, { one }: Situation): Promise<boolean> {
  const top = await bench.top(user);
  return top?.view.private_metadata.includes(one.id) ?? false;
}

const insider = (column: Column): Sender => ({ user: INSIDERS[column], team: 'T0SANDBOX' });
const columns = Object.keys(INSIDERS).filter((column): column is Column => column in INSIDERS);
let cells = 0;

describe.each(ROWS.map((row) => ({ row, name: name(row) })))('$name:', ({ row }) => {
  const door = DOORS[row.door];
  if (!door) throw new Error(`nobody knows what Slack would send for ${row.door}`);

  describe.each(columns.map((column) => ({ column, word: row.cells[column] })))(
    '$column',
    ({ column, word }) => {
      const from = insider(column);
      const { user } = from;
      const times = row.twice === 'again' ? 2 : 1;

      test(`${word}`, async () => {
        cells += 1;
        const one = await situated(row, user);
        const body = await door(bench, from, named(one), true);
        let answer = '';
        compare(
          row,
          await bench.effect(async () => void (answer = await used(body))),
          expected(word, user, one),
        );
        if (word === 'no') expect(answer).not.toMatch(PERSONAL);
        if (word === 'opens' || word === 'looks') expect(await isOpen(user, one)).toBe(true);
        if (word === 'no' && column !== 'moscow' && /^press (details|reply|status|second)$/.test(row.door))
          expect(await isOpen(user, one)).toBe(false);
        if (word === 'finds') expect(answer).toContain(one.one.reference);
        // Again, after what it did was undone.
        cells += 1;
        await UNDO[word]?.(one);
        const again = await bench.effect(() => used(body));
        compare(row, again, expected(times === 2 ? word : 'nothing', user, one));
      });

      // Where nothing is left behind there is nothing to be left twice.
      test.skipIf(EFFECTS[word].events === '' && word !== 'answers')('twice at once', async () => {
        cells += 1;
        const one = await situated(row, user);
        const body = await door(bench, from, named(one), true);
        compare(
          row,
          await bench.effect(() => Promise.all([used(body), used(body)])),
          expected(word, user, one, times),
        );
      });

      if (!isCaseless(row))
        test(`forged: made for one case, naming another: ${row.forged}`, async () => {
          cells += 1;
          const one = await situated(row, user);
          const other = await situated(row, user);
          const body = await door(bench, from, named(one, other), true);
          const effect = await bench.effect(() => used(body));
          const about = row.forged === 'here' ? one : other;
          compare(row, effect, expected(row.forged === 'no' ? 'no' : word, user, about));
        });

      if (!isCaseless(row) && column !== 'moscow')
        test('of another desk’s case, and of none: no', async () => {
          cells += 2;
          const theirs = await situated(row, user, 'moscow');
          const body = await door(bench, from, named(theirs), true);
          let answer = '';
          const effect = await bench.effect(async () => void (answer = await used(body)));
          compare(row, effect, expected('no', user, theirs));
          expect(answer).not.toMatch(PERSONAL);
          if (!row.door.startsWith('command')) expect(answer).not.toContain(theirs.one.reference);
          const none = { ...named(theirs), caseId: NO_CASE, reference: '00000000', draft: '0' };
          const nowhere = await door(bench, from, none, false);
          compare(row, await bench.effect(() => used(nowhere)), expected('no', user, theirs));
        });
    },
  );

  test('nothing for anybody whom the gate does not let in', async () => {
    const here = await situated(row, INSIDERS.head);
    const other = await situated(row, INSIDERS.head);
    for (const { who, unsigned = false, ...from } of OUTSIDERS) {
      const theirs = row.door === 'form reply_preview' ? await situated(row, from.user) : here;
      const fresh = await door(bench, from, named(theirs), false);
      const forged = await door(bench, from, named(theirs, other), false);
      const nowhere = await door(bench, from, { ...named(theirs), caseId: NO_CASE }, false);
      for (const body of [fresh, fresh, forged, nowhere]) {
        cells += 1;
        let answer = '';
        const effect = await bench.effect(async () => void (answer = await used(body, unsigned)));
        expect({ who, ...effect }).toEqual({ who, events: [], version: 0, sent: [] });
        expect(answer).not.toMatch(PERSONAL);
        expect(answer).not.toContain(here.one.reference);
      }
    }
  });
});

describe('every door', () => {
  /** Only listed here. */
  const handlers = deskHandlers({
    desk: {} as MatrixBench['desk'],
    client: webClients('xoxb-none', 'http://127.0.0.1:1/').background,
    home: { refresh: () => Promise.resolve(), close: () => Promise.resolve() },
    hasLeft: () => Promise.resolve(false),
    labels: englishLabels(),
    now: Date.now,
  });
  const known = [...handlers.map(({ kind, id }) => `${kind} ${id}`), ...Object.values(EVENT_DOORS)];
  const undeclared = (doors: readonly string[]): string[] =>
    doors.filter((door) => !ROWS.some((row) => doorOf(row) === door));

  test('of the desk stands in the table, and nothing else', () => {
    expect(undeclared(known)).toEqual([]);
    expect(ROWS.map(doorOf).filter((door) => !known.includes(door))).toEqual([]);
  });
  test('that is not in the table is found', () => {
    expect(undeclared([...known, 'press planted'])).toEqual(['press planted']);
  });
  test('was tried in every way', () => {
    expect(cells).toBeGreaterThan(3800);
  });
});
