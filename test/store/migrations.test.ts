import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { CaseRecord } from '../../src/core/case/case-record.ts';
import type { Register } from '../../src/core/register/register.ts';
import { frozen, keysOf, thaw, valuesOf, type Frozen } from '../support/frozen-register.ts';
import { postgresForTests } from '../support/postgres.ts';
import {
  ASHA,
  move,
  registerBench,
  replied,
  told,
  wrote,
  type RegisterBench,
} from '../support/register-bench.ts';

const postgres = await postgresForTests();
if ('skip' in postgres) console.warn(`SKIPPED: migrations on Postgres: ${postgres.skip}`);
afterAll(async () => ('skip' in postgres ? undefined : postgres.stop()));

const FIRST = frozen('2026-11-22-register');
const STORY = frozen('2026-12-01-whose-data');

/** Everything is there as the program of then read it. */
async function readsAsBefore(register: Register, one: Frozen): Promise<void> {
  expect(one.read.length).toBeGreaterThanOrEqual(6);
  for (const before of one.read) {
    const now = await register.work(async (unit) => ({
      record: await unit.cases.byReference(before.record.reference),
      fields: await unit.fields.read(before.record.id),
      messages: await unit.messages.ofCase(before.record.id, 500),
      takeUps: await unit.takeUps.ofPerson(before.record.personId),
      consent: await unit.consents.latest(before.record.chatId),
    }));
    const known = (key: string): boolean => key in (now.record ?? {}) && key !== 'events';
    const record = Object.fromEntries(Object.entries(before.record).filter(([key]) => known(key)));
    expect(now.record).toMatchObject(record);
    expect(now.fields).toEqual(valuesOf(before.fields));
    expect(now.messages).toEqual(before.messages);
    expect(now.takeUps).toEqual(
      before.takeUps.map((takeUp) => ({
        ...takeUp,
        secondOfficer:
          typeof takeUp.secondOfficer === 'string'
            ? { id: '', name: takeUp.secondOfficer }
            : takeUp.secondOfficer,
      })),
    );
    const consents = Object.values(one.consents).filter(
      (consent) => consent?.chatId === before.record.chatId,
    );
    expect(now.consent).toEqual(consents[0] ?? null);
  }
}

type Opened = { bench: RegisterBench; register: Register };

/** What is alive goes on: families write, officers act, chats are blocked and come back. */
async function goesOn({ bench, register }: Opened, one: Frozen): Promise<void> {
  for (const { record } of one.read)
    await register.work(async (unit) => {
      const before = await unit.cases.byId(record.id);
      if (!before) throw new Error('a case is gone');
      const { chatId: chat } = before;
      await wrote(unit, before, 'Is there any news?');
      await told(unit, before, { reporter_name: 'Meena', place_text: 'Rostov' });
      if (before.ownerId !== null)
        await unit.record({ by: { staff: ASHA }, case: before.id, kind: 'released' });
      await unit.record({ by: { staff: ASHA }, case: before.id, kind: 'taken' });
      const answer = await replied(unit, before, 'We are asking.', { due: unit.now + 1000 });
      await unit.record({
        by: 'helpline',
        case: before.id,
        kind: 'delivery',
        messageId: answer.id,
        to: 'delivered',
        why: null,
      });
      await unit.record({ by: { family: chat }, chat, kind: 'blocked' });
      await unit.record({ by: { family: chat }, chat, kind: 'unblocked' });
      const consent = { noticeVersion: '9', noticeHash: 'ab', language: 'en', purposes: ['desk' as const] };
      await unit.record({ by: { family: chat }, chat, kind: 'consent', consent, purposes: ['desk'] });
      await unit.record({ by: { family: chat }, chat, kind: 'withdrawn' });
      const next = await move(unit, before, before.status === 'closed' ? 'reopened' : 'closed');
      if (next.status === 'closed') await move(unit, next, 'reopened');
      await unit.record({
        by: { staff: ASHA },
        case: before.id,
        kind: 'taken-up',
        second: { id: 'U9', name: 'Dev' },
        takeUp: { door: 'ministry_delhi', counterpart: 'Embassy', date: '2026-12-02', reference: 'A/1' },
      });
      await unit.record({ by: { staff: ASHA }, case: before.id, kind: 'outcome', to: 'located' });
    });
  expect((await bench.verify()).faults).toEqual([]);
  await register.inbox.put([{ source: { name: 'telegram', key: 'new' }, lane: 'new', body: '{}' }]);
  await register.inbox.digUp();
  const claimed = await register.inbox.claim(20, 1000);
  expect(claimed.map(({ source }) => source.key)).toContain('new');
  for (const { source } of claimed) await register.work((unit) => unit.inbox.finish(source));
}

