import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshConversation } from '../../src/core/register/conversation-state.ts';
import { paragraph } from '../../src/core/words/rich-text.ts';
import type { Source } from '../../src/core/words/messages.ts';
import type { Register } from '../../src/core/register/register.ts';
import { backUp } from '../../src/store/backup.ts';
import { keyRing } from '../../src/store/key-ring.ts';
import { databaseFile } from '../../src/store/open-sqlite.ts';
import {
  ASHA,
  DEV,
  move,
  openCase,
  replied,
  secret,
  told,
  wrote,
  type RegisterBench,
} from '../support/register-bench.ts';

const TABLES =
  'chats consents counters people cases data_keys case_fields messages take_ups inbox outbox lanes cursors seen sessions events story_head timers ring_keys settings'.split(
    ' ',
  );

/** Every byte that is stored: files and backups, or all rows. */
async function everything(bench: RegisterBench): Promise<Buffer> {
  if (bench.engine === 'postgres') {
    const rows = await Promise.all(TABLES.map((table) => bench.sql(`select * from ${table}`)));
    return Buffer.from(JSON.stringify(rows));
  }
  const database = new DatabaseSync(databaseFile(bench.dataDir));
  await backUp(database, bench.dataDir, bench.clock.now);
  const files = readdirSync(bench.dataDir, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  const bytes = files.map((one) => readFileSync(join(one.parentPath, one.name)));
  expect(files.map((one) => one.name)).toContain('helpline.db-wal');
  expect(files.length).toBeGreaterThan(3);
  database.close();
  return Buffer.concat(bytes);
}

const telegram = (key: string): Source => ({ name: 'telegram', key });

/** Opens twenty cases and moves each, all at the same time. */
const write = (mine: Register, from: number): Promise<unknown>[] =>
  Array.from({ length: 20 }, (_, i) =>
    mine.work(async (unit) => move(unit, await openCase(unit, `${from + i}`), 'acknowledged')),
  );

/** What must hold against thieves, tampering hands and races. */
export function safetyContract(makeBench: () => Promise<RegisterBench>): void {
  let bench: RegisterBench;
  let register: Register;
  beforeEach(async () => {
    bench = await makeBench();
    register = await bench.open();
  });
  afterEach(() => bench.clean());

  const swap = async (table: string, column: string, [a, b]: string[]): Promise<void> => {
    const [first] = await bench.sql(`select ${column} as value from ${table} where ${a}`);
    const [second] = await bench.sql(`select ${column} as value from ${table} where ${b}`);
    await bench.sql(`update ${table} set ${column} = '${String(second?.['value'])}' where ${a}`);
    await bench.sql(`update ${table} set ${column} = '${String(first?.['value'])}' where ${b}`);
  };

  describe('at rest', () => {
    it('nothing personal can be read: not in rows, files, the write-ahead log or backups', async () => {
      let count = 0;
      const canary = (): string => `canary${++count}x`;
      await register.inbox.put([
        { source: telegram('1'), lane: canary(), body: canary() },
        { source: telegram('2'), lane: canary(), body: canary() },
      ]);
      await register.inbox.claim(2, 1000);
      await register.inbox.bury(telegram('2'), 'malformed');
      await register.work(async (unit) => {
        const officer = { id: 'U1', name: canary() };
        const second = { id: 'U2', name: canary() };
        const one = await openCase(unit, canary(), {
          owner: officer,
          values: { reporter_name: canary(), free_text: canary() },
        });
        await told(unit, one, { reporter_name: canary() }, { staff: officer });
        const attachment = { kind: 'photo' as const, file: canary(), name: canary() };
        await wrote(unit, one, canary(), { attachment });
        await replied(unit, one, canary(), { by: officer });
        await unit.record({ by: { staff: officer }, case: one.id, kind: 'noted', text: canary() });
        const takeUp = {
          door: 'ministry_delhi' as const,
          counterpart: canary(),
          date: '2026-11-20',
          reference: canary(),
        };
        await unit.record({ by: { staff: officer }, case: one.id, kind: 'taken-up', second, takeUp });
        await unit.record({
          by: { staff: officer },
          case: one.id,
          kind: 'second',
          what: 'asked',
          to: 'death_confirmed',
          beyondConsent: false,
          content: { officer, note: canary(), tell: true, voice: 'told', takeUp, reason: canary() },
        });
        await unit.conversations.set(
          one.chatId,
          { ...freshConversation('en'), held: [{ text: canary(), attachment, messageId: null, at: 1 }] },
          1000,
        );
        await unit.drafts.set('d', canary(), 1000);
        for (const caseId of [one.id, null]) {
          const message = { text: paragraph(canary()), buttons: [], language: 'en' };
          await unit.send({
            kind: 'message',
            chatId: one.chatId,
            caseId,
            messageId: null,
            message,
            whenUnknown: 'repeat',
          });
        }
        await unit.send({ kind: 'card-line', caseId: one.id, line: { what: 'taken', by: canary() } });
      });
      const [errand] = await register.outbox.claim(9, 1000);
      await register.work((unit) => unit.settle(errand?.id ?? 0, 'parked'));
      const stored = await everything(bench);
      expect(count).toBeGreaterThan(20);
      expect(stored.includes('wrote')).toBe(true);
      expect(stored.toString('latin1').match(/canary\d+x/g)).toBeNull();
      expect(JSON.stringify(bench.log.lines)).not.toContain('canary');
    });

    it('a sealed value opens nowhere but in its own place', async () => {
      const { one, two } = await register.work(async (unit) => {
        const [one, two] = [
          await openCase(unit, '1', { owner: ASHA }),
          await openCase(unit, '2', { owner: DEV }),
        ];
        for (const each of [one, two]) {
          await told(unit, each, { reporter_name: 'n', reporter_phone: 'p' });
          await wrote(unit, each, 'a');
          await wrote(unit, each, 'b');
          await unit.drafts.set(`draft ${each.id}`, 'text', 1000);
        }
        return { one, two };
      });
      type Swap = { table: string; column: string; rows: string[]; read: () => Promise<unknown> };
      const swaps: Swap[] = [
        {
          table: 'messages',
          column: 'content',
          rows: [`case_id = '${one.id}' and number = 1`, `case_id = '${one.id}' and number = 2`],
          read: () => register.work((unit) => unit.messages.ofCase(one.id, 9)),
        },
        {
          table: 'case_fields',
          column: 'value',
          rows: ['reporter_name', 'reporter_phone'].map(
            (field) => `case_id = '${one.id}' and field = '${field}'`,
          ),
          read: () => register.work((unit) => unit.fields.read(one.id)),
        },
        {
          table: 'data_keys',
          column: 'wrapped',
          rows: [`case_id = '${one.id}'`, `case_id = '${two.id}'`],
          read: () => register.work((unit) => unit.cases.byId(one.id)),
        },
        {
          table: 'chats',
          column: 'address',
          rows: [`id = '${one.chatId}'`, `id = '${two.chatId}'`],
          read: () => register.work((unit) => unit.chats.byId(one.chatId)),
        },
        {
          table: 'cases',
          column: 'owner_name',
          rows: [`id = '${one.id}'`, `id = '${two.id}'`],
          read: () => register.work((unit) => unit.cases.byId(two.id)),
        },
        {
          table: 'sessions',
          column: 'value',
          rows: [`key = 'draft ${one.id}'`, `key = 'draft ${two.id}'`],
          read: () => register.work((unit) => unit.drafts.get(`draft ${one.id}`)),
        },
      ];
      for (const { table, column, rows, read } of swaps) {
        await expect(read(), `${table} before`).resolves.toBeTruthy();
        await swap(table, column, rows);
        await expect(read(), `${table} swapped`).rejects.toThrow(/authenticate/);
        await swap(table, column, rows);
        await expect(read(), `${table} put back`).resolves.toBeTruthy();
      }
    });

    it('a tampered inbox entry is buried, and its lane goes on', async () => {
      await register.inbox.put(['1', '2'].map((key) => ({ source: telegram(key), lane: 'a', body: key })));
      await bench.sql("update inbox set body = (select body from inbox where key = '2') where key = '1'");
      expect(await register.inbox.claim(5, 1000)).toEqual([]);
      expect((await register.inbox.claim(5, 1000)).map((entry) => entry.body)).toEqual(['2']);
      expect(await register.load()).toMatchObject({ buried: 1 });
      expect(bench.log.lines.at(-1)).toEqual({
        event: 'entry-buried',
        fields: { source: 'telegram', key: '1', why: 'unreadable' },
      });
    });

    it('without its key a case is gone: nothing of it can be read', async () => {
      const one = await register.work((unit) =>
        openCase(unit, '1', { owner: ASHA, values: { reporter_name: 'n' } }),
      );
      await bench.sql(`delete from data_keys where case_id = '${one.id}'`);
      await expect(register.work((unit) => unit.fields.read(one.id))).rejects.toThrow('erased');
      await expect(register.work((unit) => unit.cases.byId(one.id))).rejects.toThrow('erased');
    });
  });

  describe('keys', () => {
    it('that do not fit are refused with what to do, and nothing is changed', async () => {
      await register.close();
      const [k1, index] = [secret(), secret()];
      const other = await makeBench();
      const open = (spec: string, indexKey = index) => other.open({ keys: keyRing(spec, indexKey) });
      try {
        await (await open(`k1:${k1}`)).close();
        await expect(open(`k2:${secret()}`)).rejects.toThrow('"k1", which is not in HELPLINE_KEYS');
        await expect(open(`k1:${secret()}`)).rejects.toThrow('is not the "k1"');
        await expect(open(`k1:${k1}`, secret())).rejects.toThrow('HELPLINE_INDEX_KEY');
        expect(await other.sql("select kid from ring_keys where kid <> 'index'")).toMatchObject([
          { kid: 'k1' },
        ]);
        await (await open(`k1:${k1}`)).close();
      } finally {
        await other.clean();
      }
    });

    it('rotate: the new one seals, the sweep seals anew, then the old one may go', async () => {
      await register.close();
      const [k1, k2, index] = [secret(), secret(), secret()];
      const other = await makeBench();
      try {
        const first = await other.open({ keys: keyRing(`k1:${k1}`, index) });
        await first.inbox.put([{ source: { name: 'telegram', key: '1' }, lane: 'a', body: 'b' }]);
        const id = await first.work(async (unit) => {
          const one = await openCase(unit, '77', { owner: ASHA });
          await unit.drafts.set('d', 'draft', 1e9);
          const message = { text: paragraph('m'), buttons: [], language: 'en' };
          await unit.send({
            kind: 'message',
            chatId: one.chatId,
            caseId: null,
            messageId: null,
            message,
            whenUnknown: 'repeat',
          });
          return one.id;
        });
        await first.close();
        const second = await other.open({ keys: keyRing(`k2:${k2},k1:${k1}`, index) });
        expect((await second.work((unit) => unit.cases.byId(id)))?.owner?.name).toBe(ASHA.name);
        await second.sweep();
        expect(await other.sql("select kid from ring_keys where kid = 'k1'")).toHaveLength(1);
        await second.sweep();
        expect(await other.sql("select kid from ring_keys where kid = 'k1'")).toHaveLength(0);
        await second.close();
        const third = await other.open({ keys: keyRing(`k2:${k2}`, index) });
        expect(await third.inbox.claim(1, 1000)).toMatchObject([{ body: 'b', lane: 'a' }]);
        expect((await third.outbox.claim(9, 1000)).map((entry) => entry.errand.kind).toSorted()).toEqual([
          'card',
          'message',
        ]);
        await third.work(async (unit) => {
          expect((await unit.cases.byId(id))?.owner?.name).toBe(ASHA.name);
          expect(await unit.drafts.get('d')).toBe('draft');
          expect((await unit.chats.byId((await unit.cases.byId(id))?.chatId ?? ''))?.address).toBe('77');
        });
      } finally {
        await other.clean();
      }
    });
  });

  describe('races', () => {
    it('fifty first messages of one chat open one chat, and each unit waits for the other', async () => {
      const other = bench.engine === 'postgres' ? await bench.open() : register;
      await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          (i % 2 ? other : register).work(async (unit) => {
            const chat = await unit.chats.open('telegram', '9');
            if ((await unit.cases.ofChat(chat.id)).length === 0) await openCase(unit, '9');
          }),
        ),
      );
      expect(await bench.sql('select id from chats')).toHaveLength(1);
      expect(await bench.sql('select id from cases')).toHaveLength(1);
    });

    it('of twenty who take a case one gets it', async () => {
      const { id } = await register.work((unit) => openCase(unit));
      const taken = await Promise.allSettled(
        Array.from({ length: 20 }, (_, i) =>
          register.work((unit) =>
            unit.record({ by: { staff: { id: `U${i}`, name: `${i}` } }, case: id, kind: 'taken' }),
          ),
        ),
      );
      const winners = taken.flatMap((one) => (one.status === 'fulfilled' ? one.value.one : []));
      expect(winners).toHaveLength(1);
      expect(await register.work((unit) => unit.cases.byId(id))).toEqual(winners[0]);
      const refused = taken.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
      expect(refused).toMatchObject(
        Array.from({ length: 19 }, () => ({ refusal: { why: 'taken', owner: winners[0]?.ownerId } })),
      );
    });

    it('a case that is held is changed by one unit after the other, and each message gets its number once', async () => {
      const one = await register.work((unit) => openCase(unit));
      const other = bench.engine === 'postgres' ? await bench.open() : register;
      await Promise.all(
        Array.from({ length: 30 }, (_, i) =>
          (i % 2 ? other : register).work((unit) => wrote(unit, one, `${i}`)),
        ),
      );
      const stored = await register.work(async (unit) => ({
        numbers: (await unit.messages.ofCase(one.id, 99)).map((message) => message.number),
        now: await unit.cases.byId(one.id),
      }));
      expect(stored.numbers).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
      expect(stored.now).toMatchObject({ version: 31, events: 31, messages: 30 });
    });

    it('two cases locked crosswise end well: the unit that loses is tried again', async () => {
      const [a, b] = await register.work(async (unit) => [
        await openCase(unit, '1'),
        await openCase(unit, '2'),
      ]);
      const touch = (...both: (typeof a)[]) =>
        register.work(async (unit) => {
          for (const one of both) {
            if (!one) continue;
            await unit.cases.byId(one.id);
            await new Promise((resolve) => setTimeout(resolve, 20));
            await unit.record({ by: 'helpline', case: one.id, kind: 'language', to: 'en' });
          }
        });
      await Promise.all([touch(a, b), touch(b, a), touch(a, b), touch(b, a)]);
      const versions = await bench.sql('select version from cases');
      expect(versions.map((row) => Number(row['version']))).toEqual([5, 5]);
      expect(await bench.verify()).toMatchObject({ events: 10, faults: [] });
    });
  });

  describe('the story', () => {
    it('is one chain, whoever writes at the same time', async () => {
      const other = bench.engine === 'postgres' ? await bench.open() : register;
      await Promise.all([...write(register, 0), ...write(other, 100)]);
      expect(await bench.verify()).toEqual({ events: 80, cases: 40, faults: [] });
      const rows = await bench.sql('select seq from events order by seq');
      expect(rows.map((row) => Number(row['seq']))).toEqual(Array.from({ length: 80 }, (_, i) => i + 1));
    });

    it('of a case tells what happened to it, its man and its chat, in codes and in order', async () => {
      const { reference } = await register.work(async (unit) => {
        const one = await openCase(unit, '1', { values: { reporter_name: 'Ravi' } });
        await openCase(unit, '2');
        const purposes = ['desk' as const];
        const consent = { noticeVersion: '3', noticeHash: 'ab', language: 'hi', purposes };
        await unit.record({
          by: { family: one.chatId },
          chat: one.chatId,
          kind: 'consent',
          consent,
          purposes,
        });
        await wrote(unit, one, 'Where is Ravi?');
        await unit.record({ by: { staff: ASHA }, case: one.id, kind: 'outcome', to: 'located' });
        return one;
      });
      const story = await bench.story(reference);
      expect(story?.map(({ about, number, event }) => [about, number, event.kind])).toEqual([
        ['case', 1, 'opened'],
        ['chat', 1, 'consent'],
        ['case', 2, 'wrote'],
        ['person', 1, 'outcome'],
      ]);
      expect(JSON.stringify(story)).not.toMatch(/Ravi|Asha/);
      expect(await bench.story('00000000')).toBeNull();
    });

    it('can only be appended to', async () => {
      await register.work(openCase);
      await expect(bench.sql("update events set actor = 'x'")).rejects.toThrow('append-only');
      await expect(bench.sql('delete from events')).rejects.toThrow('append-only');
    });
  });
}
