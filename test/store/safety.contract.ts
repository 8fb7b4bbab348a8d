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
import { newMessage, openCase, secret, type RegisterBench } from '../support/register-bench.ts';

const TABLES =
  'chats consents counters people cases data_keys case_fields messages take_ups inbox outbox lanes cursors seen sessions audit audit_head ring_keys'.split(
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

/** What must hold against thieves, tampering hands and races. */
export function safetyContract(makeBench: () => Promise<RegisterBench>): void {
  let bench: RegisterBench;
  let register: Register;
  beforeEach(async () => {
    bench = await makeBench();
    register = await bench.open();
  });
  afterEach(() => bench.clean());

  const write = (count: number, mine = register) =>
    Promise.all(
      Array.from({ length: count }, (_, i) =>
        mine.work((unit) =>
          unit.audit({ actor: 'staff:U1', action: 'read', object: `case:${i}`, fields: ['name', 'phone'] }),
        ),
      ),
    );
  /** Past the triggers, as only somebody who owns the database can. */
  const tamper = async (statement: string): Promise<void> => {
    if (bench.engine === 'postgres') {
      await bench.sql('alter table audit disable trigger all');
      await bench.sql(statement);
      await bench.sql('alter table audit enable trigger all');
      return;
    }
    await bench.sql('drop trigger if exists audit_no_update');
    await bench.sql('drop trigger if exists audit_no_delete');
    await bench.sql(statement);
  };

  const swap = async (table: string, column: string, a: string, b: string): Promise<void> => {
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
        const one = await openCase(unit, canary(), { owner: officer, reportedStatus: canary() });
        await unit.cases.change(one.id, 1, { owner: { id: 'U2', name: canary() }, reportedStatus: canary() });
        await unit.fields.write(one.id, { name: canary(), passport: canary() }, 'family');
        await unit.fields.write(one.id, { name: canary() }, 'staff:U1');
        const attachment = { kind: 'photo' as const, file: canary(), name: canary() };
        await unit.messages.add(newMessage(one.id, canary(), { attachment }));
        await unit.messages.add(newMessage(one.id, canary(), { from: 'desk', author: officer }));
        await unit.messages.add(newMessage(one.id, canary(), { from: 'note', author: officer }));
        await unit.takeUps.add({
          personId: one.personId,
          caseId: one.id,
          door: 'ministry_delhi',
          counterpart: canary(),
          date: canary(),
          reference: canary(),
          officer,
          secondOfficer: canary(),
          at: 1,
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
        await unit.audit({
          actor: `family:${one.chatId}`,
          action: 'wrote',
          object: `case:${one.id}`,
          fields: ['name'],
        });
      });
      const [errand] = await register.outbox.claim(9, 1000);
      await register.work((unit) => unit.settle(errand?.id ?? 0, 'parked'));
      const stored = await everything(bench);
      expect(count).toBeGreaterThan(25);
      expect(stored.includes('wrote')).toBe(true);
      expect(stored.toString('latin1').match(/canary\d+x/g)).toBeNull();
      expect(JSON.stringify(bench.log.lines)).not.toContain('canary');
    });

    it('a sealed value opens nowhere but in its own place', async () => {
      const { one, two } = await register.work(async (unit) => {
        const [one, two] = [
          await openCase(unit, '1', { owner: { id: 'U1', name: 'A' }, reportedStatus: 'x' }),
          await openCase(unit, '2', { owner: { id: 'U1', name: 'B' } }),
        ];
        for (const { id } of [one, two]) {
          await unit.fields.write(id, { name: 'n', phone: 'p' }, 'family');
          await unit.messages.add(newMessage(id, 'a'));
          await unit.messages.add(newMessage(id, 'b'));
          await unit.drafts.set(`draft ${id}`, 'text', 1000);
        }
        return { one, two };
      });
      type Swap = { table: string; column: string; rows: [string, string]; read: () => Promise<unknown> };
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
          rows: [`case_id = '${one.id}' and field = 'name'`, `case_id = '${one.id}' and field = 'phone'`],
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
        await swap(table, column, ...rows);
        await expect(read(), `${table} swapped`).rejects.toThrow(/authenticate/);
        await swap(table, column, ...rows);
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
      const one = await register.work(async (unit) => {
        const one = await openCase(unit, '1', { owner: { id: 'U1', name: 'A' } });
        await unit.fields.write(one.id, { name: 'n' }, 'family');
        return one;
      });
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
          const one = await openCase(unit, '77', { owner: { id: 'U1', name: 'A' } });
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
        expect((await second.work((unit) => unit.cases.byId(id)))?.owner?.name).toBe('A');
        await second.sweep();
        expect(await other.sql("select kid from ring_keys where kid = 'k1'")).toHaveLength(1);
        await second.sweep();
        expect(await other.sql("select kid from ring_keys where kid = 'k1'")).toHaveLength(0);
        await second.close();
        const third = await other.open({ keys: keyRing(`k2:${k2}`, index) });
        expect(await third.inbox.claim(1, 1000)).toMatchObject([{ body: 'b', lane: 'a' }]);
        expect(await third.outbox.claim(1, 1000)).toMatchObject([{ errand: { kind: 'message' } }]);
        await third.work(async (unit) => {
          expect((await unit.cases.byId(id))?.owner?.name).toBe('A');
          expect(await unit.drafts.get('d')).toBe('draft');
          expect((await unit.chats.find('telegram', '77'))?.address).toBe('77');
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
      const taken = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          register.work((unit) => unit.cases.change(id, 1, { owner: { id: `U${i}`, name: `${i}` } })),
        ),
      );
      const winners = taken.filter((one) => one !== null);
      expect(winners).toHaveLength(1);
      expect(await register.work((unit) => unit.cases.byId(id))).toEqual(winners[0]);
    });

    it('a case that is held is changed by one unit after the other', async () => {
      const { id } = await register.work((unit) => openCase(unit));
      const done = await Promise.all(
        Array.from({ length: 20 }, () =>
          register.work(async (unit) => {
            const seen = await unit.cases.byId(id);
            return unit.cases.change(id, seen?.version ?? 0, { language: 'en' });
          }),
        ),
      );
      expect(done.every((one) => one !== null)).toBe(true);
      expect((await register.work((unit) => unit.cases.byId(id)))?.version).toBe(21);
    });

    it('messages of one case get each number once', async () => {
      const { id } = await register.work((unit) => openCase(unit));
      await Promise.all(
        Array.from({ length: 30 }, (_, i) =>
          register.work((unit) => unit.messages.add(newMessage(id, `${i}`))),
        ),
      );
      const numbers = (await register.work((unit) => unit.messages.ofCase(id, 99))).map((one) => one.number);
      expect(numbers).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    });

    it('two cases locked crosswise end well: the unit that loses is tried again', async () => {
      const [a, b] = await register.work(async (unit) => [
        (await openCase(unit, '1')).id,
        (await openCase(unit, '2')).id,
      ]);
      const touch = (first = '', second = '') =>
        register.work(async (unit) => {
          for (const id of [first, second]) {
            const one = await unit.cases.byId(id);
            await new Promise((resolve) => setTimeout(resolve, 20));
            await unit.cases.change(id, one?.version ?? 0, { language: 'en' });
          }
        });
      await Promise.all([touch(a, b), touch(b, a), touch(a, b), touch(b, a)]);
      const versions = await bench.sql('select version from cases');
      expect(versions.map((row) => Number(row['version']))).toEqual([5, 5]);
    });
  });

  describe('the audit', () => {
    it('is one chain, whoever writes at the same time', async () => {
      const other = bench.engine === 'postgres' ? await bench.open() : register;
      await Promise.all([write(40), write(40, other)]);
      expect(await register.verifyAudit()).toEqual({ lines: 80, brokenAt: null });
      const rows = await bench.sql('select seq from audit order by seq');
      expect(rows.map((row) => Number(row['seq']))).toEqual(Array.from({ length: 80 }, (_, i) => i + 1));
    });

    it('is whole when it is empty, and when it is longer than a page', async () => {
      expect(await register.verifyAudit()).toEqual({ lines: 0, brokenAt: null });
      await register.work(async (unit) => {
        for (let i = 0; i < 2500; i++)
          await unit.audit({ actor: 'helpline', action: 'a', object: `case:${i}` });
      });
      expect(await register.verifyAudit()).toEqual({ lines: 2500, brokenAt: null });
    });

    it('is verified while it grows', async () => {
      const [, verdicts] = await Promise.all([
        write(60),
        Promise.all(Array.from({ length: 10 }, () => register.verifyAudit())),
      ]);
      expect(verdicts.map((verdict) => verdict.brokenAt)).toEqual(Array.from({ length: 10 }, () => null));
    });

    it('can only be appended to', async () => {
      await write(2);
      await expect(bench.sql("update audit set actor = 'x'")).rejects.toThrow('append-only');
      await expect(bench.sql('delete from audit')).rejects.toThrow('append-only');
    });

    it.each([
      ['an edited line', "update audit set object = 'case:x' where seq = 3", 3],
      ['another time', 'update audit set at = at + 1 where seq = 3', 3],
      ['other fields', "update audit set fields = '[]' where seq = 3", 3],
      ['a line taken out', 'delete from audit where seq = 3', 3],
      ['the first line taken out', 'delete from audit where seq = 1', 1],
      ['the end cut off', 'delete from audit where seq >= 4', 4],
      ['everything taken out', 'delete from audit', 1],
      ['lines exchanged', 'update audit set seq = case seq when 2 then 103 when 3 then 102 else seq end', 2],
    ])('shows %s', async (_, statement, brokenAt) => {
      await write(5);
      await tamper(statement);
      expect((await register.verifyAudit()).brokenAt).toBe(brokenAt);
    });

    it('shows an end that was cut off together with its head, and a line added by hand', async () => {
      await write(5);
      await tamper('delete from audit where seq = 5');
      await tamper('update audit_head set seq = 4, hash = (select hash from audit where seq = 4)');
      expect((await register.verifyAudit()).brokenAt).toBe(5);
    });
  });
}
