import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldCase } from '../../src/core/case/apply-event.ts';
import type { CaseRecord } from '../../src/core/case/case-record.ts';
import { CASE_EVENT_KINDS, parseEvent } from '../../src/core/case/events.ts';
import type { Register } from '../../src/core/register/register.ts';
import { anyHistory, live, type Lived } from '../support/any-history.ts';
import { onBothEngines } from '../support/both-engines.ts';

/** Of each engine. `HISTORIES=2000 vitest run test/store/histories.test.ts` is the long run. */
const HISTORIES = Number(process.env['HISTORIES'] ?? 60);
/** The whole register is verified so often, and at the end. */
const VERIFIED_EACH = 400;

/** The state that the row says, without what stands beside it. */
const stateOf = ({ owner: _owner, card: _card, ...state }: CaseRecord) => state;

await onBothEngines('random histories', (makeBench) => {
  it(`of ${HISTORIES}, each row is what its story tells, and nothing is found by verify`, async () => {
    const bench = await makeBench();
    const register = await bench.open();
    const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
    console.log(`histories: ${HISTORIES} on ${bench.engine}, SEED=${seed}`);
    const all: Lived = { happened: new Map(), refused: new Map(), fired: 0 };
    let lived = 0;
    await fc.assert(
      fc.asyncProperty(anyHistory, async (history) => {
        lived += 1;
        const cases = await live(register, bench.clock, `h${lived}`, history, all);
        for (const id of cases) await rowIsStory(register, id);
        if (lived % VERIFIED_EACH === 0) expect((await register.verify()).faults).toEqual([]);
      }),
      { numRuns: HISTORIES, seed },
    );
    const { events, cases, faults } = await register.verify();
    expect(faults).toEqual([]);
    console.log(`${events} events of ${cases} cases, ${all.fired} timers fired`);
    console.log(
      JSON.stringify(Object.fromEntries([...all.happened].toSorted(([a], [b]) => a.localeCompare(b)))),
    );
    console.log(
      JSON.stringify(Object.fromEntries([...all.refused].toSorted(([a], [b]) => a.localeCompare(b)))),
    );
    // A short run may leave one out.
    const enough = HISTORIES >= 1000;
    const kinds = [
      ...CASE_EVENT_KINDS.filter((kind) => kind !== 'carried'),
      'taken-up',
      'outcome',
      'consent',
      'withdrawn',
      'blocked',
      'unblocked',
    ];
    expect(kinds.filter((kind) => enough && !all.happened.has(kind))).toEqual([]);
    const refusals = [
      'illegal-move',
      'no-outcome',
      'no-request',
      'not-raised',
      'not-taken',
      'same-officer',
      'second-missing',
      'second-waits',
      'taken',
    ];
    expect(refusals.filter((why) => enough && !all.refused.has(why))).toEqual([]);
  }, 900_000);
});

async function rowIsStory(register: Register, id: string): Promise<void> {
  const row = await register.work((unit) => unit.cases.byId(id));
  if (!row) throw new Error('a case is gone');
  const story = (await register.story(row.reference)) ?? [];
  const own = story.flatMap(({ about, event, ...line }) =>
    about === 'case' ? [{ ...line, event: parseEvent('case', event) }] : [],
  );
  expect(foldCase(own)).toEqual(stateOf(row));
}
