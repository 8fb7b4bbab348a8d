import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Errand } from '../../../src/core/register/outbox.ts';
import type { CaseRecord } from '../../../src/core/case/case-record.ts';
import { paragraph } from '../../../src/core/words/rich-text.ts';
import { agreed, helplineBench, MEERA, type HelplineBench } from '../../support/helpline-bench.ts';

const FAMILY = '501';
const LEASE_MS = 30_000;
let bench: HelplineBench;
let one: CaseRecord;
beforeEach(async () => {
  bench = await helplineBench();
  one = await agreed(bench, FAMILY);
});
afterEach(() => bench.clean());

const errand = (over: Partial<Extract<Errand, { kind: 'message' }>> = {}): Errand => ({
  kind: 'message',
  chatId: one.chatId,
  caseId: one.id,
  messageId: null,
  message: { text: paragraph('planted words'), buttons: [], language: 'en' },
  whenUnknown: 'repeat',
  ...over,
});
const send = (what: Errand): Promise<void> => bench.register.work((unit) => unit.send(what));
const planted = () =>
  bench.sends().filter(({ message }) => JSON.stringify(message).includes('planted words'));
const reply = async (text = 'planted words'): Promise<void> => {
  const drafted = await bench.desk.draftReply(MEERA, one.id, text, 'en');
  if (!drafted.done) throw new Error(drafted.why);
  await bench.desk.sendReply(MEERA, drafted.draft);
};
const later = async (ms: number): Promise<void> => {
  bench.clock.now += ms;
  await bench.drained();
};

describe('where a message goes', () => {
  it('is the stored address of the case’s own chat', async () => {
    await send(errand());
    await bench.drained();
    expect(planted().map(({ address }) => address)).toEqual([FAMILY]);
  });

  it('a message for another chat than its case’s is never sent', async () => {
    await agreed(bench, '502');
    const other = await bench.theCase('502');
    await send(errand({ chatId: other.chatId }));
    await send(errand({ chatId: 'no-such-chat' }));
    await bench.drained();
    expect(planted()).toEqual([]);
    expect((await bench.register.load()).parked).toBe(2);
    expect(bench.lines(one.reference)).toEqual([]);
  });

  it('is not what a button or a text names', async () => {
    await agreed(bench, '502');
    const heardBefore = bench.heard('502').length;
    const other = await bench.theCase('502');
    for (const id of [other.id, other.chatId, other.reference, '502'])
      for (const press of [
        `f:reporter_role:${id}`,
        `i:${id}`,
        `m:${id}`,
        `x:${id}`,
        `o:${id}`,
        `n:${id}`,
        id,
      ])
        for (const presser of [FAMILY, 'without-a-case']) {
          const before = bench.heard(presser).length;
          await bench.presses(presser, press);
          expect(bench.heard(presser).length).toBeGreaterThan(before);
        }
    await bench.says(FAMILY, `send it to ${other.chatId}, case ${other.reference}`);
    expect(bench.heard('502')).toHaveLength(heardBefore);
    expect(await bench.fields(other.id)).not.toHaveProperty('reporter_role');
    expect(await bench.messages(other.id)).toHaveLength(1);
  });

  it('a chat of a channel that is not running waits', async () => {
    await bench.says('D1', 'My brother is missing in Russia', {
      channel: 'slack',
      staff: { id: 'UMEERA', name: 'Meera', mayOpen: true },
    });
    expect(bench.sends().at(-1)).toMatchObject({ channel: 'slack', address: 'D1' });
  });
});

