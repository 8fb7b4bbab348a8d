import type { Staff } from '../../../src/core/desk/staff.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseRecord } from '../../../src/core/case/case-record.ts';
import { plainText } from '../../../src/core/words/rich-text.ts';
import {
  agreed,
  ARJUN,
  helplineBench,
  MEERA,
  officerOf,
  routes,
  type HelplineBench,
} from '../../support/helpline-bench.ts';

const FAMILY = '501';
let bench: HelplineBench;
let one: CaseRecord;
beforeEach(async () => {
  bench = await helplineBench();
  one = await agreed(bench, FAMILY);
});
afterEach(() => bench.clean());

const now = (): Promise<CaseRecord> => bench.theCase(FAMILY);
const wish = async (to: CaseRecord['status'], over: object = {}) => ({
  caseId: one.id,
  version: (await now()).version,
  to,
  note: 'seen on paper',
  tell: false,
  takeUp: null,
  voice: null,
  reason: null,
  ...over,
});
const heardTexts = (): string =>
  bench
    .heard(FAMILY)
    .map(({ text }) => text)
    .join('\n');
const story = async () => JSON.stringify(await bench.sql('select * from events'));

describe('taking and releasing', () => {
  it('gives the case an owner, tells the family once, and moves it out of received', async () => {
    expect(await bench.desk.take(MEERA, one.id, 'p1')).toEqual({ done: true });
    expect(await bench.desk.take(MEERA, one.id, 'p1')).toEqual({ done: true });
    expect(await bench.desk.take(MEERA, one.id, 'p2')).toEqual({ done: true });
    await bench.drained();
    expect(await now()).toMatchObject({ owner: officerOf(MEERA), status: 'acknowledged' });
    expect(bench.heard(FAMILY).filter(({ text }) => text.includes('has taken your request'))).toHaveLength(1);
    expect(bench.lines(one.reference)).toEqual(['taken']);
    expect(bench.card(one.reference)?.card.owner).toEqual(officerOf(MEERA));
  });

  it('of a case that somebody has is refused, by name', async () => {
    await bench.desk.take(MEERA, one.id, 'p1');
    expect(await bench.desk.take(ARJUN, one.id, 'p2')).toEqual({
      done: false,
      why: 'not-yours',
      owner: officerOf(MEERA),
    });
    expect(await bench.desk.release(ARJUN, one.id, 'p3')).toEqual({
      done: false,
      why: 'not-yours',
      owner: officerOf(MEERA),
    });
    expect((await now()).owner).toEqual(officerOf(MEERA));
  });

  it('two officers at once: one has it, the other is told who', async () => {
    const results = await Promise.all([
      bench.desk.take(MEERA, one.id, 'p1'),
      bench.desk.take(ARJUN, one.id, 'p2'),
    ]);
    expect(results.filter(({ done }) => done)).toHaveLength(1);
    expect(results.filter(({ done }) => !done)).toMatchObject([{ why: 'not-yours' }]);
  });

  it('a head who saw it free does not take it from who was faster, and gives back nobody’s but whom they saw', async () => {
    const head: Staff = { id: 'U9', name: 'Head', roles: { desk: ['head'] } };
    await bench.desk.take(MEERA, one.id, 'p1');
    const taken = { done: false, why: 'taken', owner: officerOf(MEERA) };
    expect(await bench.desk.take(head, one.id, 'p2', { owner: null })).toEqual(taken);
    expect(await bench.desk.release(head, one.id, 'p3', { owner: ARJUN.id })).toEqual(taken);
    expect((await now()).owner).toEqual(officerOf(MEERA));
    expect(await bench.desk.take(head, one.id, 'p4', { owner: MEERA.id })).toEqual({ done: true });
  });

  it('the same press id of two officers is two presses', async () => {
    await bench.desk.addNote(MEERA, one.id, 'first', 'p');
    await bench.desk.addNote(ARJUN, one.id, 'second', 'p');
    expect((await bench.messages(one.id)).filter(({ from }) => from === 'note')).toHaveLength(2);
  });

  it('a released case is free again', async () => {
    await bench.desk.take(MEERA, one.id, 'p1');
    await bench.desk.release(MEERA, one.id, 'p2');
    await bench.desk.release(MEERA, one.id, 'p3');
    expect((await now()).owner).toBeNull();
    expect(await bench.desk.take(ARJUN, one.id, 'p4')).toEqual({ done: true });
  });

  it('is not told to a third party', async () => {
    await bench.presses(FAMILY, 'f:reporter_role:friend');
    await bench.desk.take(MEERA, one.id, 'p1');
    await bench.drained();
    expect(heardTexts()).not.toContain('Meera');
  });

  it('nothing can be done to a case that is not there', async () => {
    const gone = { done: false, why: 'no-such-case' };
    expect(await bench.desk.take(MEERA, 'x', 'p')).toEqual(gone);
    expect(await bench.desk.readDetails(MEERA, 'x')).toEqual(gone);
    expect(await bench.desk.draftReply(MEERA, 'x', 't', 'en')).toEqual(gone);
    expect(await bench.desk.look(MEERA, 'x')).toEqual(gone);
  });
});

