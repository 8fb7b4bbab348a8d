import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fieldsToAsk } from '../../../src/core/case/intake-form.ts';
import {
  agreed,
  helplineBench,
  KNOWLEDGE,
  routes,
  type HelplineBench,
} from '../../support/helpline-bench.ts';

const FAMILY = '501';
let bench: HelplineBench;
beforeEach(async () => {
  bench = await helplineBench();
});
afterEach(() => bench.clean());

const said = (key: string): string => KNOWLEDGE.speech('en').label(key);

describe('a call for help', () => {
  it('goes from the first word to a sent form', async () => {
    await bench.says(FAMILY, 'My brother is missing in Russia');
    expect(bench.last(FAMILY).buttons).toEqual(['d:yes', 'd:no', 'd:unknown']);
    await bench.presses(FAMILY, 'd:no');
    expect(bench.last(FAMILY).text).toContain('not end-to-end encrypted');
    expect(await bench.cases(FAMILY)).toEqual([]);
    await bench.presses(FAMILY, 'n:agree');
    await bench.presses(FAMILY, 's:embassy');
    const one = await bench.theCase(FAMILY);
    expect(one).toMatchObject({ status: 'received', priority: 'P1', needs: ['missing'], formDone: false });
    await bench.presses(FAMILY, 'f:reporter_role:sibling');
    await bench.says(FAMILY, 'Balwinder Kaur');
    await bench.says(FAMILY, 'Rohit Kumar');
    await bench.presses(FAMILY, 'f:country_now:RU', 'f:last_contact_date:month', 'f:last_contact_how:call');
    await bench.says(FAMILY, 'Belgorod');
    await bench.says(FAMILY, '98123 45678');
    expect(bench.last(FAMILY).buttons.slice(0, 1)).toEqual(['r:send']);
    expect(bench.last(FAMILY).text).not.toMatch(/Balwinder|Rohit|9812345678/);
    await bench.presses(FAMILY, 'r:send');
    expect(bench.last(FAMILY).text).toContain(one.reference);
    expect(await bench.theCase(FAMILY)).toMatchObject({ formDone: true, country: 'RU' });
    expect(await bench.fields(one.id)).toMatchObject({
      danger_now: 'no',
      reporter_role: 'sibling',
      reporter_name: 'Balwinder Kaur',
      person_name: 'Rohit Kumar',
      country_now: 'RU',
      situation: 'missing',
      last_contact_date: '>2026-10-23',
      place_text: 'Belgorod',
      reporter_phone: '+919812345678',
    });
    expect(bench.lines(one.reference)).toContain('form-done');
    expect(bench.cards).toHaveLength(1);
    expect(await bench.step(FAMILY)).toBe('idle');
  });

  it('held words reach the case once the family agrees, in order and with their files', async () => {
    await bench.says(FAMILY, 'My brother is missing in Russia');
    await bench.says(FAMILY, 'he left in March');
    await bench.does(FAMILY, {
      kind: 'attachment',
      attachment: { kind: 'voice', file: 'v1', seconds: 9 },
      caption: '',
    });
    await bench.presses(FAMILY, 'd:unknown', 'n:agree', 's:none');
    const messages = await bench.messages((await bench.theCase(FAMILY)).id);
    expect(messages.map(({ text, attachment }) => attachment?.file ?? text)).toEqual([
      'My brother is missing in Russia',
      'he left in March',
      'v1',
    ]);
  });

  it('keeps more than twenty messages that were written before the notice was answered', async () => {
    await bench.says(FAMILY, 'My brother is missing in Russia');
    for (let i = 0; i < 24; i++) await bench.line.receive(textFrom(i));
    await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
    const messages = await bench.messages((await bench.theCase(FAMILY)).id);
    expect(messages.map(({ text }) => text)).toEqual([
      'My brother is missing in Russia',
      ...Array.from({ length: 24 }, (_, i) => `word ${i}`),
    ]);
  });

  it('what was said of a death is met with the answer and with very few questions', async () => {
    await bench.says(FAMILY, 'They told me he died');
    const heard = bench.heard(FAMILY).map(({ text }) => text);
    expect(heard[0]).toContain('We cannot say here whether it is true');
    expect(heard[1]).toContain('at this very moment');
    await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
    const one = await bench.theCase(FAMILY);
    expect(one).toMatchObject({ priority: 'P1', needs: ['told-dead'] });
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    expect(await bench.step(FAMILY)).toBe('form:reporter_name');
    expect(fieldsToAsk(await bench.fields(one.id)).map(({ id }) => id)).not.toContain('last_contact_date');
  });

  it('somebody who asks for a person is on the way to one at once', async () => {
    await bench.says(FAMILY, 'I want to talk to a person');
    expect(bench.last(FAMILY).text).toContain(said('human-start'));
    expect(bench.last(FAMILY).buttons).toContain('d:yes');
  });

  it('whoever is not understood twice gets a person, and keeps every word', async () => {
    await bench.says(FAMILY, 'zzz');
    expect(bench.last(FAMILY).text).toBe(said('not-understood'));
    await bench.says(FAMILY, 'zzz zzz');
    expect(bench.last(FAMILY).text).toContain(said('human-start'));
    await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
    const messages = await bench.messages((await bench.theCase(FAMILY)).id);
    expect(messages.map(({ text }) => text)).toEqual(['zzz', 'zzz zzz']);
  });

  it('a clarification offers what it may be about, and a way to a person', async () => {
    bench.setRoute((_, hint) => ({
      language: hint?.language ?? 'en',
      decision: 'clarify',
      intent: null,
      confidence: 0.3,
      candidates: [
        { intent: 'dna-sample', p: 0.3 },
        { intent: 'no-such-intent', p: 0.2 },
      ],
      also: [],
      danger: { level: 'none', p: 0 },
    }));
    await bench.says(FAMILY, 'sample');
    expect(bench.last(FAMILY).buttons).toEqual(['i:dna-sample', 'm:human']);
    await bench.presses(FAMILY, 'i:dna-sample');
    expect(bench.last(FAMILY).text).toContain('Why a sample is asked');
    expect(await bench.cases(FAMILY)).toEqual([]);
  });

  it('what was offered is told to the router with the next words', async () => {
    const hints: unknown[] = [];
    bench.setRoute((_, hint) => {
      hints.push(hint?.offered);
      return {
        language: 'en',
        decision: 'clarify',
        intent: null,
        confidence: 0.3,
        candidates: [{ intent: 'dna-sample', p: 0.3 }],
        also: [],
        danger: { level: 'none', p: 0 },
      };
    });
    await bench.says(FAMILY, 'sample');
    await bench.says(FAMILY, 'sample again');
    expect(hints).toEqual([[], ['dna-sample']]);
  });

  it('a question is answered at once, and leaves no case and no words', async () => {
    await bench.says(FAMILY, 'How long does it take?');
    expect(bench.heard(FAMILY)).toHaveLength(1);
    await bench.says(FAMILY, 'hello');
    expect(bench.last(FAMILY).text).toContain('helpline for families');
    expect(await bench.cases(FAMILY)).toEqual([]);
    const [chat] = await bench.sql('select id from chats');
    const kept = await bench.register.work((unit) => unit.conversations.get(String(chat?.['id'])));
    expect(kept?.held).toEqual([]);
  });

  it('all needs of one message are acknowledged, each with a button', async () => {
    const text = 'what about dna and how long will it take';
    bench.setRoute(routes({ [text]: { decision: 'answer', intent: 'dna-sample', also: ['how-long'] } }));
    await bench.says(FAMILY, text);
    const [answer, more] = bench.heard(FAMILY).slice(-2);
    expect(answer?.text).toContain('a sample is asked');
    expect(more?.text).toContain(KNOWLEDGE.title('how-long', 'en'));
    expect(more?.buttons).toEqual(['i:how-long']);
    await bench.presses(FAMILY, 'i:how-long');
    expect(bench.last(FAMILY).text).toContain('no official time limit');
  });

  it('a call for help beside a question starts the intake, with all that was said', async () => {
    const text = 'his passport is taken and there is no news of him';
    bench.setRoute(
      routes({
        [text]: { decision: 'answer', intent: 'passport-lost-seized', also: ['missing-no-contact'] },
      }),
    );
    await bench.says(FAMILY, text);
    const [answer, asked] = bench.heard(FAMILY).slice(-2);
    expect(answer?.text).toContain('Emergency Certificate');
    expect(answer?.buttons).toEqual([]);
    expect(asked?.buttons).toEqual(['d:yes', 'd:no', 'd:unknown']);
    await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
    expect((await bench.theCase(FAMILY)).needs).toEqual(['passport-taken', 'missing']);
  });

  it('a question beside a call for help is answered while the form waits', async () => {
    const text = 'my brother is missing, and how long does it take';
    bench.setRoute(
      routes({ [text]: { decision: 'intake', intent: 'missing-no-contact', also: ['how-long'] } }),
    );
    await bench.says(FAMILY, text);
    await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
    const [, more, asked] = bench.heard(FAMILY).slice(-3);
    expect(more?.buttons).toEqual(['i:how-long']);
    await bench.presses(FAMILY, 'i:how-long');
    const [answer, again] = bench.heard(FAMILY).slice(-2);
    expect(answer?.text).toContain('no official time limit');
    expect(again).toEqual(asked);
    expect(await bench.step(FAMILY)).toBe('form:reporter_role');
  });

  it('all needs of one message open the case with all their situations', async () => {
    bench.setRoute(() => ({
      language: 'en',
      decision: 'intake',
      intent: 'missing-no-contact',
      confidence: 0.9,
      candidates: [],
      also: ['salary-unpaid', 'passport-lost-seized'],
      danger: { level: 'none', p: 0 },
    }));
    await bench.says(FAMILY, 'missing, not paid, passport gone');
    await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
    expect((await bench.theCase(FAMILY)).needs).toEqual(['missing', 'unpaid', 'passport-taken']);
  });

  it('the purposes that were chosen are what is on record, with the notice that was shown', async () => {
    const shared = { none: 1, embassy: 2, russia: 3, all: 4 };
    for (const [choice, count] of Object.entries(shared)) {
      await bench.says(choice, 'My brother is missing in Russia');
      await bench.presses(choice, 'd:no', 'n:agree', `s:${choice}`);
      const { chatId } = await bench.theCase(choice);
      const consent = await bench.register.work((unit) => unit.consents.latest(chatId));
      expect(consent?.purposes).toHaveLength(count);
      expect(consent).toMatchObject({
        noticeHash: KNOWLEDGE.notice('en').hash,
        language: 'en',
        withdrawnAt: null,
      });
    }
  });

  it('a plain yes to "whom may we share with" is no answer: it is asked again', async () => {
    await bench.says(FAMILY, 'My brother is missing in Russia');
    await bench.presses(FAMILY, 'd:no', 'n:agree');
    await bench.says(FAMILY, 'yes');
    expect(await bench.cases(FAMILY)).toEqual([]);
    expect(bench.last(FAMILY).buttons).toContain('s:all');
    await bench.says(FAMILY, 'no');
    const { chatId } = await bench.theCase(FAMILY);
    const consent = await bench.register.work((unit) => unit.consents.latest(chatId));
    expect(consent?.purposes).toEqual(['desk']);
  });

  it('a person who has agreed before is not shown the notice again', async () => {
    await agreed(bench);
    await bench.presses(FAMILY, 'o:other', 'd:no');
    expect(await bench.cases(FAMILY)).toHaveLength(2);
    expect(bench.heard(FAMILY).filter(({ buttons }) => buttons.includes('n:agree'))).toHaveLength(1);
  });
});

