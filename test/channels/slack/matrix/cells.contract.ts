import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Sender } from '../../../support/slack-payloads.ts';
import { matrixBench, type MatrixBench } from './bench.ts';
import { DOORS } from './doors.ts';
import { INSIDERS, OUTSIDERS, type Column } from './people.ts';
import { PERSONAL, type Situation } from './situations.ts';
import { EFFECTS, type EffectWord, type Row } from './table.ts';
import { expected, isCaseless, named, NO_CASE, seen, situated, used } from './trying.ts';

let bench: MatrixBench;
let cells = 0;
const HEAD = { id: INSIDERS.head, name: 'Hema Iyer', roles: { delhi: ['head' as const] } };
const release = ({ one }: Situation) => bench.desk.release(HEAD, one.id, randomUUID());
/** Undoes, as a head, what could be done anew: then only its memory keeps a press from being carried out twice. */
const UNDO: Partial<Record<EffectWord, (one: Situation) => Promise<unknown>>> = {
  takes: release,
  takesOver: release,
  resumes: release,
  releases: ({ one }) => bench.desk.take(HEAD, one.id, randomUUID()),
  grades: ({ one }) => bench.desk.setPriority(HEAD, one.id, 'P3', randomUUID()),
};

/** What leaves nothing behind. */
const QUIET: ReadonlySet<EffectWord> = new Set(['no', 'nothing', 'opens']);

async function isOpen(user: string, { one }: Situation): Promise<boolean> {
  const top = await bench.top(user);
  return top?.view.private_metadata.includes(one.id) ?? false;
}
const OPENERS = /^press (more:(priority|note|take_back)|reply|status|priority|note|second)$/;

const isColumn = (name: string): name is Column => Object.hasOwn(INSIDERS, name);
const columns = Object.keys(INSIDERS).filter(isColumn);
const cellsOf = (row: Row) =>
  columns.map((column) => ({ column, user: INSIDERS[column], word: row.cells[column] }));
const nameOf = (row: Row): string => `${row.door}, ${row.case}, meanwhile ${row.meanwhile}`;

/**
 * `table.ts` says what is expected; here each cell of these rows is tried on the real gate, desk and register. `atLeast`: so
 * many must have been tried in the end.
 */
export function tryEveryCell(rows: readonly Row[], atLeast: number): void {
  beforeAll(async () => {
    bench = await matrixBench();
  });
  afterAll(() => bench.end());

  describe.each(rows.map((row) => [nameOf(row), row] as const))('%s:', (_name, row) => {
    const door = DOORS[row.door];
    if (!door) throw new Error(`nobody knows what Slack would send for ${row.door}`);

    /** Cases that nobody changes, and so every test of the row can have them; each sees that it leaves them alone. */
    const still = new Map<string, Situation>();
    const unchanged = async (which: string, actor: string, desk = 'delhi'): Promise<Situation> => {
      const key = [which, desk, ...(row.door === 'form reply_preview' ? [actor] : [])].join();
      const one = still.get(key) ?? (await situated(bench, row, actor, desk));
      still.set(key, one);
      return one;
    };
    afterEach(() => bench.clear([...still.values()].map(({ one }) => one.id)));

    describe.each(cellsOf(row))('$column', ({ column, user, word }) => {
      const from: Sender = { user, team: 'T0SANDBOX' };
      const times = row.twice === 'again' ? 2 : 1;
      const begin = (which: string): Promise<Situation> =>
        QUIET.has(word) ? unchanged(which, user) : situated(bench, row, user);

      test(`${word}, and delivered again: ${row.twice}`, async () => {
        cells += 2;
        const one = await begin('one');
        const body = await door(bench, from, named(one), true);
        let answer = '';
        const effect = await bench.effect(async () => void (answer = await used(bench, body)));
        expect(seen(row, effect)).toEqual(seen(row, expected(word, user, one)));
        expect(word === 'no' && PERSONAL.test(answer)).toBe(false);
        const isNamed = answer.includes(one.one.reference);
        expect(isNamed || word !== 'finds').toBe(true);
        expect(isNamed && column === 'moscow').toBe(false);
        const opened = OPENERS.test(row.door) && (await isOpen(user, one));
        expect(opened).toBe(OPENERS.test(row.door) && word !== 'no');
        await UNDO[word]?.(one);
        const again = await bench.effect(() => used(bench, body));
        expect(seen(row, again)).toEqual(seen(row, expected(times === 2 ? word : 'nothing', user, one)));
      });

      // Where nothing is left behind there is nothing to be left twice.
      if (EFFECTS[word].events !== '' || word === 'answers')
        test('twice at once', async () => {
          cells += 1;
          const one = await situated(bench, row, user);
          const body = await door(bench, from, named(one), true);
          const effect = await bench.effect(() => Promise.all([used(bench, body), used(bench, body)]));
          expect(seen(row, effect)).toEqual(seen(row, expected(word, user, one, times)));
        });

      if (isCaseless(row)) return;
      test(`made for one case and naming another: ${row.forged}`, async () => {
        cells += 1;
        const one = await begin('one');
        const other = await begin('other');
        const body = await door(bench, from, named(one, other), true);
        const effect = await bench.effect(() => used(bench, body));
        const about = row.forged === 'here' ? one : other;
        expect(seen(row, effect)).toEqual(
          seen(row, expected(row.forged === 'no' ? 'no' : word, user, about)),
        );
      });

      if (column === 'moscow') return;
      test('of another desk’s case, and of none: no', async () => {
        cells += 2;
        const theirs = await unchanged('one', user, 'moscow');
        const body = await door(bench, from, named(theirs), true);
        let answer = '';
        const effect = await bench.effect(async () => void (answer = await used(bench, body)));
        expect(seen(row, effect)).toEqual(seen(row, expected('no', user, theirs)));
        expect(answer).not.toMatch(PERSONAL);
        const none = { ...named(theirs), caseId: NO_CASE, reference: '00000000', draft: '0' };
        const nowhere = await door(bench, from, none, false);
        const nothing = await bench.effect(() => used(bench, nowhere));
        expect(seen(row, nothing)).toEqual(seen(row, expected('no', user, theirs)));
      });
    });

    test('nothing for anybody whom the gate does not let in', async () => {
      const here = await unchanged('one', INSIDERS.head);
      const other = await unchanged('other', INSIDERS.head);
      for (const { who, unsigned = false, ...from } of OUTSIDERS) {
        const theirs = await unchanged('one', from.user);
        const fresh = await door(bench, from, named(theirs), false);
        const forged = await door(bench, from, named(theirs, other), false);
        const nowhere = await door(bench, from, { ...named(theirs), caseId: NO_CASE }, false);
        for (const body of [fresh, fresh, forged, nowhere]) {
          cells += 1;
          let answer = '';
          const effect = await bench.effect(async () => void (answer = await used(bench, body, unsigned)));
          expect({ who, ...effect }).toEqual({ who, events: [], version: 0, sent: [] });
          expect(answer).not.toMatch(PERSONAL);
          expect(answer).not.toContain(here.one.reference);
        }
      }
    });
  });

  // Whatever the order of the tests; each file counts its own, also where the module is shared.
  beforeAll(() => {
    cells = 0;
  });
  afterAll(() => {
    expect(cells, 'every cell is tried').toBeGreaterThan(atLeast);
  });
}
