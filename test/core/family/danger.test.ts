import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Routed } from '../../../src/core/family/routed.ts';
import {
  agreed,
  helplineBench,
  KNOWLEDGE,
  routes,
  SAID,
  type HelplineBench,
} from '../../support/helpline-bench.ts';

const FAMILY = '501';
const guess = (p: number, more: Partial<Routed> = {}): Partial<Routed> => ({
  decision: 'urgent',
  intent: 'emergency-now',
  confidence: p,
  danger: { level: 'page', p },
  ...more,
});
const asks = (p: number, more: Partial<Routed> = {}): Partial<Routed> => ({
  danger: { level: 'ask', p },
  ...more,
});

/** The router at its worst: everything here looks like danger to it. */
const GUESSED = [
  'no danger',
  'khatra nahi hai',
  'नहीं\u200d',
  'pata nahi',
  'theek hai',
  '16 march',
  '12/10/2025 ko',
  'B-12 janakpuri',
  'flat 16',
  'gali no 14',
  'near Donetsk',
  'Nair',
  'Arun Nair',
  'Patil',
  'Leela',
  'Meenakshi',
  'Rakesh',
  'They have moved his whole group since yesterday',
];
const OUTRIGHT = ['no, they are killing him now', 'nahi, abhi front pe bhej rahe hain'];
const TABLE: Record<string, Partial<Routed>> = {
  ...SAID,
  ...Object.fromEntries(GUESSED.map((text) => [text, guess(0.97)])),
  ...Object.fromEntries(OUTRIGHT.map((text) => [text, guess(1)])),
  'My husband called me today!': asks(0.16),
  'What happens to those who run away?': asks(0.3, { decision: 'answer', intent: 'how-long' }),
};

let bench: HelplineBench;
beforeEach(async () => {
  bench = await helplineBench({ route: routes(TABLE) });
});
afterEach(() => bench.clean());

const calls = (reference: string): number =>
  bench.lines(reference).filter((what) => what === 'urgent').length;

/** Puts the form at one question. */
async function at(field: string): Promise<string> {
  const one = await agreed(bench, FAMILY);
  const conversation = await bench.register.work((unit) => unit.conversations.get(one.chatId));
  if (!conversation) throw new Error('no conversation');
  await bench.register.work((unit) =>
    unit.conversations.set(
      one.chatId,
      { ...conversation, step: { at: 'form', caseId: one.id, field, mode: 'asking', tries: 0 } },
      1000_000,
    ),
  );
  return one.id;
}

describe('at the question about danger', () => {
  beforeEach(() => bench.says(FAMILY, 'My brother is missing in Russia'));

  it.each(['no danger', 'khatra nahi hai', 'नहीं\u200d', 'No', 'pata nahi'])(
    'the answer %s goes on to the notice, whatever it resembles',
    async (text) => {
      await bench.says(FAMILY, text);
      expect(await bench.step(FAMILY)).toBe('notice');
      expect(await bench.cases(FAMILY)).toEqual([]);
    },
  );

  it.each(['theek hai', 'ok', '👍', 'hmm'])('%s is asked again, in one line', async (text) => {
    await bench.says(FAMILY, text);
    expect(await bench.step(FAMILY)).toBe('danger');
    expect(await bench.cases(FAMILY)).toEqual([]);
    expect(bench.last(FAMILY)).toMatchObject({ buttons: ['d:yes', 'd:no', 'd:unknown'] });
    expect(bench.last(FAMILY).text.split('\n')).toHaveLength(1);
  });

  it.each([...OUTRIGHT, 'Yes', 'haan ji', 'yes he is in danger', 'avunu'])(
    '%s calls a person',
    async (text) => {
      await bench.says(FAMILY, text);
      const one = await bench.theCase(FAMILY);
      expect(one.priority).toBe('P0');
      expect(calls(one.reference)).toBe(1);
    },
  );

  it('a no with more behind it keeps the words for the case', async () => {
    await bench.says(FAMILY, 'no, he called from a hospital');
    expect(await bench.step(FAMILY)).toBe('notice');
    await bench.presses(FAMILY, 'n:agree', 's:embassy');
    const one = await bench.theCase(FAMILY);
    expect((await bench.messages(one.id)).map(({ text }) => text)).toContain('no, he called from a hospital');
    expect(await bench.fields(one.id)).toMatchObject({ danger_now: 'no' });
  });
});