describe('what came of it', () => {
  it('"wait" is tried again when its time has come, in order with what follows', async () => {
    bench.weather.push({ outcome: 'wait', ms: 7_000, why: 'rate' });
    await send(errand());
    await send(errand({ message: { text: paragraph('and then'), buttons: [], language: 'en' } }));
    await bench.drained();
    await later(6_999);
    expect(planted()).toEqual([]);
    await later(1);
    expect(
      bench
        .heard(FAMILY)
        .slice(-2)
        .map(({ text }) => text),
    ).toEqual(['planted words', 'and then']);
  });

  it('"unknown" is repeated where repeating is allowed', async () => {
    bench.weather.push({ outcome: 'unknown', why: 'cut' });
    await send(errand());
    await bench.drained();
    await later(60_000);
    expect(planted()).toHaveLength(1);
  });

  it('an answer of the desk that may have arrived is not sent again: the desk is asked', async () => {
    bench.weather.push({ outcome: 'unknown', why: 'cut' });
    await reply();
    await bench.drained();
    await later(600_000);
    expect(planted()).toEqual([]);
    expect((await bench.messages(one.id)).at(-1)).toMatchObject({ delivery: 'unknown', failure: 'cut' });
    expect(bench.lines(one.reference)).toContain('unsure');
    expect(bench.card(one.reference)?.card.lastAnswer).toEqual({ number: 2, delivery: 'unknown' });
  });

  it('an answer of the desk that a crash left in the air is not sent again', async () => {
    await reply();
    expect(await bench.register.outbox.claim(4, LEASE_MS)).not.toEqual([]);
    await later(LEASE_MS);
    expect(planted()).toEqual([]);
    expect((await bench.messages(one.id)).at(-1)).toMatchObject({
      delivery: 'unknown',
      failure: 'interrupted',
    });
  });

  it('a family that has blocked us is marked, and the desk is told that its answer did not arrive', async () => {
    bench.weather.push({ outcome: 'never', why: 'blocked' });
    await reply();
    await bench.drained();
    const chat = await bench.register.work((unit) => unit.chats.byId(one.chatId));
    expect(chat?.blockedAt).toBe(bench.clock.now);
    expect((await bench.messages(one.id)).at(-1)).toMatchObject({ delivery: 'failed', failure: 'blocked' });
    expect(bench.lines(one.reference)).toEqual(['reply', 'not-delivered']);
    expect(bench.card(one.reference)?.card.blocked).toBe(true);
    await send(errand());
    await bench.drained();
    expect(planted()).toEqual([]);
  });

  it('a sentence of the bot’s own that meets a block tells the desk too; one that is refused does not say so', async () => {
    bench.weather.push({ outcome: 'never', why: 'refused' });
    await send(errand());
    await bench.drained();
    expect(bench.lines(one.reference)).toEqual([]);
    bench.weather.push({ outcome: 'never', why: 'blocked' });
    await send(errand());
    await bench.drained();
    expect(bench.lines(one.reference)).toEqual(['family-blocked']);
  });

  it('a channel that throws costs nothing: the errand is tried again', async () => {
    bench.weather.push('throws');
    await send(errand());
    await bench.drained();
    await later(60_000);
    expect(planted()).toHaveLength(1);
    expect(JSON.stringify(bench.log.lines)).not.toContain('the outside world broke');
  });

  it('one chat that waits holds up no other', async () => {
    await agreed(bench, '502');
    const other = await bench.theCase('502');
    bench.weather.push({ outcome: 'wait', ms: 600_000, why: 'rate' });
    await send(errand());
    await send(errand({ chatId: other.chatId, caseId: other.id }));
    await bench.drained();
    expect(planted().map(({ address }) => address)).toEqual(['502']);
  });
});

describe('the card', () => {
  it('shows the case as it is when it is shown, however many changes came before', async () => {
    const showings = bench.mayBeThere.length;
    for (let i = 0; i < 10; i++) await bench.desk.setPriority(MEERA, one.id, i % 2 ? 'P1' : 'P2', `p${i}`);
    await bench.desk.setStatus(
      MEERA,
      {
        caseId: one.id,
        version: (await bench.theCase(FAMILY)).version,
        to: 'need_info',
        note: 'his passport is missing',
        tell: false,
        takeUp: null,
        voice: null,
        reason: null,
      },
      'last',
    );
    await bench.drained();
    expect(bench.card(one.reference)?.card).toMatchObject({ priority: 'P1', status: 'need_info' });
    expect(bench.card(one.reference)?.card.version).toBe((await bench.theCase(FAMILY)).version);
    expect(bench.cards).toHaveLength(1);
    expect(bench.mayBeThere.length).toBeGreaterThan(showings);
  });

  it('after a crash is looked for before it is posted, and an ordinary one is not', async () => {
    expect(bench.mayBeThere).not.toContain(true);
    await send({ kind: 'card', caseId: one.id });
    await bench.register.outbox.claim(4, LEASE_MS);
    await later(LEASE_MS);
    expect(bench.mayBeThere.at(-1)).toBe(true);
    expect(bench.cards).toHaveLength(1);
  });

  it('that nobody knows about is looked for before it is posted again', async () => {
    bench.deskWeather.push({ outcome: 'unknown', why: 'cut' });
    await send({ kind: 'card', caseId: one.id });
    await bench.drained();
    await later(60_000);
    expect(bench.mayBeThere.slice(-2)).toEqual([false, true]);
  });

  it('comes before its lines, whatever the weather', async () => {
    // The notice is answered to the family first; then the card meets rain twice.
    await bench.says('502', 'My brother is missing in Russia');
    await bench.presses('502', 'd:no');
    await bench.says('502', 'hello');
    const rain = { outcome: 'wait' as const, ms: 1_000, why: 'rain' };
    bench.deskWeather.push(rain, rain, rain);
    await bench.says('502', 'They are taking me to the front now');
    const [other] = await bench.cases('502');
    expect(bench.card(other?.reference ?? '')).toBeUndefined();
    await later(1_000);
    await later(1_000);
    await later(2_000);
    expect(bench.lines(other?.reference ?? '')).toEqual(['urgent']);
  });

  it('that was refused does not keep its lines, nor later cards, waiting for ever', async () => {
    const refused = { outcome: 'never' as const, why: 'refused' as const };
    await bench.register.work((unit) => unit.cases.recordCard(one.id, null));
    bench.deskWeather.push(refused);
    await bench.register.work(async (unit) => {
      await unit.send({ kind: 'card', caseId: one.id });
      await unit.send({ kind: 'card-line', caseId: one.id, line: { what: 'urgent' } });
    });
    await bench.drained();
    await later(60_000);
    expect(bench.lines(one.reference)).toEqual(['urgent']);
    expect((await bench.register.load()).outbox).toBe(0);
  });

  it('of a case that is gone is set aside', async () => {
    const dead: Errand = { kind: 'card', caseId: one.id };
    await send(dead);
    await bench.sql(`delete from data_keys where case_id = '${one.id}'`);
    await bench.drained();
    expect((await bench.register.load()).outbox).toBe(0);
  });
});
