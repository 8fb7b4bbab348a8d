import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Source } from '../../src/core/words/messages.ts';
import type { Errand } from '../../src/core/register/outbox.ts';
import type { Register } from '../../src/core/register/register.ts';
import { paragraph } from '../../src/core/words/rich-text.ts';
import { listBuried } from '../../src/store/inbox.ts';
import { openCase, wrote, type RegisterBench } from '../support/register-bench.ts';

const LEASE = 30_000;
const telegram = (key: string | number): Source => ({ name: 'telegram', key: String(key) });

const said = (chatId: string, text: string, caseId: string | null = null): Errand => ({
  kind: 'message',
  chatId,
  caseId,
  messageId: null,
  message: { text: paragraph(text), buttons: [], language: 'en' },
  whenUnknown: 'repeat',
});

/** Takes and finishes until there is nothing more. */
async function worker(mine: Register, handled: string[]): Promise<void> {
  for (let idle = 0; idle < 3;) {
    const entries = await mine.inbox.claim(3, LEASE);
    if (entries.length === 0) {
      idle++;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    for (const { source } of entries) {
      const first = await mine.work((unit) => unit.inbox.finish(source));
      handled.push(first ? source.key : `twice ${source.key}`);
    }
  }
}

/** What every inbox and outbox must do. */
export function queuesContract(makeBench: () => Promise<RegisterBench>): void {
  let bench: RegisterBench;
  let register: Register;
  beforeEach(async () => {
    bench = await makeBench();
    register = await bench.open();
  });
  afterEach(() => bench.clean());

  /** `a1` is the first message of chat `a`. */
  const put = (...names: string[]) =>
    register.inbox.put(
      names.map((name) => ({ source: telegram(name), lane: `chat ${name[0]}`, body: `said ${name}` })),
    );
  const claim = async (limit = 10) =>
    (await register.inbox.claim(limit, LEASE)).map((entry) => entry.source.key);
  const finish = (key: string) => register.work((unit) => unit.inbox.finish(telegram(key)));

  const cursor = async () =>
    (await bench.sql('select position from cursors')).map((row) => Number(row['position']));
  const errands = (limit = 10) => register.outbox.claim(limit, LEASE);
  const oneErrand = async () => {
    const [entry] = await errands();
    return { id: entry?.id ?? 0, attempts: entry?.attempts, maybeSent: entry?.maybeSent };
  };
  const sent = (id: number) => register.work((unit) => unit.settle(id, 'sent'));

  describe('the inbox', () => {
    it('gives back what came, and counts the tries', async () => {
      await put('a1');
      const [entry] = await register.inbox.claim(1, LEASE);
      expect(entry).toEqual({
        source: telegram('a1'),
        lane: 'chat a',
        body: 'said a1',
        attempts: 1,
        receivedAt: bench.clock.now,
      });
      bench.clock.now += LEASE;
      expect((await register.inbox.claim(1, LEASE))[0]?.attempts).toBe(2);
    });

    it('keeps a second delivery out, before and after the first was dealt with', async () => {
      await put('a1', 'a1');
      await put('a1', 'a2');
      expect((await register.load()).inbox).toBe(2);
      await claim();
      await finish('a1');
      await put('a1');
      expect(await claim()).toEqual(['a2']);
      expect((await register.load()).inbox).toBe(1);
    });

    it('moves the reading position in the same commit, also backwards', async () => {
      expect(await cursor()).toEqual([]);
      await register.inbox.put([{ source: telegram(1), lane: 'a', body: 'x' }], {
        source: 'telegram',
        position: 9_007_199_254_740_991,
      });
      expect(await cursor()).toEqual([9_007_199_254_740_991]);
      await register.inbox.put([], { source: 'telegram', position: 5 });
      expect(await cursor()).toEqual([5]);
    });

    it('gives one entry of a lane at a time, in order', async () => {
      await put('a1', 'b1', 'a2', 'a3');
      expect(await claim()).toEqual(['a1', 'b1']);
      expect(await claim()).toEqual([]);
      await finish('a1');
      expect(await claim()).toEqual(['a2']);
      await finish('b1');
      expect(await claim()).toEqual([]);
    });

    it('gives an entry again when its lease has run out, and the rest of its lane only after it', async () => {
      await put('a1', 'a2');
      expect(await claim()).toEqual(['a1']);
      bench.clock.now += LEASE - 1;
      expect(await claim()).toEqual([]);
      bench.clock.now += 1;
      expect(await claim()).toEqual(['a1']);
    });

    it('a retry waits for its time and holds up its lane, nobody else', async () => {
      await put('a1', 'a2', 'b1');
      await claim(1);
      await register.inbox.retry(telegram('a1'), bench.clock.now + 100);
      expect(await claim()).toEqual(['b1']);
      bench.clock.now += 100;
      expect(await claim()).toEqual(['a1']);
    });

    it('a retry that could not be tried at all does not count', async () => {
      await put('a1');
      await claim();
      await register.inbox.retry(telegram('a1'), 0, 'uncounted');
      expect((await register.inbox.claim(1, LEASE)).map(({ attempts }) => attempts)).toEqual([1]);
      await register.inbox.retry(telegram('a1'), 0);
      expect((await register.inbox.claim(1, LEASE)).map(({ attempts }) => attempts)).toEqual([2]);
    });

    it('a buried entry is kept, body and all, and its lane goes on', async () => {
      await put('a1', 'a2');
      await claim();
      await register.inbox.bury(telegram('a1'), 'malformed');
      expect(await claim()).toEqual(['a2']);
      expect(await register.load()).toMatchObject({ inbox: 1, buried: 1 });
      const [row] = await bench.sql("select reason, body from inbox where state = 'buried'");
      expect(row).toMatchObject({ reason: 'malformed', body: expect.stringMatching(/^v1\.k1\./) });
      expect(await finish('a1')).toBe(false);
      bench.clock.now += 400 * 24 * 3600_000;
      await register.sweep();
      expect((await register.load()).buried).toBe(1);
    });

    it('what was buried can be listed without its words, and dug up to be tried anew', async () => {
      await put('a1', 'b1');
      await claim();
      await register.inbox.bury(telegram('a1'), 'malformed');
      expect(await bench.looking(listBuried)).toEqual([
        { source: telegram('a1'), reason: 'malformed', receivedAt: bench.clock.now },
      ]);
      expect(await register.inbox.digUp()).toBe(1);
      expect(await bench.looking(listBuried)).toEqual([]);
      expect(await claim()).toEqual(['a1']);
      expect(await finish('a1')).toBe(true);
      expect(await register.inbox.digUp()).toBe(0);
    });

    it('a retry or a burial that comes too late does nothing', async () => {
      await put('a1', 'a2');
      await claim();
      await finish('a1');
      expect(await claim()).toEqual(['a2']);
      await register.inbox.retry(telegram('a1'), 0);
      await register.inbox.bury(telegram('a1'), 'late');
      expect(await claim()).toEqual([]);
      expect((await register.load()).buried).toBe(0);
    });

    it('finishes an entry once, whoever tries, and empties it', async () => {
      await put('a1');
      await claim();
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => finish('a1')));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await bench.sql('select body, state from inbox')).toMatchObject([{ body: null, state: 'done' }]);
    });

    it('what never was in it is finished once too', async () => {
      expect([await finish('z9'), await finish('z9')]).toEqual([true, false]);
      await put('z9');
      expect(await claim()).toEqual([]);
    });

    it('a finish goes back with its unit, and the entry comes again', async () => {
      await put('a1');
      await claim();
      await register
        .work(async (unit) => {
          await unit.inbox.finish(telegram('a1'));
          throw new Error('no');
        })
        .catch(() => {});
      bench.clock.now += LEASE;
      expect(await claim()).toEqual(['a1']);
      expect(await finish('a1')).toBe(true);
    });

    it('ten thousand messages of one chat delay another chat by one claim at most', async () => {
      const flood = Array.from({ length: 10_000 }, (_, i) => ({
        source: telegram(i),
        lane: 'flood',
        body: 'x',
      }));
      await register.inbox.put(flood);
      await put('b1');
      const order: string[] = [];
      for (let i = 0; i < 8; i++) {
        const [key = ''] = await claim(1);
        order.push(key);
        await finish(key);
        if (key === 'b1') await put('b2');
        if (key === 'b2') await put('c1');
      }
      expect(order).toEqual(expect.arrayContaining(['b1', 'b2', 'c1']));
      expect(order.indexOf('b1')).toBeLessThanOrEqual(1);
      expect(order.indexOf('b2') - order.indexOf('b1')).toBeLessThanOrEqual(2);
      expect(order.indexOf('c1') - order.indexOf('b2')).toBeLessThanOrEqual(2);
      const began = performance.now();
      for (let i = 0; i < 20; i++) await finish((await claim(1))[0] ?? '');
      expect((performance.now() - began) / 20).toBeLessThan(1_000);
    });

    it('a flood of newcomers does not go before somebody who was served before them', async () => {
      await put('b1');
      await finish((await claim(1))[0] ?? '');
      await register.inbox.put(
        Array.from({ length: 500 }, (_, i) => ({ source: telegram(i), lane: `new ${i}`, body: 'x' })),
      );
      await claim(1);
      await put('b2');
      const next = [...(await claim(1)), ...(await claim(1))];
      expect(next).toContain('b2');
    });

    it('claims of many workers are disjoint and leave nothing', async () => {
      await register.inbox.put(
        Array.from({ length: 200 }, (_, i) => ({ source: telegram(i), lane: `chat ${i % 40}`, body: 'x' })),
      );
      const other = await bench.open();
      const handled: string[] = [];
      await Promise.all([register, other, register, other].map((mine) => worker(mine, handled)));
      expect(handled.toSorted()).toEqual(Array.from({ length: 200 }, (_, i) => String(i)).toSorted());
      for (let lane = 0; lane < 40; lane++) {
        const own = handled.map(Number).filter((key) => key % 40 === lane);
        expect(own).toEqual(own.toSorted((a, b) => a - b));
      }
    });

    it('a message put in while its lane is being finished is not forgotten', async () => {
      for (let round = 0; round < 25; round++) {
        await put(`a${round}`);
        const [key = ''] = await claim(1);
        await Promise.all([finish(key), put(`a${round}+`)]);
        expect(await claim(1)).toEqual([`a${round}+`]);
        await finish(`a${round}+`);
      }
    });

    it('tells listeners when something came, and when a lane goes on', async () => {
      let calls = 0;
      register.onWork(() => calls++);
      await put('a1', 'a2');
      await Promise.resolve();
      expect(calls).toBe(1);
      await put('a1');
      await claim();
      await finish('a1');
      await Promise.resolve();
      expect(calls).toBe(2);
    });

    it('forgets done entries after thirty days, and not before', async () => {
      await put('a1');
      await claim();
      await finish('a1');
      bench.clock.now += 30 * 24 * 3600_000 - 1;
      expect(await register.sweep()).toBe(0);
      bench.clock.now += 1;
      expect(await register.sweep()).toBe(1);
      expect(await bench.sql('select * from inbox')).toEqual([]);
      expect(await bench.sql('select * from lanes')).toEqual([]);
    });
  });

  describe('the outbox', () => {
    it('gives back errands as they were, of one stream in order and one at a time', async () => {
      const one = await register.work(async (unit) => {
        const one = await openCase(unit);
        await unit.send(said(one.chatId, 'first', one.id));
        await unit.send(said(one.chatId, 'second'));
        await unit.send({ kind: 'card-line', caseId: one.id, line: { what: 'urgent' } });
        return one;
      });
      const began = bench.clock.now;
      const claimed = await errands();
      expect(claimed).toHaveLength(2);
      const message = claimed.find((entry) => entry.errand.kind === 'message');
      const card = claimed.find((entry) => entry.errand.kind === 'card');
      expect(message).toEqual({
        id: message?.id,
        errand: said(one.chatId, 'first', one.id),
        attempts: 1,
        queuedAt: began,
        maybeSent: false,
      });
      expect(card?.errand).toEqual({ kind: 'card', caseId: one.id });
      expect(await errands()).toEqual([]);
      await sent(message?.id ?? 0);
      expect((await errands()).map((entry) => entry.errand)).toEqual([said(one.chatId, 'second')]);
      await sent(card?.id ?? 0);
      expect((await errands()).map((entry) => entry.errand)).toEqual([
        { kind: 'card-line', caseId: one.id, line: { what: 'urgent' } },
      ]);
    });

    it('says when an earlier try may have arrived: after a crash, and after an unknown end, for good', async () => {
      await register.work(openCase);
      const { id } = await oneErrand();
      await register.outbox.retry(id, 0, false);
      expect(await oneErrand()).toEqual({ id, attempts: 2, maybeSent: false });
      bench.clock.now += LEASE;
      expect(await oneErrand()).toEqual({ id, attempts: 3, maybeSent: true });
      await register.outbox.retry(id, 0, false);
      expect(await oneErrand()).toEqual({ id, attempts: 4, maybeSent: true });
    });

    it('remembers an unknown end', async () => {
      await register.work(openCase);
      const [entry] = await errands();
      await register.outbox.retry(entry?.id ?? 0, bench.clock.now + 10, true);
      expect(await errands()).toEqual([]);
      bench.clock.now += 10;
      expect((await errands())[0]?.maybeSent).toBe(true);
    });

    it('forgets what was sent, keeps what was parked, and goes on after both', async () => {
      await register.work(async (unit) => {
        const { id } = await openCase(unit);
        for (let i = 1; i < 3; i++)
          await unit.send({
            kind: 'card-line',
            caseId: id,
            line: { what: 'family-wrote', number: i, attachment: null },
          });
      });
      const [first] = await errands();
      await sent(first?.id ?? 0);
      const [second] = await errands();
      await register.work((unit) => unit.settle(second?.id ?? 0, 'parked'));
      const [third] = await errands();
      expect(third?.errand).toMatchObject({ line: { number: 2 } });
      expect(await register.load()).toMatchObject({ outbox: 1, parked: 1 });
      await sent(second?.id ?? 0);
      await register.outbox.retry(second?.id ?? 0, 0, false);
      expect(await register.load()).toMatchObject({ outbox: 1, parked: 1 });
      expect(await bench.sql('select id from outbox')).toHaveLength(2);
    });

    it('cards of one case that nobody has begun to show are one', async () => {
      const [one, other] = await register.work(async (unit) => [
        await openCase(unit, '1'),
        await openCase(unit, '2'),
      ]);
      for (const entry of await errands()) await sent(entry.id);
      const card = (caseId: string) => register.work((unit) => unit.send({ kind: 'card', caseId }));
      for (let i = 0; i < 3; i++) await card(one?.id ?? '');
      await card(other?.id ?? '');
      expect((await register.load()).outbox).toBe(2);
      const [shown] = await errands();
      await card(one?.id ?? '');
      await card(one?.id ?? '');
      expect((await register.load()).outbox).toBe(3);
      await sent(shown?.id ?? 0);
      expect((await errands()).map((entry) => entry.errand)).toEqual([{ kind: 'card', caseId: one?.id }]);
    });

    it('a card behind a line stays, and one that goes back with its unit takes none with it', async () => {
      const { id: caseId } = await register.work((unit) => openCase(unit));
      for (const entry of await errands()) await sent(entry.id);
      await register
        .work(async (unit) => {
          await unit.send({ kind: 'card', caseId });
          throw new Error('no');
        })
        .catch(() => {});
      await register.work(async (unit) => {
        await unit.send({ kind: 'card', caseId });
        await unit.send({ kind: 'card-line', caseId, line: { what: 'urgent' } });
        await unit.send({ kind: 'card', caseId });
      });
      expect((await register.load()).outbox).toBe(3);
    });

    it('a card written while an earlier one is being claimed is never swallowed', async () => {
      const opened = await register.work((unit) => openCase(unit));
      const { id: caseId } = opened;
      const other = await bench.open();
      for (let i = 0; i < 3; i++) {
        await register.work((unit) => unit.send({ kind: 'card', caseId }));
        let shown = 0;
        const show = async (mine: Register): Promise<boolean> => {
          const [entry] = await mine.outbox.claim(1, LEASE);
          if (!entry) return false;
          shown = (await mine.work((unit) => unit.cases.byId(caseId)))?.version ?? 0;
          await mine.work((unit) => unit.settle(entry.id, 'sent'));
          return true;
        };
        let claiming: Promise<unknown> = Promise.resolve();
        const changed = await register.work(async (unit) => {
          await unit.send({ kind: 'card', caseId });
          // On SQLite nobody else gets in before the commit.
          if (bench.engine === 'postgres') claiming = show(other);
          await Promise.race([claiming, new Promise((resolve) => setTimeout(resolve, 30))]);
          await wrote(unit, opened, `${i}`);
          return (await unit.cases.byId(caseId))?.version;
        });
        await claiming;
        while (await show(register));
        expect(shown).toBe(changed);
      }
    });

    it('a settle goes back with its unit', async () => {
      await register.work(openCase);
      const [entry] = await errands();
      await register
        .work(async (unit) => {
          await unit.settle(entry?.id ?? 0, 'sent');
          throw new Error('no');
        })
        .catch(() => {});
      bench.clock.now += LEASE;
      expect(await errands()).toHaveLength(1);
    });

    it('a stream that waits holds up nobody else', async () => {
      await register.work(async (unit) => {
        const [one, two] = [await unit.chats.open('telegram', '1'), await unit.chats.open('telegram', '2')];
        for (let i = 0; i < 50; i++) await unit.send(said(one.id, `${i}`));
        await unit.send(said(two.id, 'other'));
      });
      const [first] = await errands(1);
      await register.outbox.retry(first?.id ?? 0, bench.clock.now + 60_000, false);
      expect((await errands()).map((entry) => entry.errand)).toMatchObject([
        { message: { text: paragraph('other') } },
      ]);
    });

    it('claims of many workers are disjoint', async () => {
      await register.work(async (unit) => {
        for (let i = 0; i < 60; i++)
          await unit.send(said((await unit.chats.open('telegram', `${i}`)).id, `${i}`));
      });
      const other = await bench.open();
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, i) => (i % 2 ? other : register).outbox.claim(5, LEASE)),
      );
      const ids = [...claims.flat(), ...(await errands(60))].map((entry) => entry.id);
      expect(new Set(ids).size).toBe(60);
      expect(ids).toHaveLength(60);
    });

    it('an errand whose case has lost its key is parked, and the rest goes on', async () => {
      const [lost, kept] = await register.work(async (unit) => [
        (await openCase(unit, '1')).id,
        (await openCase(unit, '2')).id,
      ]);
      await bench.sql(`delete from data_keys where case_id = '${lost}'`);
      expect((await errands()).map((entry) => entry.errand)).toEqual([{ kind: 'card', caseId: kept }]);
      expect((await register.load()).parked).toBe(1);
      expect(bench.log.events()).toContain('errand-parked');
    });
  });
}
