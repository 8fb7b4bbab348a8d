import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldCase } from '../../src/core/case/apply-event.ts';
import type { CaseRecord } from '../../src/core/case/case-record.ts';
import { mayMove } from '../../src/core/case/case-status.ts';
import { CASE_EVENT_KINDS, parseEvent } from '../../src/core/case/events.ts';
import type { Register } from '../../src/core/register/register.ts';
import { anyHistory, live, type Lived } from '../support/any-history.ts';
import { move, type RegisterBench } from '../support/register-bench.ts';
import { onBothEngines } from '../support/both-engines.ts';

/** Of each engine. `HISTORIES=2000 vitest run test/store/histories.test.ts` is the long run. */
const HISTORIES = Number(process.env['HISTORIES'] ?? 60);
/** The whole register is verified so often, and at the end. */
const VERIFIED_EACH = 400;

const sorted = (counts: Map<string, number>): [string, number][] =>
  [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));

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
        for (const id of cases) await rowIsStory(bench, register, id);
        // Left open, all of them would call the desk for ever, and time would go into that.
        if (lived % 50 !== 0) await closeAll(register, cases);
        const faults = lived % VERIFIED_EACH === 0 ? (await bench.verify()).faults : [];
        expect(faults).toEqual([]);
      }),
      { numRuns: HISTORIES, seed },
    );
    const from = performance.now();
    const { events, cases, faults } = await bench.verify();
    const ms = Math.round(performance.now() - from);
    expect(faults).toEqual([]);
    console.log(`${events} events of ${cases} cases, ${all.fired} timers fired; verified in ${ms} ms`);
    console.log(JSON.stringify(Object.fromEntries(sorted(all.happened))));
    console.log(JSON.stringify(Object.fromEntries(sorted(all.refused))));
    // A short run may leave one out.
    if (HISTORIES < 1000) return;
    const kinds = [
      ...CASE_EVENT_KINDS.filter((kind) => kind !== 'carried'),
      'taken-up',
      'outcome',
      'consent',
      'withdrawn',
      'blocked',
      'unblocked',
    ];
    expect(kinds.filter((kind) => !all.happened.has(kind))).toEqual([]);
    expect([...all.refused.keys()].toSorted()).toEqual([
      'illegal-move',
      'no-outcome',
      'no-request',
      'not-raised',
      'not-taken',
      'same-officer',
      'second-missing',
      'second-waits',
      'taken',
    ]);
  }, 900_000);
});

async function closeAll(register: Register, cases: string[]): Promise<void> {
  await register.work(async (unit) => {
    for (const id of cases) {
      const one = await unit.cases.byId(id);
      if (one && mayMove(one.status, 'closed')) await move(unit, one, 'closed');
    }
  });
}

async function rowIsStory(bench: RegisterBench, register: Register, id: string): Promise<void> {
  const row = await register.work((unit) => unit.cases.byId(id));
  if (!row) throw new Error('a case is gone');
  const story = (await bench.story(row.reference)) ?? [];
  const own = story.flatMap(({ about, ...line }) =>
    about === 'case' ? [{ ...line, event: parseEvent('case', line.event) }] : [],
  );
  expect(foldCase(own)).toEqual(stateOf(row));
}
