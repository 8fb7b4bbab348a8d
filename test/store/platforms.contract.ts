import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Platforms } from '../../src/core/register/platforms.ts';
import { paragraph } from '../../src/core/words/rich-text.ts';
import { readPlatforms, type PlatformsClaim } from '../../src/store/platforms.ts';
import { openCase, type RegisterBench } from '../support/register-bench.ts';

const DEMO: Platforms = { demo: true, bot: '1000000001', channel: 'C0TRIAGE' };
const BOT: Platforms = { demo: false, bot: '4242424242', channel: 'C0DESK0001' };
const claim = (mine: Platforms, over: Partial<PlatformsClaim> = {}): { platforms: PlatformsClaim } => ({
  platforms: { mine, withTokens: !mine.demo, demoWasHere: false, ...over },
});

/** Whose data it is, and who may not touch it. */
export function platformsContract(makeBench: () => Promise<RegisterBench>): void {
  let bench: RegisterBench;
  beforeEach(async () => {
    bench = await makeBench();
  });
  afterEach(() => bench.clean());

  /** A family has written, an answer waits, and the card hangs in `channel`. */
  const used = async (by: Platforms | null, channel = BOT.channel): Promise<void> => {
    const register = await bench.open(by ? claim(by, { withTokens: true }) : {});
    await register.work(async (unit) => {
      const one = await openCase(unit);
      await unit.cases.recordCard(one.id, { channel, ts: '1.1' });
      await unit.send({
        kind: 'message',
        chatId: one.chatId,
        caseId: one.id,
        messageId: null,
        message: { text: paragraph('the Embassy has found him'), buttons: [], language: 'en' },
        whenUnknown: 'repeat',
      });
    });
    await register.close();
  };
  /** As a release before the question was asked left it. */
  const madeOld = async (): Promise<void> => {
    await bench.sql('drop table settings');
    await bench.sql("delete from kysely_migration where name = '2026-12-01-whose-data'");
  };
  const waits = async (): Promise<number> => {
    const register = await bench.open();
    const { outbox } = await register.load();
    await register.close();
    return outbox;
  };

  describe('data that a real helpline has used', () => {
    beforeEach(() => used(BOT));

    it('is refused without tokens, in a sentence that names the bot and what to do; nothing has left the outbox', async () => {
      await expect(bench.open(claim(DEMO))).rejects.toThrow(
        /real helpline \(bot 4242424242, channel C0DESK0001\).*tokens again.*DATA_DIR=\.\/data-demo/,
      );
      expect(await waits()).toBe(2);
    });

    it('is refused to the demo although the sandbox has been here before', async () => {
      await expect(bench.open(claim(DEMO, { demoWasHere: true }))).rejects.toThrow('real helpline');
    });

    it.each([
      ['another bot', { ...BOT, bot: '777' }],
      ['another channel', { ...BOT, channel: 'C0OTHER001' }],
    ])('is refused to %s', async (_, other) => {
      await expect(bench.open(claim(other))).rejects.toThrow(/belongs to bot 4242424242.*platforms --move/);
    });

    it('opens for its own bot', async () => {
      await bench.open(claim(BOT));
      expect(await bench.looking(readPlatforms)).toEqual(BOT);
    });

    it('opens for commands, which deliver nothing, and stays what it is', async () => {
      await bench.open();
      expect(await bench.looking(readPlatforms)).toEqual(BOT);
    });
  });

  it('the demo’s data is refused to real tokens, and opens for the sandbox with and without its tokens', async () => {
    await used(DEMO, DEMO.channel);
    await expect(bench.open(claim(BOT))).rejects.toThrow(/belongs to the demo.*DATA_DIR=\.\/data-real/);
    await bench.open(claim(DEMO));
    await bench.open(claim(DEMO, { withTokens: true }));
  });

  it('moved on purpose it is the other’s; the old bot’s updates no longer hide the new one’s', async () => {
    const register = await bench.open(claim(BOT));
    const source = { name: 'telegram', key: '1' } as const;
    await register.inbox.put([{ source, lane: 'a', body: 'x' }], { source: 'telegram', position: 9 });
    await register.work((unit) => unit.inbox.finish(source));
    await register.moveTo({ ...BOT, channel: 'C0OTHER001' });
    expect(await bench.sql('select * from cursors')).toHaveLength(1);
    await register.moveTo({ ...BOT, bot: '777' });
    expect(await bench.sql('select * from cursors')).toEqual([]);
    await register.inbox.put([{ source, lane: 'a', body: 'from the new bot' }]);
    expect((await register.load()).inbox).toBe(1);
    await register.close();
    await bench.open(claim({ ...BOT, bot: '777' }));
    await expect(bench.open(claim(BOT))).rejects.toThrow('belongs to bot 777');
  });

  describe('data of a release that did not ask yet', () => {
    it('becomes what first opens it with tokens', async () => {
      await used(null);
      await madeOld();
      await bench.open(claim(BOT));
      await expect(bench.open(claim(DEMO))).rejects.toThrow('real helpline');
    });

    it('is refused without tokens when families have written, and is not migrated then', async () => {
      await used(null);
      await madeOld();
      await expect(bench.open(claim(DEMO))).rejects.toThrow(
        bench.engine === 'postgres' ? 'DATABASE_URL is set' : 'may belong to a real helpline',
      );
      await expect(bench.sql('select * from settings')).rejects.toThrow(/settings/);
    });

    it('is refused without tokens when a card hangs in a real channel, even where the sandbox has been tried', async () => {
      await used(null);
      await madeOld();
      await expect(bench.open(claim(DEMO, { demoWasHere: true }))).rejects.toThrow(
        /may belong to a real helpline|DATABASE_URL is set/,
      );
    });
  });

  it('nothing is remembered by a command, and new data becomes what is started first', async () => {
    await bench.open();
    expect(await bench.looking(readPlatforms)).toBeNull();
    await bench.open(claim(BOT));
    await bench.open();
    expect(await bench.looking(readPlatforms)).toEqual(BOT);
  });
}

/** What is said of the SQLite file only: on Postgres the demo takes nothing that it has not been given. */
export function demoOnSqliteContract(makeBench: () => RegisterBench): void {
  let bench: RegisterBench;
  beforeEach(() => {
    bench = makeBench();
  });
  afterEach(() => bench.clean());

  it('without tokens new data becomes the demo’s', async () => {
    await bench.open(claim(DEMO));
    expect(await bench.looking(readPlatforms)).toEqual(DEMO);
  });

  it('older data whose cards hang in the sandbox, beside the sandbox’s own state, becomes the demo’s', async () => {
    const register = await bench.open();
    await register.work(async (unit) => {
      const { id } = await openCase(unit);
      await unit.cases.recordCard(id, { channel: DEMO.channel, ts: '1.1' });
    });
    await expect(bench.open(claim(DEMO))).rejects.toThrow('may belong to a real helpline');
    await bench.open(claim(DEMO, { demoWasHere: true }));
    expect(await bench.looking(readPlatforms)).toEqual(DEMO);
  });
}
