import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseRecord } from '../../../src/core/case/case-record.ts';
import type { Routed } from '../../../src/core/family/routed.ts';
import {
  agreed,
  helplineBench,
  KNOWLEDGE,
  MEERA,
  routes,
  SAID,
  type HelplineBench,
} from '../../support/helpline-bench.ts';

const FAMILY = '501';
let bench: HelplineBench;
beforeEach(async () => {
  bench = await helplineBench();
});
afterEach(() => bench.clean());

const textsOf = async (caseId: string): Promise<string[]> =>
  (await bench.messages(caseId)).map(({ text }) => text);

describe('words told before the consent', () => {
  const NEWS = 'the agent took his passport and he is not paid, how long does it take?';
  const TOLD = 'My brother is missing in Russia';

  it.each<[string, string[]]>([
    ['the question about danger', []],
    ['the notice', ['d:no']],
    ['the question whom to share with', ['d:no', 'n:agree']],
  ])('are in the case although they were answered as a question while %s waited', async (_step, pressed) => {
    bench.setRoute(
      routes({ ...SAID, [NEWS]: { decision: 'answer', intent: 'how-long', also: ['report-relative'] } }),
    );
    await bench.says(FAMILY, TOLD);
    await bench.presses(FAMILY, ...pressed);
    await bench.says(FAMILY, NEWS);
    expect(
      bench
        .heard(FAMILY)
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('no official time limit');
    await bench.presses(FAMILY, ...['d:no', 'n:agree', 's:none'].slice(pressed.length));
    const one = await bench.theCase(FAMILY);
    expect(await textsOf(one.id)).toEqual([TOLD, NEWS]);
    expect(one.needs).toEqual(['missing', 'army-contract']);
  });

  it('of a death make it a bereavement, although another question waited', async () => {
    await bench.says(FAMILY, TOLD);
    await bench.says(FAMILY, 'They told me he died');
    await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
    const one = await bench.theCase(FAMILY);
    expect(await textsOf(one.id)).toEqual([TOLD, 'They told me he died']);
    expect(one).toMatchObject({ needs: ['missing', 'told-dead'], priority: 'P1' });
  });
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const said = (key: string): string => KNOWLEDGE.speech('en').label(key);
const asAnswer = (intent: string, language = 'en'): Partial<Routed> => ({
  decision: 'answer',
  intent,
  confidence: 1,
  language,
});
/** What the bot says from now on. */
const listen = (): (() => ReturnType<HelplineBench['heard']>) => {
  const before = bench.heard(FAMILY).length;
  return () => bench.heard(FAMILY).slice(before);
};
/** A case whose questions are over, an hour after the last word. */
const withCase = async (): Promise<CaseRecord> => {
  const one = await agreed(bench, FAMILY);
  await bench.commands(FAMILY, 'cancel');
  bench.clock.now += HOUR;
  return one;
};

describe('with an open case', () => {
  it.each<[string, string, string?]>([
    ['mera beta ka naam Rohit Kumar hai', 'out-of-scope', 'hi-Latn'],
    ['he came home, thank you', 'greeting-thanks'],
    ['my number has changed', 'delete-or-correct'],
    ['ek baat reh gayi, usne contract ki copy bheji thi', 'contract-signed', 'hi-Latn'],
    ['his status is bad', 'case-status'],
  ])(
    '"%s" is news, whatever the router takes it for: a receipt, a line, no leaflet',
    async (text, intent, language) => {
      const one = await withCase();
      bench.setRoute(routes({ [text]: asAnswer(intent, language) }));
      const heard = listen();
      await bench.says(FAMILY, text);
      expect(await textsOf(one.id)).toContain(text);
      expect(bench.lines(one.reference)).toEqual(['family-wrote']);
      expect(heard()).toHaveLength(1);
      expect(heard()[0]?.text).toMatch(new RegExp(`${one.reference}.*№ 2`));
    },
  );

  it('news that sounds like a topic offers the answer, and does not impose it', async () => {
    await withCase();
    bench.setRoute(routes({ 'my number has changed': asAnswer('delete-or-correct') }));
    await bench.says(FAMILY, 'my number has changed');
    expect(bench.last(FAMILY).buttons).toEqual(['i:delete-or-correct']);
  });

  it('a question beside news is answered after the receipt, and the desk is told', async () => {
    const one = await withCase();
    const text = 'The agent kept it. How long does it take?';
    bench.setRoute(routes({ [text]: asAnswer('how-long') }));
    const heard = listen();
    await bench.says(FAMILY, text);
    expect(heard()[0]?.text).toContain('№ 2');
    expect(heard()[1]?.text).toContain('no official time limit');
    expect(bench.lines(one.reference)).toEqual(['family-wrote']);
  });

  it('a question and nothing else is answered at once, kept, and no line', async () => {
    const one = await withCase();
    const heard = listen();
    await bench.says(FAMILY, 'How long does it take?');
    expect(heard().map(({ text }) => text)).toEqual([expect.stringContaining('no official time limit')]);
    expect(await textsOf(one.id)).toContain('How long does it take?');
    expect(bench.lines(one.reference)).toEqual([]);
  });

  it('a question that tells what the case does not know yet is told to the desk too', async () => {
    await bench.clean();
    bench = await helplineBench({
      facts: (text) => (text.includes('Rostov') ? { place_text: 'Rostov' } : {}),
    });
    const one = await withCase();
    const text = 'How long does it take in Rostov?';
    bench.setRoute(routes({ [text]: asAnswer('how-long') }));
    await bench.says(FAMILY, text);
    expect(bench.lines(one.reference)).toEqual(['family-wrote']);
  });

  it('a photo is never only a question, whatever is written under it', async () => {
    const one = await withCase();
    await bench.does(FAMILY, {
      kind: 'attachment',
      attachment: { kind: 'photo', file: 'p' },
      caption: 'How long does it take?',
    });
    expect(bench.lines(one.reference)).toEqual(['family-wrote']);
    expect(bench.last(FAMILY).text).toContain('№ 2');
  });

  it.each(['thank you so much', 'How long does it take?'])(
    'after "%s" the news of the next minute reaches the desk',
    async (first) => {
      const one = await withCase();
      await bench.says(FAMILY, first);
      bench.clock.now += MINUTE;
      await bench.says(FAMILY, 'he is in hospital since yesterday');
      expect(bench.lines(one.reference)).toEqual(['family-wrote']);
    },
  );

  it('one line tells of all that is written within ten minutes, and the next after them is told again', async () => {
    const one = await withCase();
    for (let i = 0; i < 12; i++) {
      await bench.says(FAMILY, `news ${i}`);
      bench.clock.now += MINUTE;
    }
    expect(bench.lines(one.reference)).toEqual(['family-wrote', 'family-wrote']);
  });

  it('"ok" after the desk has written is an answer, and is told', async () => {
    const one = await withCase();
    await bench.says(FAMILY, 'ok');
    expect(bench.lines(one.reference)).toEqual([]);
    bench.clock.now += MINUTE;
    const drafted = await bench.desk.draftReply(MEERA, one.id, 'May we call at four?', 'en');
    if (drafted.done) await bench.desk.sendReply(MEERA, drafted.draft);
    bench.clock.now += MINUTE;
    await bench.says(FAMILY, 'ok');
    expect(bench.lines(one.reference).filter((what) => what === 'family-wrote')).toHaveLength(1);
  });

  it('news in place of an answer to the form is told as well', async () => {
    const one = await agreed(bench, FAMILY);
    bench.clock.now += HOUR;
    await bench.says(FAMILY, 'he came home yesterday with the others from his unit');
    expect(await textsOf(one.id)).toContain('he came home yesterday with the others from his unit');
    expect(bench.lines(one.reference)).toEqual(['family-wrote']);
  });
});

/** The same case, closed by the desk, and the family told so; an hour later. */
const closed = async (): Promise<CaseRecord> => {
  const one = await withCase();
  const { version } = await bench.theCase(FAMILY);
  const wish = {
    caseId: one.id,
    version,
    note: 'told by phone',
    tell: true,
    takeUp: null,
    voice: null,
    reason: null,
  };
  expect(await bench.desk.setStatus(MEERA, { ...wish, to: 'closed' }, 'p')).toMatchObject({ done: true });
  await bench.drained();
  expect(bench.last(FAMILY).text).toContain('write here');
  bench.clock.now += HOUR;
  return one;
};
const familyLines = (reference: string) =>
  (bench.card(reference)?.lines ?? []).filter(({ what }) => what === 'family-wrote');

describe('with a case that is closed in the middle of its form', () => {
  it('the next words are no answer to it: they are kept there, and the desk is told', async () => {
    const one = await agreed(bench);
    const { version } = await bench.theCase(FAMILY);
    const why = { note: 'told by phone', tell: false, takeUp: null, voice: null, reason: null };
    await bench.desk.setStatus(MEERA, { caseId: one.id, version, to: 'closed', ...why }, 'p');
    expect(await bench.step(FAMILY)).toMatch(/^form:/);
    await bench.says(FAMILY, 'He rang today, he is in Rostov');
    expect((await bench.messages(one.id)).at(-1)?.text).toBe('He rang today, he is in Rostov');
    expect(familyLines(one.reference)).toHaveLength(1);
    expect(bench.last(FAMILY).text).toContain('is closed');
  });
});

describe('with a closed case', () => {
  const NEWS = 'ek baat reh gayi, usne contract ki copy bheji thi';
  it.each<[string, Partial<Routed>]>([
    ['a question', asAnswer('contract-signed')],
    ['a call for help', { decision: 'intake', intent: 'report-relative' }],
    ['nothing it knows', {}],
  ])('news that the router takes for %s is kept there, and the desk is told', async (_what, routed) => {
    const one = await closed();
    bench.setRoute(routes({ [NEWS]: routed }));
    await bench.says(FAMILY, NEWS);
    expect((await bench.messages(one.id)).at(-1)?.text).toBe(NEWS);
    expect(familyLines(one.reference)).toEqual([{ what: 'family-wrote', number: 3, attachment: null }]);
    expect(bench.card(one.reference)?.card).toMatchObject({ received: 2, familyAt: bench.clock.now });
    expect(bench.last(FAMILY).text).toMatch(
      new RegExp(`${one.reference}.* is closed.*№ 3.*desk has been told`),
    );
    expect(bench.last(FAMILY).buttons).toEqual(['m:report']);
    expect(await bench.cases(FAMILY)).toHaveLength(1);
  });

  it('news stays with the case although the router fails', async () => {
    const one = await closed();
    bench.setRoute(() => {
      throw new TypeError('no model');
    });
    await bench.says(FAMILY, NEWS);
    expect((await bench.messages(one.id)).at(-1)?.text).toBe(NEWS);
  });

  it('every picture of an album is kept', async () => {
    const one = await closed();
    for (const file of ['p1', 'p2', 'p3'])
      await bench.does(FAMILY, {
        kind: 'attachment',
        attachment: { kind: 'photo', file },
        caption: '',
        album: 'a',
      });
    expect((await bench.messages(one.id)).filter(({ attachment }) => attachment)).toHaveLength(3);
  });

  it('the button begins a new request, with the words that were just written', async () => {
    await closed();
    bench.setRoute(routes({ ...SAID, [NEWS]: { decision: 'intake', intent: 'salary-unpaid' } }));
    await bench.says(FAMILY, NEWS);
    await bench.presses(FAMILY, 'm:report', 'd:no');
    const fresh = (await bench.cases(FAMILY)).find(({ status }) => status !== 'closed');
    expect(fresh?.needs).toEqual(['unpaid']);
    expect(await textsOf(fresh?.id ?? '')).toEqual([NEWS]);
  });

  it('a question is answered and leaves no trace', async () => {
    const one = await closed();
    await bench.says(FAMILY, 'How long does it take?');
    expect(bench.last(FAMILY).text).toContain('no official time limit');
    expect(familyLines(one.reference)).toEqual([]);
    expect(await bench.messages(one.id)).toHaveLength(2);
  });

  it('the wish for a person reaches the desk', async () => {
    const one = await closed();
    await bench.says(FAMILY, 'I want to talk to a person');
    expect(bench.lines(one.reference)).toContain('wants-person');
    expect((await bench.messages(one.id)).at(-1)?.text).toBe('I want to talk to a person');
  });

  it('word of a death is kept there and begins a new request at once', async () => {
    const one = await closed();
    await bench.says(FAMILY, 'They told me he died');
    expect((await bench.messages(one.id)).at(-1)?.text).toBe('They told me he died');
    expect(bench.last(FAMILY).buttons).toContain('d:yes');
  });

  it('danger opens a case of its own', async () => {
    await closed();
    await bench.says(FAMILY, 'They are taking me to the front now');
    expect((await bench.cases(FAMILY)).map(({ priority }) => priority)).toContain('P0');
    expect(await bench.cases(FAMILY)).toHaveLength(2);
  });

  it('nothing more goes into it once the consent is taken back', async () => {
    const one = await closed();
    await bench.commands(FAMILY, 'stop');
    await bench.says(FAMILY, NEWS);
    expect(await bench.messages(one.id)).toHaveLength(2);
    expect(bench.last(FAMILY).text).not.toContain(said('button.report'));
    expect(familyLines(one.reference)).toEqual([]);
  });
});
