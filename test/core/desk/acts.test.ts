import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest';
import type { Act } from '../../../src/core/desk/act.ts';
import type { DeskActions } from '../../../src/core/desk/desk.ts';
import { ACTS, type ActName } from '../../../src/core/desk/may.ts';
import type { Staff } from '../../../src/core/desk/staff.ts';
import { HEAD } from '../../support/helpline-bench.ts';
import { REASON, sharingBench, wish, type SharingBench } from '../../support/sharing-bench.ts';

let bench: SharingBench;
beforeAll(async () => {
  bench = await sharingBench();
});
afterAll(() => bench.clean());

/** Somebody whom a door has let in, and who is of no desk. */
const NOBODY: Staff = { id: 'UNOBODY', name: 'Nobody', roles: {} };

const undeclared = (act: Act, staff: Staff) =>
  // @ts-expect-error nothing reaches a case as an act that the table does not know
  act.change('erase', staff, '1', 'p', () => Promise.resolve({ done: true }));

// Read by `npm run check`, not at run time: were the table and the acts allowed to differ, tsc would stop here, at the
// equality or at an error that is expected and does not come.
test('an act that is not in the table does not compile', () => {
  expectTypeOf<keyof typeof ACTS>().toEqualTypeOf<ActName>();
  type Planted = DeskActions & { erase(staff: Staff, caseId: string): Promise<void> };
  // @ts-expect-error erase is not in the table
  expect(ACTS satisfies Record<keyof Planted | 'ask' | 'openCase', unknown>).toBe(ACTS);
  expectTypeOf(undeclared).toBeFunction();
});

test('the desk does what stands in the table, and nothing else', () => {
  const elsewhere = ['ask', 'openCase'];
  const wanted = Object.keys(ACTS).filter((act) => !elsewhere.includes(act));
  expect(Object.keys(bench.desk).toSorted()).toEqual(wanted.toSorted());
});

/** Each act on a case on which it could be done. One that is new does not compile before it stands here. */
const EACH: Record<
  keyof DeskActions,
  (at: {
    caseId: string;
    request: string;
    reference: string;
    draft: string;
    version: number;
  }) => Promise<unknown>
> = {
  take: ({ caseId }) => bench.desk.take(NOBODY, caseId, 'p', { ownerLeft: true }),
  release: ({ caseId }) => bench.desk.release(NOBODY, caseId, 'p', { ownerLeft: true }),
  setPriority: ({ caseId }) => bench.desk.setPriority(NOBODY, caseId, 'P0', 'p'),
  setStatus: ({ caseId, version }) =>
    bench.desk.setStatus(
      NOBODY,
      { caseId, version, to: 'need_info', note: 'seen', tell: true, voice: null, takeUp: null, reason: null },
      'p',
    ),
  readRequest: ({ caseId }) => bench.desk.readRequest(NOBODY, caseId),
  confirmSecond: ({ caseId, request }) => bench.desk.confirmSecond(NOBODY, caseId, request, 'p'),
  refuseSecond: ({ caseId, request }) => bench.desk.refuseSecond(NOBODY, caseId, request, 'p'),
  takeBackOutcome: ({ caseId }) => bench.desk.takeBackOutcome(NOBODY, caseId, REASON, 'p'),
  look: ({ caseId }) => bench.desk.look(NOBODY, caseId),
  find: ({ reference }) => bench.desk.find(NOBODY, reference),
  readDetails: ({ caseId }) => bench.desk.readDetails(NOBODY, caseId),
  draftReply: ({ caseId }) => bench.desk.draftReply(NOBODY, caseId, 'words', 'en'),
  sendReply: ({ draft }) => bench.desk.sendReply(NOBODY, draft),
  addNote: ({ caseId }) => bench.desk.addNote(NOBODY, caseId, 'words', 'p'),
  queue: () => bench.desk.queue(NOBODY, 25),
};
const NOTHING = { cards: [], count: 0 };

test.each(Object.entries(EACH))('whoever is of no desk is refused: %s', async (name, act) => {
  const one = await bench.caseIn('sent_to_embassy', 'all');
  await bench.desk.setStatus(HEAD, wish(one, 'raised_with_russia', null), bench.press());
  // Begun while they were of the desk.
  const once = { ...NOBODY, roles: { desk: ['officer'] } } satisfies Staff;
  const drafted = await bench.desk.draftReply(once, one.id, 'words', 'en');
  const draft = drafted.done ? drafted.draft : '';
  const before = await bench.story(one.reference);
  const request = await bench.requestOf(one);
  const { reference, version } = one;
  const wanted: Record<string, unknown> = { find: null, queue: { mine: NOTHING, free: NOTHING, open: 0 } };
  expect(await act({ caseId: one.id, request, reference, draft, version })).toEqual(
    name in wanted ? wanted[name] : { done: false, why: 'other-desk' },
  );
  expect(await bench.story(one.reference)).toEqual(before);
});