const timers = async (bench: RegisterBench, one: CaseRecord): Promise<unknown[]> =>
  (await bench.sql(`select kind from timers where subject = '${one.id}' order by kind`)).map(
    (row) => row['kind'],
  );

describe.each(['sqlite', 'postgres'] as const)('a register of before on %s', (engine) => {
  const absent = engine === 'postgres' && 'skip' in postgres;
  const made: RegisterBench[] = [];
  afterEach(async () => {
    for (const one of made.splice(0)) await one.clean();
  });

  /** Opened by the program of today. */
  async function opened(one: Frozen): Promise<Opened> {
    const url = engine === 'postgres' && !('skip' in postgres) ? await postgres.createDatabase() : null;
    const bench = registerBench(url);
    made.push(bench);
    await thaw(one, url, bench.dataDir);
    bench.clock.now = one.now;
    return { bench, register: await bench.open({ keys: keysOf(one) }) };
  }

  it.skipIf(absent)('of the first schema: all is carried over, and all goes on', async () => {
    const { bench, register } = await opened(FIRST);
    expect(bench.log.events()).toContain('migrated');
    const audited = FIRST.tables['audit']?.length ?? 0;
    const first = await bench.verify();
    expect(first).toMatchObject({ cases: FIRST.read.length, faults: [] });
    expect(first.events).toBeGreaterThan(audited + FIRST.read.length);
    await readsAsBefore(register, FIRST);
    const { inbox, buried, parked, openCases } = FIRST.load;
    expect(await register.load()).toMatchObject({ inbox, buried, parked, openCases });
    for (const { record } of FIRST.read) {
      const wanted = [
        ...(record.formDone ? [] : ['form']),
        ...(record.nextContactAt === null ? [] : ['promise']),
        ...(record.priority === 'P0' && record.owner === null ? ['untaken'] : []),
      ];
      expect(await timers(bench, record)).toEqual(record.status === 'closed' ? [] : wanted);
      const story = await bench.story(record.reference);
      expect(story?.find(({ about }) => about === 'case')).toMatchObject({
        at: FIRST.now,
        event: { kind: 'carried' },
      });
    }
    await goesOn({ bench, register }, FIRST);
    await register.close();
    await bench.open({ keys: keysOf(FIRST) });
    expect((await bench.verify()).faults).toEqual([]);
  });

  it.skipIf(absent).each([
    [
      'in which a line was changed',
      21,
      (lines: Frozen['tables'][string]) =>
        lines.map((line, i) => (i === 20 ? { ...line, actor: 'staff:UX' } : line)),
    ],
    ['whose end was cut off', 31, (lines: Frozen['tables'][string]) => lines.slice(0, 30)],
    ['that was emptied', 1, () => []],
    [
      'into which a name was written',
      5,
      (lines: Frozen['tables'][string]) =>
        lines.map((line, i) => (i === 4 ? { ...line, object: 'Ravi Kumar', fields: 'not JSON' } : line)),
    ],
  ])(
    'an audit %s: all is carried over, and the story tells from where it did not fit',
    async (_, line, change) => {
      const tables = { ...FIRST.tables, audit: change(FIRST.tables['audit'] ?? []) };
      const { bench, register } = await opened({ ...FIRST, tables });
      const number = tables.audit.length + 1;
      expect((await bench.verify()).faults).toEqual([
        { where: `event ${number}`, what: `the audit of before did not fit from its line ${line} on` },
      ]);
      await readsAsBefore(register, FIRST);
      expect(JSON.stringify(await bench.sql('select * from events'))).not.toContain('Ravi');
    },
  );

  it.skipIf(absent)('of the schema with a story: nothing is to be done, and all goes on', async () => {
    const { bench, register } = await opened(STORY);
    expect(await bench.verify()).toEqual({
      events: STORY.tables['events']?.length,
      cases: STORY.read.length,
      faults: [],
    });
    await readsAsBefore(register, STORY);
    expect(await register.load()).toMatchObject(STORY.load);
    await goesOn({ bench, register }, STORY);
    expect(bench.log.events()).not.toContain('backup-made');
  });
});
