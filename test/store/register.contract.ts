import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshConversation, type Conversation } from '../../src/core/register/conversation-state.ts';
import type { Consent } from '../../src/core/case/case-record.ts';
import type { Register } from '../../src/core/register/register.ts';
import { isReference } from '../../src/core/case/reference.ts';
import { newCase, newMessage, openCase, type RegisterBench } from '../support/register-bench.ts';

const conversation: Conversation = {
  ...freshConversation('pa'),
  // Looks like Keyv's own notation of bytes, and must still come back as text.
  held: [{ text: ':base64:ਮਦਦ', attachment: null, messageId: '7', at: 1 }],
};

const consent = (chatId: string, over: Partial<Consent> = {}): Consent => ({
  chatId,
  noticeVersion: '3',
  noticeHash: 'ab',
  language: 'en',
  purposes: ['desk', 'police'],
  at: 10,
  withdrawnAt: null,
  ...over,
});

/** What every register must do, whatever it stands on. */
export function registerContract(makeBench: () => Promise<RegisterBench>): void {
  let bench: RegisterBench;
  let register: Register;
  beforeEach(async () => {
    bench = await makeBench();
    register = await bench.open();
  });
  afterEach(() => bench.clean());

  describe('units of work', () => {
    it('keep nothing of a unit that throws', async () => {
      const failing = register.work(async (unit) => {
        const one = await openCase(unit);
        await unit.fields.write(one.id, { name: 'Ravi' }, 'family');
        await unit.messages.add(newMessage(one.id, 'help'));
        await unit.send({ kind: 'card', caseId: one.id });
        await unit.audit({ actor: 'helpline', action: 'case-opened', object: `case:${one.id}` });
        await unit.conversations.set(one.chatId, conversation, 1000);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      for (const table of [
        'chats',
        'people',
        'cases',
        'data_keys',
        'case_fields',
        'messages',
        'outbox',
        'lanes',
        'audit',
        'sessions',
      ]) {
        expect({ table, rows: await bench.sql(`select * from ${table}`) }).toEqual({ table, rows: [] });
      }
    });

    it('are dead after their end, so that a query nobody waited for cannot slip into another one', async () => {
      const { unit, late } = await register.work(async (unit) => ({ unit, late: (await openCase(unit)).id }));
      await expect(unit.cases.byId(late)).rejects.toThrow('over');
      await expect(unit.audit({ actor: 'a', action: 'b', object: 'c' })).rejects.toThrow('over');
    });

    it('refuse the register inside, which would wait for ever', async () => {
      const calls = [
        () => register.work(() => Promise.resolve(1)),
        () => register.load(),
        () => register.verifyAudit(),
        () => register.inbox.cursor('telegram'),
        () => register.outbox.claim(1, 1),
      ];
      for (const call of calls)
        await expect(register.work<unknown>(() => call())).rejects.toThrow('only the unit');
    });

    it('give what the job gives and their time', async () => {
      expect(await register.work((unit) => Promise.resolve(unit.now))).toBe(bench.clock.now);
    });

    it('tell listeners after the commit when there is something to send, and not otherwise', async () => {
      let calls = 0;
      register.onWork(() => calls++);
      await register.work(openCase);
      await Promise.resolve();
      expect(calls).toBe(0);
      await register.work(async (unit) => {
        await unit.send({ kind: 'card', caseId: (await openCase(unit)).id });
        expect(calls).toBe(0);
      });
      await Promise.resolve();
      expect(calls).toBe(1);
    });

    it('end before the register closes, and none begins after', async () => {
      const running = register.work(async (unit) => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        return (await openCase(unit)).id;
      });
      await register.close();
      expect(await running).toMatch(/^[0-9a-f]{32}$/);
      await expect(register.work(() => Promise.resolve(1))).rejects.toThrow('closed');
      await register.close();
    });
  });

  describe('first times', () => {
    it('are told apart by scope and key', async () => {
      const times = [];
      for (const [scope, key] of [
        ['press', '1'],
        ['press', '1'],
        ['form', '1'],
      ] as const) {
        times.push(await register.work((unit) => unit.firstTime(scope, key)));
      }
      expect(times).toEqual([true, false, true]);
    });
    it('do not count when the unit fails', async () => {
      await register
        .work(async (unit) => {
          await unit.firstTime('press', '1');
          throw new Error('no');
        })
        .catch(() => {});
      expect(await register.work((unit) => unit.firstTime('press', '1'))).toBe(true);
    });
  });

  describe('chats', () => {
    it('are found by channel and address, and made once', async () => {
      const first = await register.work((unit) => unit.chats.open('telegram', '42'));
      expect(first).toEqual({
        id: first.id,
        channel: 'telegram',
        address: '42',
        blockedAt: null,
        createdAt: bench.clock.now,
      });
      await register.work(async (unit) => {
        expect(await unit.chats.open('telegram', '42')).toEqual(first);
        expect(await unit.chats.find('telegram', '42')).toEqual(first);
        expect(await unit.chats.byId(first.id)).toEqual(first);
        expect(await unit.chats.find('slack', '42')).toBeNull();
        expect(await unit.chats.find('telegram', '43')).toBeNull();
        expect(await unit.chats.byId('none')).toBeNull();
      });
    });
    it('remember since when they are blocked', async () => {
      await register.work(async (unit) => {
        const { id } = await unit.chats.open('telegram', '42');
        await unit.chats.setBlocked(id, 5);
        expect((await unit.chats.byId(id))?.blockedAt).toBe(5);
        await unit.chats.setBlocked(id, null);
        expect((await unit.chats.byId(id))?.blockedAt).toBeNull();
      });
    });
    it('count refusals and nothing else of them', async () => {
      await register.work((unit) => unit.chats.countRefusal());
      await register.work((unit) => unit.chats.countRefusal());
      expect(await bench.sql('select name, count from counters')).toMatchObject([{ name: 'refused-notice' }]);
      expect(Number((await bench.sql('select count from counters'))[0]?.['count'])).toBe(2);
    });
  });

  describe('conversations and drafts', () => {
    it('come back as they were, until forgotten', async () => {
      await register.work((unit) => unit.conversations.set('c1', conversation, 1000));
      await register.work(async (unit) => {
        expect(await unit.conversations.get('c1')).toEqual(conversation);
        expect(await unit.conversations.get('c2')).toBeNull();
        await unit.conversations.forget('c1');
        expect(await unit.conversations.get('c1')).toBeNull();
        await unit.conversations.forget('c1');
      });
    });
    it('end when their time is over, by the clock of the unit, and leave with the sweep', async () => {
      await register.work((unit) => unit.drafts.set('d', 'Dear family', 60_000));
      bench.clock.now += 59_000;
      expect(await register.work((unit) => unit.drafts.get('d'))).toBe('Dear family');
      bench.clock.now += 2_000;
      expect(await register.work((unit) => unit.drafts.get('d'))).toBeNull();
      expect(await register.sweep()).toBe(1);
      expect(await bench.sql('select * from sessions')).toEqual([]);
    });
    it('are written anew with a new life', async () => {
      await register.work((unit) => unit.drafts.set('d', 'one', 1000));
      bench.clock.now += 900;
      await register.work((unit) => unit.drafts.set('d', '', 1000));
      bench.clock.now += 900;
      expect(await register.work((unit) => unit.drafts.get('d'))).toBe('');
    });
    it('go back with their unit', async () => {
      await register
        .work(async (unit) => {
          await unit.drafts.set('d', 'one', 1000);
          throw new Error('no');
        })
        .catch(() => {});
      expect(await register.work((unit) => unit.drafts.get('d'))).toBeNull();
    });
  });

  describe('consents', () => {
    it('the newest counts, and all are withdrawn together', async () => {
      await register.work(async (unit) => {
        const { id } = await unit.chats.open('telegram', '1');
        expect(await unit.consents.latest(id)).toBeNull();
        await unit.consents.record(consent(id));
        await unit.consents.record(consent(id, { purposes: ['desk'] }));
        expect(await unit.consents.latest(id)).toEqual(consent(id, { purposes: ['desk'] }));
        await unit.consents.withdraw(id);
        expect((await unit.consents.latest(id))?.withdrawnAt).toBe(unit.now);
      });
      expect(await bench.sql('select * from consents where withdrawn_at is null')).toEqual([]);
    });
  });

  describe('cases', () => {
    it('open with a reference, a person file and a key of their own', async () => {
      const owner = { id: 'U1', name: 'Asha Rao' };
      const opened = await register.work((unit) =>
        openCase(unit, '1', { owner, reportedStatus: 'captured' }),
      );
      expect(isReference(opened.reference)).toBe(true);
      expect(opened).toMatchObject({
        version: 1,
        card: null,
        cardVersion: 0,
        owner,
        reportedStatus: 'captured',
        formDone: false,
      });
      await register.work(async (unit) => {
        expect(await unit.cases.byId(opened.id)).toEqual(opened);
        expect(await unit.cases.byReference(opened.reference)).toEqual(opened);
        expect(await unit.cases.byReference('00000000')).toBeNull();
        expect(await unit.cases.byId('none')).toBeNull();
      });
      expect(await bench.sql(`select * from data_keys where case_id = '${opened.id}'`)).toHaveLength(1);
      expect(await bench.sql(`select * from people where id = '${opened.personId}'`)).toHaveLength(1);
    });

    it('never share a reference: one that is taken is passed over', async () => {
      let calls = 0;
      const again = await bench.open({
        // The first three references come from the same bytes.
        random: (bytes) =>
          bytes === 7
            ? Buffer.alloc(bytes, calls++ < 3 ? 1 : 2)
            : Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))),
      });
      const references = await again.work(async (unit) => {
        const chat = await unit.chats.open('telegram', '1');
        const first = await unit.cases.open(newCase(chat, await unit.cases.freshReference()));
        const second = await unit.cases.open(newCase(chat, await unit.cases.freshReference()));
        return [first.reference, second.reference];
      });
      expect(new Set(references).size).toBe(2);
      expect(calls).toBe(4);
    });

    it('change only what is named, and only from the version that was seen', async () => {
      const opened = await register.work((unit) =>
        openCase(unit, '1', {
          reportedStatus: 'missing',
          owner: { id: 'U9', name: 'Old' },
          nextContactAt: 7,
        }),
      );
      bench.clock.now += 5;
      const changed = await register.work((unit) =>
        unit.cases.change(opened.id, 1, {
          status: 'acknowledged',
          owner: { id: 'U1', name: 'Asha' },
          needs: ['a', 'b'],
          formDone: true,
          country: null,
          nextContactAt: null,
        }),
      );
      const expected = {
        ...opened,
        status: 'acknowledged',
        owner: { id: 'U1', name: 'Asha' },
        needs: ['a', 'b'],
        formDone: true,
        country: null,
        nextContactAt: null,
        version: 2,
        updatedAt: bench.clock.now,
      };
      expect(changed).toEqual(expected);
      expect(await register.work((unit) => unit.cases.change(opened.id, 1, { owner: null }))).toBeNull();
      expect(await register.work((unit) => unit.cases.byId(opened.id))).toEqual(expected);
      const freed = await register.work((unit) =>
        unit.cases.change(opened.id, 2, { owner: null, reportedStatus: null }),
      );
      expect(freed).toMatchObject({ owner: null, reportedStatus: null, status: 'acknowledged', version: 3 });
      expect(await register.work((unit) => unit.cases.change('none', 1, { language: 'en' }))).toBeNull();
    });

    it('remember their card without counting it as a change', async () => {
      const { id } = await register.work((unit) => openCase(unit));
      await register.work((unit) => unit.cases.recordCard(id, { channel: 'C1', ts: '1.2' }, 1));
      expect(await register.work((unit) => unit.cases.byId(id))).toMatchObject({
        version: 1,
        card: { channel: 'C1', ts: '1.2' },
        cardVersion: 1,
      });
      await register.work((unit) => unit.cases.recordCard(id, null, 0));
      expect((await register.work((unit) => unit.cases.byId(id)))?.card).toBeNull();
    });

    it('of one chat come newest first and never from another', async () => {
      const ids = await register.work(async (unit) => [
        (await openCase(unit, '1', { createdAt: 1 })).id,
        (await openCase(unit, '1', { createdAt: 2 })).id,
        (await openCase(unit, '2', { createdAt: 3 })).id,
      ]);
      const own = await register.work(async (unit) =>
        unit.cases.ofChat((await unit.chats.open('telegram', '1')).id),
      );
      expect(own.map((one) => one.id)).toEqual([ids[1], ids[0]]);
    });

    it('queue by urgency, then by how long the desk has been silent; a new word from the family moves nobody back', async () => {
      const mine = { id: 'U1', name: 'Asha' };
      const names = await register.work(async (unit) => {
        const made: Record<string, string> = {};
        const add = async (name: string, over: Parameters<typeof openCase>[2]) =>
          void (made[(await openCase(unit, name, over)).id] = name);
        await add('later', { createdAt: 20, familyAt: 20 });
        await add('wrote again', { createdAt: 10, familyAt: 99 });
        await add('answered', { createdAt: 5, deskAt: 50 });
        await add('urgent', { priority: 'P0', createdAt: 90 });
        await add('mine', { owner: mine, createdAt: 1 });
        await add('closed', { status: 'closed', createdAt: 0 });
        return made;
      });
      const queue = async (filter: { owner?: string | null; limit: number }) =>
        (await register.work((unit) => unit.cases.queue(filter))).map((one) => names[one.id]);
      expect(await queue({ limit: 9 })).toEqual(['urgent', 'mine', 'wrote again', 'later', 'answered']);
      expect(await queue({ owner: null, limit: 2 })).toEqual(['urgent', 'wrote again']);
      expect(await queue({ owner: 'U1', limit: 9 })).toEqual(['mine']);
    });
  });

  describe('form fields', () => {
    it('keep every version and show the newest; an empty one withdraws', async () => {
      await register.work(async (unit) => {
        const { id } = await openCase(unit);
        expect(await unit.fields.read(id)).toEqual({});
        await unit.fields.write(id, { name: 'Ravi', phone: '+911' }, 'family');
        await unit.fields.write(id, { phone: '+912' }, 'staff:U1');
        await unit.fields.write(id, {}, 'family');
        expect(await unit.fields.read(id)).toEqual({ name: 'Ravi', phone: '+912' });
        await unit.fields.write(id, { phone: '' }, 'family');
        expect(await unit.fields.read(id)).toEqual({ name: 'Ravi' });
        const other = await openCase(unit, '2');
        expect(await unit.fields.read(other.id)).toEqual({});
      });
      expect(await bench.sql('select * from case_fields')).toHaveLength(4);
    });
  });

  describe('messages', () => {
    it('are numbered within their case and come back oldest first', async () => {
      await register.work(async (unit) => {
        const [one, two] = [await openCase(unit, '1'), await openCase(unit, '2')];
        const attachment = { kind: 'voice' as const, file: 'F', seconds: 3 };
        const first = await unit.messages.add(
          newMessage(one.id, 'naïve 🙏🏽 text', { attachment, platformId: '71' }),
        );
        await unit.messages.add(newMessage(two.id, 'other', { platformId: '71' }));
        const second = await unit.messages.add(
          newMessage(one.id, 'answer', {
            from: 'desk',
            author: { id: 'U1', name: 'Asha' },
            delivery: 'waiting',
          }),
        );
        const third = await unit.messages.add(newMessage(one.id, 'note', { from: 'note' }));
        expect([first.number, second.number, third.number]).toEqual([1, 2, 3]);
        expect(await unit.messages.byId(first.id)).toEqual(first);
        expect(await unit.messages.byId('none')).toBeNull();
        expect(await unit.messages.ofCase(one.id, 10)).toEqual([first, second, third]);
        expect(await unit.messages.ofCase(one.id, 2)).toEqual([second, third]);
        expect(await unit.messages.byPlatformId(one.chatId, '71')).toEqual(first);
        expect(await unit.messages.byPlatformId(one.chatId, '72')).toBeNull();
        expect(await unit.messages.count(one.id)).toEqual({ family: 1, desk: 1, undelivered: 0, last: 3 });
        await unit.messages.setDelivery(second.id, 'failed', 'blocked');
        expect(await unit.messages.byId(second.id)).toEqual({
          ...second,
          delivery: 'failed',
          failure: 'blocked',
        });
        expect((await unit.messages.count(one.id)).undelivered).toBe(1);
        await unit.messages.setDelivery(second.id, 'delivered');
        expect(await unit.messages.byId(second.id)).toEqual({
          ...second,
          delivery: 'delivered',
          failure: null,
        });
        expect(await unit.messages.count((await openCase(unit, '3')).id)).toEqual({
          family: 0,
          desk: 0,
          undelivered: 0,
          last: 0,
        });
      });
    });
    it('by the platform’s id, the newest wording is found', async () => {
      await register.work(async (unit) => {
        const one = await openCase(unit);
        const first = await unit.messages.add(newMessage(one.id, 'a', { platformId: '5' }));
        const edit = await unit.messages.add(newMessage(one.id, 'b', { platformId: '5', edits: first.id }));
        expect(await unit.messages.byPlatformId(one.chatId, '5')).toEqual(edit);
      });
    });
  });

  describe('people and take-ups', () => {
    it('a take-up belongs to the man, whichever case it was made from', async () => {
      await register.work(async (unit) => {
        const one = await openCase(unit);
        const other = await openCase(unit, '2');
        await unit.cases.change(other.id, 1, { personId: one.personId });
        const takeUp = {
          personId: one.personId,
          door: 'embassy_moscow' as const,
          counterpart: 'Ministry of Defence',
          date: '2026-11-20',
          reference: 'NV/12',
          officer: { id: 'U1', name: 'Asha' },
          secondOfficer: 'Dev',
        };
        const first = await unit.takeUps.add({ ...takeUp, caseId: one.id, at: 1 });
        const second = await unit.takeUps.add({ ...takeUp, caseId: other.id, at: 2 });
        expect(await unit.takeUps.ofPerson(one.personId)).toEqual([first, second]);
        expect(await unit.takeUps.ofPerson('none')).toEqual([]);
        await unit.people.setOutcome(one.personId, 'located');
      });
      expect(await bench.sql("select outcome from people where outcome = 'located'")).toHaveLength(1);
    });
  });

  describe('load', () => {
    it('counts what waits, what was put aside, and open cases', async () => {
      expect(await register.load()).toEqual({
        inbox: 0,
        outbox: 0,
        oldestInbox: null,
        oldestOutbox: null,
        buried: 0,
        parked: 0,
        openCases: 0,
      });
      const began = bench.clock.now;
      const put = (key: string) =>
        register.inbox.put([{ source: { name: 'telegram', key }, lane: key, body: '{}' }]);
      await put('1');
      await put('2');
      await register.inbox.bury({ name: 'telegram', key: '1' }, 'malformed');
      await register.work(async (unit) => {
        const one = await openCase(unit);
        await openCase(unit, '2', { status: 'closed' });
        await unit.send({ kind: 'card', caseId: one.id });
        await unit.send({ kind: 'card-line', caseId: one.id, line: { what: 'urgent' } });
      });
      const [errand] = await register.outbox.claim(1, 1000);
      await register.work((unit) => unit.settle(errand?.id ?? 0, 'parked'));
      bench.clock.now += 1000;
      expect(await register.load()).toEqual({
        inbox: 1,
        outbox: 1,
        oldestInbox: began,
        oldestOutbox: began,
        buried: 1,
        parked: 1,
        openCases: 1,
      });
    });
  });
}