describe('inside the form', () => {
  it.each([
    ['last_contact_date', '16 march', '2026-03-16'],
    ['last_contact_date', '12/10/2025 ko', '2025-10-12'],
    ['place_text', 'B-12 janakpuri', 'B-12 janakpuri'],
    ['place_text', 'flat 16', 'flat 16'],
    ['place_text', 'gali no 14', 'gali no 14'],
    ['place_text', 'near Donetsk', 'near Donetsk'],
    ['person_name', 'Arun Nair', 'Arun Nair'],
    ['reporter_name', 'Nair', 'Nair'],
    ['person_name', 'Patil', 'Patil'],
    ['reporter_name', 'Leela', 'Leela'],
    ['reporter_name', 'Meenakshi', 'Meenakshi'],
    ['person_name', 'Rakesh', 'Rakesh'],
  ])('%s: %s is the answer and no alarm', async (field, text, value) => {
    const id = await at(field);
    await bench.says(FAMILY, text);
    const one = await bench.theCase(FAMILY);
    expect(one.priority).not.toBe('P0');
    expect(calls(one.reference)).toBe(0);
    expect(await bench.fields(id)).toMatchObject({ [field]: value, danger_now: 'no' });
    expect(bench.last(FAMILY).buttons).not.toContain('d:yes');
  });

  it('a sentence much like danger is asked about, and the form goes on', async () => {
    const id = await at('urgent_need');
    await bench.says(FAMILY, 'They have moved his whole group since yesterday');
    expect(bench.heard(FAMILY).at(-2)?.buttons).toContain('d:no');
    expect(await bench.step(FAMILY)).toMatch(/^form|review/);
    const step = await bench.step(FAMILY);
    await bench.presses(FAMILY, 'd:no');
    expect(bench.heard(FAMILY).at(-2)?.text).toContain('Thank you for telling us');
    expect(await bench.step(FAMILY)).toBe(step);
    expect(await bench.fields(id)).toMatchObject({ danger_now: 'no' });
    await bench.presses(FAMILY, 'd:yes');
    expect((await bench.theCase(FAMILY)).priority).toBe('P0');
  });

  it('a phrase of danger still calls', async () => {
    const id = await at('place_text');
    await bench.says(FAMILY, 'They are taking me to the front now');
    const one = await bench.theCase(FAMILY);
    expect(calls(one.reference)).toBe(1);
    expect(await bench.fields(id)).toMatchObject({ danger_now: 'yes' });
  });
});

describe('a no that was given', () => {
  it('is kept when danger is only guessed: the desk is called once, and reads both', async () => {
    const one = await agreed(bench);
    await bench.commands(FAMILY, 'cancel');
    await bench.says(FAMILY, 'They have moved his whole group since yesterday');
    await bench.says(FAMILY, 'They have moved his whole group since yesterday');
    expect((await bench.theCase(FAMILY)).priority).toBe('P0');
    expect(calls(one.reference)).toBe(1);
    expect(await bench.fields(one.id)).toMatchObject({ danger_now: 'no' });
  });

  it('is changed by a phrase of danger, and the desk is called', async () => {
    const one = await agreed(bench);
    await bench.commands(FAMILY, 'cancel');
    await bench.says(FAMILY, 'They are taking me to the front now');
    expect(await bench.fields(one.id)).toMatchObject({ danger_now: 'yes' });
    expect(calls(one.reference)).toBe(1);
  });

  it('a minute ago makes a guess a question', async () => {
    await bench.says(FAMILY, 'My brother is missing in Russia');
    await bench.presses(FAMILY, 'd:no');
    await bench.says(FAMILY, 'They have moved his whole group since yesterday');
    expect(await bench.cases(FAMILY)).toEqual([]);
    expect(await bench.step(FAMILY)).toBe('notice');
    expect(bench.heard(FAMILY).some(({ buttons }, i) => i > 1 && buttons.includes('d:yes'))).toBe(true);
  });
});

describe('what may be danger is asked about', () => {
  it('before the way to a case, when it is not understood', async () => {
    await bench.says(FAMILY, 'My husband called me today!');
    expect(await bench.step(FAMILY)).toBe('danger');
    await bench.presses(FAMILY, 'd:no');
    expect(await bench.step(FAMILY)).toBe('notice');
  });

  it('after the answer to a question, and a typed no ends it', async () => {
    await bench.says(FAMILY, 'What happens to those who run away?');
    const [answer, question] = bench.heard(FAMILY);
    expect(answer?.text.length).toBeGreaterThan(40);
    expect(question?.buttons).toEqual(['d:yes', 'd:no', 'd:unknown']);
    await bench.says(FAMILY, 'nahi ji 🙏');
    expect(bench.last(FAMILY).text).toContain('Thank you for telling us');
    expect(await bench.step(FAMILY)).toBe('idle');
    expect(await bench.cases(FAMILY)).toEqual([]);
  });

  it('and what is written instead of an answer is heard as ever', async () => {
    await bench.says(FAMILY, 'What happens to those who run away?');
    await bench.says(FAMILY, 'My brother is missing in Russia');
    expect(bench.last(FAMILY).text).toContain('sorry');
  });

  it('with a case open: the words are kept, the desk told, the question asked', async () => {
    const one = await agreed(bench);
    await bench.commands(FAMILY, 'cancel');
    bench.clock.now += 3600_000;
    await bench.says(FAMILY, 'My husband called me today!');
    expect(bench.last(FAMILY).buttons).toContain('d:yes');
    expect(bench.lines(one.reference)).toContain('family-wrote');
    await bench.says(FAMILY, 'haan');
    expect((await bench.theCase(FAMILY)).priority).toBe('P0');
    expect(calls(one.reference)).toBe(1);
  });
});

it('a no pressed after the desk was called says that it was', async () => {
  await bench.says(FAMILY, 'They are taking me to the front now');
  await bench.presses(FAMILY, 'd:no');
  expect(bench.last(FAMILY).text).toContain('already been alerted');
  const one = await bench.theCase(FAMILY);
  expect(await bench.fields(one.id)).toMatchObject({ danger_now: 'yes' });
});

it.each(KNOWLEDGE.languages)(
  'in %s no text but the first says that somebody is being alerted',
  (language) => {
    const speech = KNOWLEDGE.speech(language);
    expect(speech.label('urgent-called', { reference: 'R' })).not.toContain(
      speech.label('urgent', { reference: 'R' }).split('\n')[0] ?? '',
    );
  },
);
