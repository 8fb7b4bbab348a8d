import type { CaseRecord } from '../../src/core/case/case-record.ts';

import { keyRing } from '../../src/store/key-ring.ts';
import { ASHA, DEV, move, openCase, registerBench, replied, told, wrote } from './register-bench.ts';

/**
 * Freezes a register of this program, for the test of the programs to come: run it before a schema is released, and never
 * again for that schema. `node test/support/freeze-register.ts > test/store/fixtures/2026-12-01-whose-data.json`
 */
const keys = {
  HELPLINE_KEYS: `k1:${Buffer.from('a key of a fixture, of no use...').toString('base64')}`,
  HELPLINE_INDEX_KEY: Buffer.from('an index key of that fixture....').toString('base64'),
};
const bench = registerBench(null);
const register = await bench.open({ keys: keyRing(keys.HELPLINE_KEYS, keys.HELPLINE_INDEX_KEY) });
const later = (minutes: number): void => void (bench.clock.now += minutes * 60_000);

const open = (address: string, over: Parameters<typeof openCase>[2] = {}): Promise<CaseRecord> => {
  later(3);
  return register.work(async (unit) => {
    const { id: chat } = await unit.chats.open('telegram', address);
    const consent = {
      noticeVersion: '779d09fefdee',
      noticeHash: 'ab',
      language: 'en',
      purposes: ['desk' as const, 'embassy_ministry' as const],
    };
    await unit.record({ by: { family: chat }, chat, kind: 'consent', consent, purposes: consent.purposes });
    return openCase(unit, address, { due: bench.clock.now + 86_400_000, ...over });
  });
};

const owned = await open('501', { owner: ASHA, values: { reporter_name: 'Meena Kumari' } });
await register.work(async (unit) => {
  await told(unit, owned, { person_name: 'Ravi Kumar', country_now: 'RU' });
  await told(unit, owned, { person_name: 'Ravi Kumar Singh' }, { staff: ASHA });
  const first = await wrote(unit, owned, 'He called from Rostov', { platformId: '71' });
  await wrote(unit, owned, 'He called from Rostov-on-Don', { platformId: '71', edits: first.id });
  const answer = await replied(unit, owned, 'We have written to the embassy.', { due: unit.now + 9e8 });
  const fate = { by: 'helpline', case: owned.id, kind: 'delivery', messageId: answer.id } as const;
  await unit.record({ ...fate, to: 'failed', why: 'blocked' });
  await unit.record({
    by: { staff: DEV },
    case: owned.id,
    kind: 'noted',
    text: 'The consul knows this camp.',
  });
  const takeUp = {
    door: 'embassy_moscow' as const,
    counterpart: 'Ministry of Defence',
    date: '2026-11-20',
    reference: 'NV 12/2026',
  };
  await unit.record({ by: { staff: ASHA }, case: owned.id, kind: 'taken-up', second: DEV, takeUp });
  let now = owned;
  for (const to of ['sent_to_embassy', 'raised_with_russia', 'reply_received', 'located'] as const)
    now = await move(unit, now, to);
  await unit.record({ by: { staff: ASHA }, case: owned.id, kind: 'outcome', to: 'located' });
  await unit.record({
    by: { staff: DEV },
    case: owned.id,
    kind: 'read',
    fields: ['person_name', 'messages'],
  });
  await unit.cases.recordCard(owned.id, { channel: 'C0TRIAGE', ts: '1.2' });
});

const waiting = await open('502', { formDone: true });
await register.work(async (unit) => {
  const content = { officer: ASHA, note: 'seen', tell: false, voice: null, takeUp: null, reason: null };
  await unit.record({
    by: { staff: ASHA },
    case: waiting.id,
    kind: 'second',
    what: 'asked',
    to: 'raised_with_russia',
    beyondConsent: false,
    content,
  });
  await unit.record({ by: { staff: ASHA }, case: waiting.id, kind: 'graded', to: 'P3' });
});
const overdue = await open('503');
await register.work(async (unit) => {
  await unit.record({ by: 'helpline', case: overdue.id, kind: 'promise', what: 'missed', due: unit.now });
  await unit.record({ by: 'helpline', case: overdue.id, kind: 'form', what: 'abandoned' });
  await unit.record({ by: { family: overdue.chatId }, chat: overdue.chatId, kind: 'withdrawn' });
});
const danger = await open('504', { priority: 'P0', channel: 'telegram' });
await register.work((unit) =>
  unit.record({ by: 'helpline', case: danger.id, kind: 'alarm', what: 'again', to: ['U1'] }),
);
const closed = await open('505', { status: 'closed' });
await register.work((unit) =>
  unit.record({ by: { family: closed.chatId }, chat: closed.chatId, kind: 'blocked' }),
);
const wrong = await open('506');
await register.work(async (unit) => {
  let now = wrong;
  for (const to of ['sent_to_ministry', 'raised_with_russia', 'reply_received', 'located'] as const)
    now = await move(unit, now, to);
  const back = { kind: 'taken-back', from: 'located', to: 'reply_received' } as const;
  await unit.record({ by: { staff: DEV }, case: wrong.id, ...back });
  await unit.timers.set('unconsented', wrong.chatId, unit.now + 1000);
  await unit.drafts.set('draft', 'Dear family', 9e9);
});
await register.inbox.put([{ source: { name: 'telegram', key: '900' }, lane: 'chat 9', body: '{}' }], {
  source: 'telegram',
  position: 901,
});
await register.inbox.bury({ name: 'telegram', key: '900' }, 'malformed');

const everyCase = [owned, waiting, overdue, danger, closed, wrong];
const read = await register.work(async (unit) => {
  const all: unknown[] = [];
  for (const { id } of everyCase) {
    const record = await unit.cases.byId(id);
    const fields = Object.entries(await unit.fields.read(id)).map(([field, value]) => ({ id: field, value }));
    const takeUps = await unit.takeUps.ofPerson(record?.personId ?? '');
    all.push({ record, fields, messages: await unit.messages.ofCase(id, 500), takeUps });
  }
  return all;
});
const consents = await register.work(async (unit) =>
  Promise.all(everyCase.map(({ chatId }) => unit.consents.latest(chatId))),
);
const tables: Record<string, unknown[]> = {};
const names = await bench.sql(
  "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' and name not like 'kysely%' order by name",
);
for (const { name } of names)
  tables[String(name)] = await bench.sql(`select * from ${String(name)} order by rowid`);
const migrations = await bench.sql('select name from kysely_migration order by name');
const load = await register.load();
const head = {
  program: 'this schema’s own',
  schema: migrations.at(-1)?.['name'],
  keys,
  now: bench.clock.now,
  load,
  consents,
};
const rowByRow = (rows: unknown[]): string =>
  `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n ]`;
console.log(
  [
    JSON.stringify(head).slice(0, -1),
    ` "read": ${rowByRow(read)}`,
    ` "tables": {\n${Object.entries(tables)
      .map(([name, rows]) => ` "${name}": ${rowByRow(rows)}`)
      .join(',\n')}}}`,
  ].join(',\n'),
);
await bench.clean();
