import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshConversation, type Conversation } from '../../src/core/register/conversation-state.ts';
import { Impossible } from '../../src/core/register/happened.ts';
import type { Register } from '../../src/core/register/register.ts';
import { isReference } from '../../src/core/case/reference.ts';
import {
  ASHA,
  DEV,
  move,
  openCase,
  replied,
  told,
  wrote,
  type RegisterBench,
} from '../support/register-bench.ts';

const conversation: Conversation = {
  ...freshConversation('pa'),
  // Looks like Keyv's own notation of bytes, and must still come back as text.
  held: [{ text: ':base64:ਮਦਦ', attachment: null, messageId: '7', at: 1 }],
};

const notice = { noticeVersion: '3', noticeHash: 'ab', language: 'en' };

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
        const one = await openCase(unit, '1', { due: 9, values: { reporter_name: 'Ravi' } });
        await wrote(unit, one, 'help');
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
        'events',
        'timers',
        'sessions',
      ]) {
        expect({ table, rows: await bench.sql(`select * from ${table}`) }).toEqual({ table, rows: [] });
      }
    });

    it('are dead after their end, so that a query nobody waited for cannot slip into another one', async () => {
      const { unit, late } = await register.work(async (unit) => ({ unit, late: await openCase(unit) }));
      await expect(unit.cases.byId(late.id)).rejects.toThrow('over');
      await expect(wrote(unit, late, 'late')).rejects.toThrow('over');
      await expect(unit.timers.set('form', late.id, 1)).rejects.toThrow('over');
    });

    it('refuse the register inside, which would wait for ever', async () => {
      const calls = [
        () => register.work(() => Promise.resolve(1)),
        () => register.load(),
        () => register.sweep(),
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
      await register.work((unit) => unit.chats.open('telegram', '1'));
      await Promise.resolve();
      expect(calls).toBe(0);
      await register.work(async (unit) => {
        await openCase(unit);
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
        expect(await unit.chats.byId(first.id)).toEqual(first);
        expect((await unit.chats.open('slack', '42')).id).not.toBe(first.id);
        expect((await unit.chats.open('telegram', '43')).id).not.toBe(first.id);
        expect(await unit.chats.byId('none')).toBeNull();
      });
    });
    it('remember since when they are blocked', async () => {
      await register.work(async (unit) => {
        const { id } = await unit.chats.open('telegram', '42');
        await unit.record({ by: { family: id }, chat: id, kind: 'blocked' });
        expect((await unit.chats.byId(id))?.blockedAt).toBe(unit.now);
        await unit.record({ by: { family: id }, chat: id, kind: 'unblocked' });
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
        const agree = (purposes: ('desk' | 'police')[]) =>
          unit.record({
            by: { family: id },
            chat: id,
            kind: 'consent',
            consent: { ...notice, purposes },
            purposes,
          });
        expect(await unit.consents.latest(id)).toBeNull();
        await agree(['desk', 'police']);
        await agree(['desk']);
        expect(await unit.consents.latest(id)).toEqual({
          ...notice,
          chatId: id,
          purposes: ['desk'],
          at: unit.now,
          withdrawnAt: null,
        });
        await unit.record({ by: { family: id }, chat: id, kind: 'withdrawn' });
        expect((await unit.consents.latest(id))?.withdrawnAt).toBe(unit.now);
      });
      expect(await bench.sql('select * from consents where withdrawn_at is null')).toEqual([]);
    });
  });

  describe('cases', () => {
    it('open with a reference, a person file and a key of their own', async () => {
      const opened = await register.work((unit) => openCase(unit, '1', { owner: ASHA, due: 7000 }));
      expect(isReference(opened.reference)).toBe(true);
      expect(opened).toMatchObject({
        status: 'received',
        priority: 'P2',
        owner: ASHA,
        card: null,
        desk: 'desk',
        channel: 'telegram',
        createdAt: bench.clock.now,
        nextContactAt: 7000,
        version: 2,
        events: 2,
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
      const references = await again.work(async (unit) => [
        (await openCase(unit, '1')).reference,
        (await openCase(unit, '1')).reference,
      ]);
      expect(new Set(references).size).toBe(2);
      expect(calls).toBe(4);
    });

    it('are what the last event made of them, and the name of the owner goes with the owner', async () => {
      const opened = await register.work((unit) => openCase(unit, '1', { owner: DEV, due: 7 }));
      bench.clock.now += 5;
      const changed = await register.work(async (unit) => {
        await move(unit, opened, 'acknowledged');
        await unit.record({ by: { staff: DEV }, case: opened.id, kind: 'released' });
        await unit.record({ by: { staff: ASHA }, case: opened.id, kind: 'taken' });
        const { one } = await unit.record({
          by: { family: opened.chatId },
          case: opened.id,
          kind: 'form',
          what: 'done',
        });
        return one;
      });
      const expected = {
        ...opened,
        status: 'acknowledged',
        previous: 'received',
        owner: ASHA,
        ownerId: ASHA.id,
        formDone: true,
        calledAt: bench.clock.now,
        updatedAt: bench.clock.now,
        version: opened.version + 4,
        settled: opened.version + 3,
        events: opened.events + 4,
      };
      expect(changed).toEqual(expected);
      expect(await register.work((unit) => unit.cases.byId(opened.id))).toEqual(expected);
      const freed = await register.work((unit) =>
        unit.record({ by: { staff: DEV }, case: opened.id, kind: 'released' }),
      );
      expect(freed.one).toMatchObject({ owner: null, ownerId: null });
      expect(await bench.sql('select * from cases where owner_name is not null')).toEqual([]);
    });

    it('refuse what can’t be, and the unit that tried keeps nothing', async () => {
      const opened = await register.work((unit) => openCase(unit));
      const before = await bench.sql('select * from cases');
      await expect(
        register.work(async (unit) => {
          await wrote(unit, opened, 'one more word');
          await move(unit, opened, 'reply_received');
        }),
      ).rejects.toThrow(Impossible);
      await expect(
        register.work((unit) => unit.record({ by: { staff: ASHA }, case: 'none', kind: 'taken' })),
      ).rejects.toThrow('there is no such case');
      expect(await bench.sql('select * from cases')).toEqual(before);
      expect(await bench.sql('select * from messages')).toEqual([]);
      expect(await bench.verify()).toEqual({ events: 1, cases: 1, faults: [] });
    });

    it('remember their card without counting it as a change', async () => {
      const { id } = await register.work((unit) => openCase(unit));
      await register.work((unit) => unit.cases.recordCard(id, { channel: 'C1', ts: '1.2' }));
      expect(await register.work((unit) => unit.cases.byId(id))).toMatchObject({
        version: 1,
        events: 1,
        card: { channel: 'C1', ts: '1.2' },
      });
      await register.work((unit) => unit.cases.recordCard(id, null));
      expect((await register.work((unit) => unit.cases.byId(id)))?.card).toBeNull();
    });

    it('of one chat come newest first and never from another', async () => {
      const open = (address: string) => {
        bench.clock.now += 1;
        return register.work((unit) => openCase(unit, address));
      };
      const [first, second] = [await open('1'), await open('1')];
      await open('2');
      const own = await register.work(async (unit) =>
        unit.cases.ofChat((await unit.chats.open('telegram', '1')).id),
      );
      expect(own.map((one) => one.id)).toEqual([second.id, first.id]);
    });

    it('queue by urgency, then by how long the desk has been silent; a new word from the family moves nobody back', async () => {
      const names: Record<string, string> = {};
      const at = async (minute: number, name: string, over: Parameters<typeof openCase>[2] = {}) => {
        bench.clock.now = minute * 60_000;
        const one = await register.work((unit) => openCase(unit, name, over));
        names[one.id] = name;
        return one;
      };
      await at(0, 'closed', { status: 'closed' });
      await at(1, 'mine', { owner: ASHA });
      const answered = await at(5, 'answered');
      const again = await at(10, 'wrote again');
      await at(20, 'later');
      await at(30, 'elsewhere', { desk: 'moscow' });
      bench.clock.now = 50 * 60_000;
      await register.work((unit) => replied(unit, answered, 'We have written to Moscow.'));
      await at(90, 'urgent', { priority: 'P0' });
      bench.clock.now = 99 * 60_000;
      await register.work((unit) => wrote(unit, again, 'Any news?'));
      const queue = (filter: { owner?: string | null; limit: number }, desks = ['desk']) =>
        register.work(async (unit) => ({
          names: (await unit.cases.queue({ ...filter, desks })).map((one) => names[one.id]),
          count: await unit.cases.count({ ...filter, desks }),
        }));
      expect(await queue({ limit: 9 })).toEqual({
        names: ['urgent', 'mine', 'wrote again', 'later', 'answered'],
        count: 5,
      });
      expect(await queue({ owner: null, limit: 2 })).toEqual({ names: ['urgent', 'wrote again'], count: 4 });
      expect(await queue({ owner: 'U1', limit: 9 })).toEqual({ names: ['mine'], count: 1 });
      expect(await queue({ limit: 9 }, ['desk', 'moscow'])).toMatchObject({ count: 6 });
      expect(await queue({ limit: 9 }, ['moscow'])).toEqual({ names: ['elsewhere'], count: 1 });
      expect(await queue({ limit: 9 }, [])).toEqual({ names: [], count: 0 });
      expect(await queue({ owner: null, limit: 9 }, [])).toEqual({ names: [], count: 0 });
    });
  });

  describe('form fields', () => {
    it('keep every version and show the newest; an empty one withdraws', async () => {
      await register.work(async (unit) => {
        const one = await openCase(unit);
        expect(await unit.fields.read(one.id)).toEqual({});
        await told(unit, one, { reporter_name: 'Ravi', reporter_phone: '+911' });
        await told(unit, one, { reporter_phone: '+912' }, { staff: ASHA });
        expect(await unit.fields.read(one.id)).toEqual({ reporter_name: 'Ravi', reporter_phone: '+912' });
        await told(unit, one, { reporter_phone: '' });
        expect(await unit.fields.read(one.id)).toEqual({ reporter_name: 'Ravi' });
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
        const first = await wrote(unit, one, 'naïve 🙏🏽 text', { attachment, platformId: '71' });
        await wrote(unit, two, 'other', { platformId: '71' });
        const second = await replied(unit, one, 'answer');
        const third = (
          await unit.record({ by: { staff: DEV }, case: one.id, kind: 'noted', text: 'called the consul' })
        ).message;
        expect([first.number, second.number, third.number]).toEqual([1, 2, 3]);
        expect([first, second, third]).toMatchObject([
          { from: 'family', author: null, attachment, delivery: null },
          { from: 'desk', author: ASHA, delivery: 'waiting' },
          { from: 'note', author: DEV, text: 'called the consul', delivery: null },
        ]);
        expect(await unit.messages.byId(first.id)).toEqual(first);
        expect(await unit.messages.byId('none')).toBeNull();
        expect(await unit.messages.ofCase(one.id, 10)).toEqual([first, second, third]);
        expect(await unit.messages.ofCase(one.id, 2)).toEqual([second, third]);
        expect(await unit.messages.byPlatformId(one.chatId, '71')).toEqual(first);
        expect(await unit.messages.byPlatformId(one.chatId, '72')).toBeNull();
        expect(await unit.messages.count(one.id)).toEqual({
          family: 1,
          desk: 1,
          last: { number: 2, delivery: 'waiting' },
        });
        const fate = (to: 'failed' | 'delivered', why: string | null) =>
          unit.record({ by: 'helpline', case: one.id, kind: 'delivery', messageId: second.id, to, why });
        await fate('failed', 'blocked');
        expect(await unit.messages.byId(second.id)).toEqual({
          ...second,
          delivery: 'failed',
          failure: 'blocked',
        });
        await fate('delivered', null);
        expect(await unit.messages.byId(second.id)).toEqual({
          ...second,
          delivery: 'delivered',
          failure: null,
        });
        expect(await unit.messages.count((await openCase(unit, '3')).id)).toEqual({
          family: 0,
          desk: 0,
          last: null,
        });
      });
    });
    it('by the platform’s id, the newest wording is found', async () => {
      await register.work(async (unit) => {
        const one = await openCase(unit);
        const first = await wrote(unit, one, 'a', { platformId: '5' });
        const edit = await wrote(unit, one, 'b', { platformId: '5', edits: first.id });
        expect(await unit.messages.byPlatformId(one.chatId, '5')).toEqual(edit);
      });
    });
    it('of another case get no fate from this one', async () => {
      await register.work(async (unit) => {
        const [one, two] = [await openCase(unit, '1'), await openCase(unit, '2')];
        const { id } = await replied(unit, two, 'answer');
        await expect(
          unit.record({
            by: 'helpline',
            case: one.id,
            kind: 'delivery',
            messageId: id,
            to: 'failed',
            why: null,
          }),
        ).rejects.toThrow('there is no such message');
        expect((await unit.messages.byId(id))?.delivery).toBe('waiting');
      });
    });
  });

  describe('people and take-ups', () => {
    it('a take-up belongs to the man, whichever case it was made from', async () => {
      const takeUp = {
        door: 'embassy_moscow' as const,
        counterpart: 'Ministry of Defence',
        date: '2026-11-20',
        reference: 'NV/12',
      };
      await register.work(async (unit) => {
        const one = await openCase(unit);
        await unit.record({ by: { staff: ASHA }, case: one.id, kind: 'taken-up', second: DEV, takeUp });
        expect(await unit.takeUps.ofPerson(one.personId)).toMatchObject([
          {
            ...takeUp,
            personId: one.personId,
            caseId: one.id,
            officer: ASHA,
            secondOfficer: DEV,
            at: unit.now,
          },
        ]);
        expect(await unit.takeUps.ofPerson('none')).toEqual([]);
        await unit.record({ by: { staff: ASHA }, case: one.id, kind: 'outcome', to: 'located' });
      });
      expect(await bench.sql("select outcome from people where outcome = 'located'")).toHaveLength(1);
      expect(await bench.verify()).toEqual({ events: 3, cases: 1, faults: [] });
    });
  });

  describe('a move that waits for a second officer', () => {
    const content = {
      officer: ASHA,
      note: 'He is at the embassy.',
      tell: false,
      voice: null,
      takeUp: null,
      reason: null,
    };
    const asked = (caseId: string) =>
      register.work(
        async (unit) =>
          (
            await unit.record({
              by: { staff: ASHA },
              case: caseId,
              kind: 'second',
              what: 'asked',
              to: 'death_confirmed',
              beyondConsent: false,
              content,
            })
          ).one,
      );
    it('keeps what it says, sealed, until it is answered', async () => {
      const { id } = await register.work((unit) => openCase(unit));
      const waiting = await asked(id);
      expect(waiting.request).toMatchObject({ to: 'death_confirmed', by: 'U1', at: bench.clock.now });
      expect(await register.work((unit) => unit.cases.request(id))).toEqual(content);
      expect(JSON.stringify(await bench.sql('select * from cases, events'))).not.toContain('embassy');
      expect(await bench.sql("select due_at from timers where kind = 'second'")).toHaveLength(1);
      await expect(asked(id)).rejects.toThrow('second-waits');
      const answer = (by: typeof ASHA, what: 'confirmed' | 'refused') =>
        register.work((unit) => unit.record({ by: { staff: by }, case: id, kind: 'second', what }));
      await expect(answer(ASHA, 'confirmed')).rejects.toThrow('same-officer');
      expect((await answer(DEV, 'refused')).one.request).toBeNull();
      expect(await register.work((unit) => unit.cases.request(id))).toBeNull();
      expect(await bench.sql("select due_at from timers where kind = 'second'")).toEqual([]);
      await expect(answer(DEV, 'refused')).rejects.toThrow('no-request');
    });
  });

  describe('timers', () => {
    const fired: string[] = [];
    const fireNext = async (): Promise<boolean> => {
      const { fired: now } = await register.timers.fireDue((_, timer) => {
        fired.push(timer.kind);
        return Promise.resolve();
      }, 1);
      return now.length > 0;
    };
    beforeEach(() => void fired.splice(0));

    it('follow from what happens to a case, move with it, and end with it', async () => {
      const one = await register.work((unit) => openCase(unit, '1', { priority: 'P0', due: 9e12 }));
      const kinds = async () =>
        (await bench.sql('select kind from timers order by kind')).map((row) => row['kind']);
      expect(await kinds()).toEqual(['form', 'promise', 'untaken']);
      await register.work((unit) => unit.record({ by: { staff: ASHA }, case: one.id, kind: 'taken' }));
      expect(await kinds()).toEqual(['form', 'promise']);
      await register.work((unit) => replied(unit, one, 'Soon.', { due: 8e12 }));
      expect(
        Number((await bench.sql("select due_at from timers where kind = 'promise'"))[0]?.['due_at']),
      ).toBe(8e12);
      await register.work((unit) => move(unit, one, 'closed'));
      expect(await kinds()).toEqual([]);
    });

    it('fire once each, those that are due longest first, and none before its time', async () => {
      const now = bench.clock.now;
      await register.work(async (unit) => {
        await unit.timers.set('form', 'a', now + 10);
        await unit.timers.set('promise', 'a', now + 5);
        await unit.timers.set('unconsented', 'b', now + 99);
        await unit.timers.set('second', 'a', now + 1);
        await unit.timers.clear('second', 'a');
      });
      expect(await fireNext()).toBe(false);
      bench.clock.now = now + 10;
      expect([await fireNext(), await fireNext(), await fireNext()]).toEqual([true, true, false]);
      expect(fired).toEqual(['promise', 'form']);
      expect(await register.load()).toMatchObject({ oldestTimer: now + 99 });
    });

    it('that fail are kept, wait ever longer, and hold up no other', async () => {
      const now = bench.clock.now;
      await register.work(async (unit) => {
        await unit.timers.set('form', 'bad', now - 2);
        await unit.timers.set('form', 'good', now - 1);
      });
      const fire = async () => {
        const { fired: done, failed } = await register.timers.fireDue(async (unit, { subject }) => {
          await unit.chats.open('telegram', subject);
          if (subject === 'bad') throw new Error('no');
        }, 1);
        return { done: done.map(({ subject }) => subject), failed: failed.map(({ timer }) => timer.subject) };
      };
      const nothing = { done: [], failed: [] };
      expect(await fire()).toEqual({ done: [], failed: ['bad'] });
      expect([await fire(), await fire()]).toEqual([{ done: ['good'], failed: [] }, nothing]);
      expect(await bench.sql('select id from chats')).toHaveLength(1);
      bench.clock.now = now + 60_000;
      expect(await fire()).toEqual({ done: [], failed: ['bad'] });
      bench.clock.now += 60_000;
      expect(await fire()).toEqual(nothing);
      bench.clock.now += 60_000;
      expect(await fire()).toEqual({ done: [], failed: ['bad'] });
    });

    it('fire once when two look at the same time', async () => {
      await register.work(async (unit) => {
        for (let i = 0; i < 20; i++) await unit.timers.set('form', `${i}`, 1);
      });
      const other = await bench.open();
      const subjects: string[] = [];
      const drain = async (mine: Register) => {
        let last = 1;
        while (last > 0) {
          const { fired: done } = await mine.timers.fireDue(() => Promise.resolve(), 3);
          subjects.push(...done.map(({ subject }) => subject));
          last = done.length;
        }
      };
      await Promise.all([drain(register), drain(other), drain(register)]);
      expect(subjects.toSorted()).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`).toSorted());
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
        oldestTimer: null,
        overdue: 0,
      });
      const began = bench.clock.now;
      const put = (key: string) =>
        register.inbox.put([{ source: { name: 'telegram', key }, lane: key, body: '{}' }]);
      await put('1');
      await put('2');
      await register.inbox.bury({ name: 'telegram', key: '1' }, 'malformed');
      await register.work(async (unit) => {
        const one = await openCase(unit, '1', { formDone: true, due: began + 500 });
        await unit.record({ by: 'helpline', case: one.id, kind: 'promise', what: 'missed', due: began });
        await unit.send({ kind: 'card-line', caseId: one.id, line: { what: 'urgent' } });
      });
      await register.work((unit) => unit.timers.set('form', 'a', began + 7));
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
        oldestTimer: began + 7,
        overdue: 1,
      });
    });
  });
}
