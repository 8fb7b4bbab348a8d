import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Register, UnitOfWork } from '../src/core/register/register.ts';
import { paragraph } from '../src/core/words/rich-text.ts';
import { keyRing } from '../src/store/key-ring.ts';
import { openRegister } from '../src/store/open-register.ts';
import { databaseFile } from '../src/store/open-sqlite.ts';
import { postgresForTests } from '../test/support/postgres.ts';

/**
 * Durable cases per second: chat, case with its key, message, three fields, two events and two errands in one commit that
 * is on disk. Beside it, in turns, raw node:sqlite that writes the same rows unsealed, with one prepared statement each:
 * what sealing, typing and the chain cost. `BENCH_SECONDS` a turn (default 2), Postgres is TEST_DATABASE_URL or an embedded one, which syncs.
 */
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 2);
const TURNS = 3;
const TEXT = 'My brother went to Moscow for a job as a cook. '.repeat(5);

const BODY = '{"kind":"opened","reference":"7K3MQ2X4","priority":"P2","country":"RU"}';

type Engine = 'raw node:sqlite' | 'sqlite' | 'postgres';

async function fileCase(unit: UnitOfWork, address: string): Promise<void> {
  const chat = await unit.chats.open('telegram', address);
  const by = { family: chat.id };
  const { one } = await unit.record({
    by,
    case: null,
    kind: 'opened',
    reference: await unit.cases.freshReference(),
    chatId: chat.id,
    desk: 'desk',
    channel: 'telegram',
    priority: 'P2',
    country: 'RU',
    language: 'hi',
    needs: ['army-contract'],
    formDone: true,
    due: null,
    values: { person_name: 'Ravi Kumar', reporter_phone: '+919812345678', place_text: 'Ludhiana' },
  });
  const { id } = one;
  const words = {
    text: TEXT,
    language: 'hi',
    at: unit.now,
    platformId: address,
    attachment: null,
    edits: null,
  };
  await unit.record({ by, case: id, kind: 'wrote', words });
  const message = { text: paragraph('We have your message.'), buttons: [], language: 'hi' };
  await unit.send({
    kind: 'message',
    chatId: chat.id,
    caseId: id,
    messageId: null,
    whenUnknown: 'repeat',
    message,
  });
}

const id = (): string => randomBytes(16).toString('hex');

/** The same rows in the same schema, without the register: 18 inserts and updates, one transaction. */
function rawWriter(dataDir: string): { file(n: number): void; close(): void } {
  const database = new DatabaseSync(databaseFile(dataDir), { enableForeignKeyConstraints: true });
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on');
  const insert = (table: string, columns: string) =>
    database.prepare(
      `insert into ${table} (${columns}) values (${columns
        .split(',')
        .map(() => '?')
        .join(',')})`,
    );
  const [begin, commit] = [database.prepare('begin immediate'), database.prepare('commit')];
  const chat = insert('chats', 'id,channel,address,address_blind,created_at');
  const person = insert('people', 'id,created_at');
  const one = insert(
    'cases',
    'id,reference,person_id,chat_id,status,priority,country,language,needs,form_done,version,created_at,updated_at,family_at',
  );
  const key = insert('data_keys', 'case_id,wrapped');
  const field = insert('case_fields', 'case_id,field,version,value,written_by,at');
  const message = insert('messages', 'id,case_id,number,sender,content,language,at,platform_id');
  const errand = insert('outbox', 'uid,stream,case_id,payload,state,attempts,in_hand,unsure,queued_at');
  const lane = insert('lanes', 'queue,lane,head,free_at,taken,turn');
  const event = insert('events', 'seq,at,subject,number,actor,kind,body,prev_hash,hash');
  const head = database.prepare("update story_head set seq = ?, hash = ?, mac = '' where id = 1");
  return {
    file(n) {
      const [chatId, caseId, personId, now] = [id(), id(), id(), Date.now()];
      begin.run();
      chat.run(chatId, 'telegram', `${n}`, id(), now);
      person.run(personId, now);
      one.run(
        caseId,
        id(),
        personId,
        chatId,
        'received',
        'P2',
        'RU',
        'hi',
        '["army-contract"]',
        0,
        1,
        now,
        now,
        now,
      );
      key.run(caseId, id());
      for (const name of ['name', 'phone', 'place']) field.run(caseId, name, 1, 'Ravi Kumar', 'family', now);
      message.run(id(), caseId, 1, 'family', TEXT, 'hi', now, `${n}`);
      for (const stream of [`case:${caseId}`, `chat:${chatId}`]) {
        const { lastInsertRowid } = errand.run(
          id(),
          stream,
          caseId,
          '{"kind":"card"}',
          'waiting',
          0,
          0,
          0,
          now,
        );
        lane.run('outbox', stream, lastInsertRowid, 0, 0, n);
      }
      for (const [number, kind] of ['opened', 'wrote'].entries()) {
        const seq = 2 * n + number;
        const [before, after] = [`p${seq}`, `h${seq}`];
        event.run(seq, now, `case:${caseId}`, number + 1, `family:${chatId}`, kind, BODY, before, after);
      }
      head.run(2 * n + 1, `h${2 * n + 1}`);
      commit.run();
    },
    close: () => database.close(),
  };
}