describe('a refusal', () => {
  it('keeps nothing of what was written but a count', async () => {
    const secret = 'Qwertzui Secretname';
    bench.setRoute((text) => ({
      language: 'en',
      decision: text.includes('Secret') ? 'intake' : 'clarify',
      intent: 'missing-no-contact',
      confidence: 0.9,
      candidates: [],
      also: [],
      danger: { level: 'none', p: 0 },
    }));
    await bench.says(FAMILY, `${secret} is missing`);
    await bench.says(FAMILY, `his name is ${secret}`);
    await bench.presses(FAMILY, 'd:no', 'n:no');
    expect(bench.last(FAMILY).text).toContain('kept nothing');
    const [chat] = await bench.sql('select id from chats');
    expect(await bench.register.work((unit) => unit.conversations.get(String(chat?.['id'])))).toBeNull();
    expect(await bench.cases(FAMILY)).toEqual([]);
    for (const table of ['messages', 'case_fields', 'consents', 'outbox'])
      expect([table, await bench.sql(`select * from ${table}`)]).toEqual([table, []]);
    expect(await bench.sql('select body from inbox where body is not null')).toEqual([]);
    expect(await bench.sql('select count from counters')).toMatchObject([{ count: 1 }]);
    expect(everyByte(bench)).not.toContain('Secretname');
  });

  it('"only information" forgets the words and goes on answering', async () => {
    await bench.says(FAMILY, 'My brother is missing in Russia');
    await bench.presses(FAMILY, 'd:no', 'n:info');
    await bench.says(FAMILY, 'How long does it take?');
    await bench.presses(FAMILY, 'm:report', 'd:no', 'n:agree', 's:none');
    expect(await bench.messages((await bench.theCase(FAMILY)).id)).toEqual([]);
  });

  it('words that nobody agreed to are forgotten after a day', async () => {
    await bench.says(FAMILY, 'My brother is missing in Russia');
    bench.clock.now += 24 * 3600_000 + 1;
    await bench.wakes();
    await bench.presses(FAMILY, 'd:no', 'n:agree', 's:embassy');
    const one = await bench.theCase(FAMILY);
    expect(await bench.messages(one.id)).toEqual([]);
    expect(one.needs).toEqual([]);
  });
});

const textFrom = (i: number) => ({
  source: { name: 'telegram' as const, key: `more-${i}` },
  channel: 'telegram' as const,
  address: FAMILY,
  messageId: `more-${i}`,
  edited: false,
  at: 1,
  content: { kind: 'text' as const, text: `word ${i}` },
});

/** Everything that is in the files of the database. */
function everyByte({ dataDir }: HelplineBench): string {
  return readdirSync(dataDir)
    .map((file) => readFileSync(`${dataDir}/${file}`).toString('latin1'))
    .join('');
}