it('the priority may be lowered by staff, and what the family was promised stands', async () => {
  const promised = one.nextContactAt;
  await bench.desk.setPriority(MEERA, one.id, 'P3', 'p');
  await bench.desk.setPriority(MEERA, one.id, 'P3', 'p2');
  await bench.drained();
  expect(await now()).toMatchObject({ priority: 'P3', nextContactAt: promised });
  expect(bench.lines(one.reference)).toEqual(['priority']);
});

const draft = async (text = 'Please send his date of birth.', language = 'en') => {
  const drafted = await bench.desk.draftReply(MEERA, one.id, text, language);
  if (!drafted.done) throw new Error(drafted.why);
  return drafted;
};

describe('an answer to the family', () => {
  it('is previewed to the letter, sent once, and its fate is shown', async () => {
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    await bench.says(FAMILY, 'Sunita Devi');
    const drafted = await draft();
    expect(drafted.to).toEqual({ reporter_role: 'parent', reporter_name: 'Sunita Devi' });
    expect(heardTexts()).not.toContain('date of birth');
    expect(await bench.desk.sendReply(MEERA, drafted.draft)).toEqual({ done: true, number: 2 });
    await bench.drained();
    expect(bench.last(FAMILY).text).toBe(plainText(drafted.preview));
    expect((await bench.messages(one.id)).at(-1)).toMatchObject({
      from: 'desk',
      author: officerOf(MEERA),
      delivery: 'delivered',
      text: 'Please send his date of birth.',
    });
    expect(bench.lines(one.reference)).toEqual(['reply', 'delivered']);
    expect(bench.card(one.reference)?.card.lastAnswer).toEqual({ number: 2, delivery: 'delivered' });
  });

  it('is sent once, however often it is sent off', async () => {
    const { draft: id } = await draft();
    for (let time = 0; time < 2; time++)
      expect(await bench.desk.sendReply(MEERA, id)).toEqual({ done: true, number: 2 });
    await bench.drained();
    expect(bench.heard(FAMILY).filter(({ text }) => text.includes('date of birth'))).toHaveLength(1);
  });

  it('is sent once when two submits race', async () => {
    const { draft: id } = await draft();
    await Promise.all([1, 2, 3].map(() => bench.desk.sendReply(MEERA, id)));
    await bench.drained();
    expect(bench.heard(FAMILY).filter(({ text }) => text.includes('date of birth'))).toHaveLength(1);
  });

  it('cannot be sent by another officer, nor after a day', async () => {
    const { draft: id } = await draft();
    const gone = { done: false, why: 'draft-gone' };
    expect(await bench.desk.sendReply(ARJUN, id)).toEqual(gone);
    expect(await bench.desk.sendReply(MEERA, 'no-such-draft')).toEqual(gone);
    bench.clock.now += 24 * 3600_000 + 1;
    expect(await bench.desk.sendReply(MEERA, id)).toEqual(gone);
  });

  it('to a family that has blocked us is refused, before and after the preview, and can be sent when they are back', async () => {
    const { draft: id } = await draft();
    await bench.does(FAMILY, { kind: 'blocked' });
    expect(await bench.desk.draftReply(MEERA, one.id, 't', 'en')).toEqual({ done: false, why: 'blocked' });
    expect(await bench.desk.sendReply(MEERA, id)).toEqual({ done: false, why: 'blocked' });
    expect((await bench.messages(one.id)).filter(({ from }) => from === 'desk')).toEqual([]);
    await bench.does(FAMILY, { kind: 'unblocked' });
    expect(await bench.desk.sendReply(MEERA, id)).toMatchObject({ done: true });
  });

  it('is literal: no markup, no slots', async () => {
    const words = '**not bold** {reference} <b>x</b> [link](https://evil.example)';
    const { draft: id } = await draft(words);
    await bench.desk.sendReply(MEERA, id);
    await bench.drained();
    expect(bench.last(FAMILY).text).toContain(words);
  });

  it('leaves nothing of its text in the drafts once it is sent', async () => {
    const { draft: id } = await draft('A secret sentence');
    await bench.desk.sendReply(MEERA, id);
    expect(await bench.register.work((unit) => unit.drafts.get(id))).not.toContain('secret');
  });
});

describe('after the family has taken its consent back', () => {
  it('nothing is sent to it, not even what was previewed before', async () => {
    const { draft: id } = await draft();
    await bench.commands(FAMILY, 'stop');
    const before = bench.heard(FAMILY).length;
    const withdrawn = { done: false, why: 'withdrawn' };
    expect(await bench.desk.draftReply(MEERA, one.id, 't', 'en')).toEqual(withdrawn);
    expect(await bench.desk.sendReply(MEERA, id)).toEqual(withdrawn);
    expect(await bench.desk.take(MEERA, one.id, 'q')).toEqual({ done: true });
    expect(await bench.desk.setStatus(MEERA, await wish('need_info', { tell: true }), 'r')).toMatchObject({
      done: true,
    });
    await bench.drained();
    expect(bench.heard(FAMILY)).toHaveLength(before);
  });

  it('whoever calls for help again is answered', async () => {
    await bench.commands(FAMILY, 'stop');
    bench.clock.now += 1000;
    await bench.says(FAMILY, 'They are taking me to the front now');
    const [called] = (await bench.cases(FAMILY)).toSorted((a, b) => b.familyAt - a.familyAt);
    expect(
      await bench.desk.draftReply(MEERA, called?.id ?? '', 'Where can we call you?', 'en'),
    ).toMatchObject({
      done: true,
    });
  });
});