const keys = keyRing(`k1:${randomBytes(32).toString('base64')}`, randomBytes(32).toString('base64'));
const folders: string[] = [];
const open = (url: string | null): Promise<Register> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'helpline-bench-'));
  folders.push(dataDir);
  return openRegister({ url, dataDir, keys, now: Date.now, log: () => {} });
};

type Contender = { engine: Engine; file(n: number): Promise<void> | void; close(): Promise<void> | void };
const throughRegister = (engine: Engine, register: Register): Contender => ({
  engine,
  file: (n) => register.work((unit) => fileCase(unit, `${engine} ${n} ${process.pid}`)),
  close: () => register.close(),
});

const sqlite = throughRegister('sqlite', await open(null));
// The schema comes from the register itself, in a folder of its own.
await (await open(null)).close();
const raw: Contender = { engine: 'raw node:sqlite', ...rawWriter(folders.at(-1) ?? '') };
const contenders = [raw, sqlite];
const postgres = await postgresForTests({ durable: true });
if ('skip' in postgres) console.error(postgres.skip);
else contenders.push(throughRegister('postgres', await open(await postgres.createDatabase())));

const measured = new Map<Engine, { rate: number; ms: number[] }[]>();
let n = 0;
for (let turn = 0; turn <= TURNS; turn++) {
  for (const contender of contenders) {
    const ms: number[] = [];
    const began = performance.now();
    while (performance.now() - began < SECONDS * 1000) {
      const before = performance.now();
      await contender.file(++n);
      ms.push(performance.now() - before);
    }
    const rate = ms.length / ((performance.now() - began) / 1000);
    // The first turn warms up.
    if (turn > 0) measured.set(contender.engine, [...(measured.get(contender.engine) ?? []), { rate, ms }]);
  }
}
for (const contender of contenders) await contender.close();
if (!('skip' in postgres)) await postgres.stop();
for (const folder of folders) rmSync(folder, { recursive: true, force: true });

const middle = (values: number[], at = 0.5): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * at)] ?? Number.NaN;
const rateOf = (engine: Engine): number => middle((measured.get(engine) ?? []).map((one) => one.rate));
for (const [engine, turns] of measured) {
  const ms = turns.flatMap((one) => one.ms);
  console.log(
    JSON.stringify({
      bench: 'store',
      engine,
      casesPerSecond: Math.round(rateOf(engine)),
      p50ms: Number(middle(ms).toFixed(2)),
      p99ms: Number(middle(ms, 0.99).toFixed(2)),
      ofRaw: Number((rateOf(engine) / rateOf('raw node:sqlite')).toFixed(2)),
      cases: ms.length,
    }),
  );
}