it('each act of the desk is on record: who did what to which case', async () => {
  await bench.desk.take(MEERA, one.id, '1');
  await bench.desk.setPriority(MEERA, one.id, 'P0', '2');
  await bench.desk.setStatus(MEERA, await wish('need_info'), '3');
  await bench.desk.addNote(MEERA, one.id, 'called the aunt', '4');
  const { draft: id } = await draft();
  await bench.desk.sendReply(MEERA, id);
  await bench.desk.release(MEERA, one.id, '6');
  const lines = await bench.sql(
    `select kind from events where actor = 'staff:UMEERA' and subject = 'case:${one.id}' order by seq`,
  );
  expect(lines.map(({ kind }) => kind)).toEqual([
    'taken',
    'status',
    'graded',
    'status',
    'noted',
    'noted',
    'read',
    'drafted',
    'replied',
    'released',
  ]);
});

describe('what stays with the desk', () => {
  it('a note never reaches the family, and its words are not in the channel', async () => {
    const before = bench.heard(FAMILY).length;
    await bench.desk.addNote(MEERA, one.id, 'uncle says he was sold by the agent', 'p');
    await bench.desk.addNote(MEERA, one.id, 'uncle says he was sold by the agent', 'p');
    await bench.desk.addNote(MEERA, one.id, '   ', 'q');
    await bench.drained();
    expect(bench.heard(FAMILY)).toHaveLength(before);
    expect((await bench.messages(one.id)).filter(({ from }) => from === 'note')).toHaveLength(1);
    expect(JSON.stringify(bench.cards)).not.toContain('uncle');
  });

  it('a card holds nothing personal, whatever the family writes', async () => {
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    await bench.says(FAMILY, 'Sunita Devi');
    await bench.says(FAMILY, 'Rohit Kumar');
    await bench.presses(FAMILY, 'f:country_now:RU');
    expect(JSON.stringify(bench.cards)).not.toMatch(/Sunita|Rohit|brother|\b501\b/);
  });

  it('reading the details is on record with the names of the fields and none of their values', async () => {
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    await bench.says(FAMILY, 'Sunita Devi');
    const read = await bench.desk.readDetails(MEERA, one.id);
    if (!read.done) throw new Error(read.why);
    expect(read.details.fields).toEqual([
      { id: 'danger_now', value: 'no' },
      { id: 'reporter_role', value: 'parent' },
      { id: 'reporter_name', value: 'Sunita Devi' },
      { id: 'situation', value: 'missing' },
    ]);
    const lines = await story();
    expect(lines).toContain('"read\\"');
    expect(lines).toContain('staff:UMEERA');
    expect(lines).toContain('reporter_name');
    expect(lines).not.toMatch(/Sunita|missing in Russia/);
  });

  it('a search by reference is on record, however it was typed', async () => {
    const found = await bench.desk.find(
      MEERA,
      ` ${one.reference.toLowerCase().slice(0, 4)}-${one.reference.slice(4)}`,
    );
    expect(found?.card.caseId).toBe(one.id);
    expect(found?.place).toEqual(bench.card(one.reference)?.place);
    expect(await story()).toContain('found');
    expect(await bench.desk.find(MEERA, 'nothing')).toBeNull();
  });
});

const order = (cards: { caseId: string }[]): string[] => cards.map(({ caseId }) => caseId);

it('the queue has the most urgent first, then whoever waits longest; what somebody has is theirs', async () => {
  bench.setRoute(
    routes({
      low: { decision: 'intake', intent: 'salary-unpaid' },
      high: { decision: 'urgent', intent: 'emergency-now' },
      mid: { decision: 'intake', intent: 'missing-no-contact' },
    }),
  );
  bench.clock.now += 1000;
  const low = await agreed(bench, '1', 'low');
  bench.clock.now += 1000;
  const mid = await agreed(bench, '2', 'mid');
  bench.clock.now += 1000;
  await bench.says('3', 'high');
  const [high] = await bench.cases('3');
  const { free, mine, open } = await bench.desk.queue(MEERA, 25);
  expect(order(free.cards)).toEqual([high?.id, one.id, mid.id, low.id]);
  expect([mine, free.count, open]).toEqual([{ cards: [], count: 0 }, 4, 4]);
  await bench.desk.take(MEERA, mid.id, 'p');
  await bench.desk.take(ARJUN, low.id, 'p');
  const after = await bench.desk.queue(MEERA, 25);
  expect([order(after.mine.cards), order(after.free.cards), after.open]).toEqual([
    [mid.id],
    [high?.id, one.id],
    4,
  ]);
  const first = await bench.desk.queue(MEERA, 1);
  expect([order(first.free.cards), first.free.count]).toEqual([[high?.id], 2]);
});
