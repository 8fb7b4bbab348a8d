import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MORE_FIELDS } from '../../../src/core/case/intake-form.ts';
import type { CaseRecord } from '../../../src/core/case/case-record.ts';
import { agreed, helplineBench, type HelplineBench } from '../../support/helpline-bench.ts';

const FAMILY = '501';
let bench: HelplineBench;
let one: CaseRecord;
beforeEach(async () => {
  bench = await helplineBench();
  one = await agreed(bench, FAMILY);
});
afterEach(() => bench.clean());

const fields = () => bench.fields(one.id);
const kept = async () => (await bench.messages(one.id)).map(({ text }) => text);

describe('answering', () => {
  it.each([
    ['the words of the button', 'Mother or father'],
    ['the same in other letters', '  mother OR father! '],
    ['its number', '2'],
    ['its number in Hindi digits', '२'],
  ])('by typing %s is the same as pressing it', async (_name, typed) => {
    await bench.says(FAMILY, typed);
    expect((await fields())['reporter_role']).toBe('parent');
  });

  it('yes and no are understood in the form, in the notice and about danger', async () => {
    await bench.says('2', 'My brother is missing in Russia');
    await bench.says('2', 'nahi');
    await bench.says('2', 'haan');
    await bench.says('2', 'No');
    const [other] = await bench.cases('2');
    const consent = await bench.register.work((unit) => unit.consents.latest(other?.chatId ?? ''));
    expect(consent?.purposes).toEqual(['desk']);
    await bench.says('3', 'My brother is missing in Russia');
    await bench.says('3', 'yes');
    expect((await bench.cases('3'))[0]?.priority).toBe('P0');
  });

  it('"back" asks the question before, and what follows is not asked twice', async () => {
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    await bench.presses(FAMILY, 'b:reporter_name');
    expect(await bench.step(FAMILY)).toBe('form:reporter_role');
    await bench.presses(FAMILY, 'f:reporter_role:spouse');
    expect(await bench.step(FAMILY)).toBe('form:reporter_name');
    expect((await fields())['reporter_role']).toBe('spouse');
  });

  it('"skip" passes over what need not be told, and never over what must', async () => {
    await bench.presses(FAMILY, 'f:reporter_role:skip');
    expect(await fields()).not.toHaveProperty('reporter_role');
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    await bench.says(FAMILY, 'Sunita Devi');
    await bench.says(FAMILY, 'Rohit Kumar');
    await bench.presses(FAMILY, 'f:country_now:RU');
    await bench.says(FAMILY, 'skip');
    expect(await fields()).toMatchObject({ last_contact_date: '-' });
    expect(await bench.step(FAMILY)).toBe('form:last_contact_how');
  });

  it('two tries that fit nothing are enough: the words are kept and the form goes on', async () => {
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    await bench.says(FAMILY, '12345');
    expect(bench.last(FAMILY).text).toContain('only the name');
    expect(await bench.step(FAMILY)).toBe('form:reporter_name');
    await bench.says(FAMILY, 'www.example.com');
    expect(await bench.step(FAMILY)).toBe('form:person_name');
    expect((await fields())['reporter_name']).toBe('-');
    expect(await kept()).toEqual(expect.arrayContaining(['12345', 'www.example.com']));
  });

  it('a question in the middle is answered, and the form goes on where it was', async () => {
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    const before = bench.heard(FAMILY).length;
    await bench.says(FAMILY, 'What does DNA have to do with it?');
    const [answer, again] = bench.heard(FAMILY).slice(before);
    expect(answer?.text).toContain('Why a sample is asked');
    expect(again?.text).toContain('What is your name');
    expect(await fields()).not.toHaveProperty('reporter_name');
    expect(await bench.step(FAMILY)).toBe('form:reporter_name');
  });

  it('a question before the notice is answered as well, and the notice is shown again', async () => {
    await bench.says('2', 'My brother is missing in Russia');
    await bench.presses('2', 'd:no');
    await bench.says('2', 'How long does it take?');
    expect(bench.last('2').buttons).toContain('n:agree');
  });

  it('a button of an earlier question changes that answer, and the form stays where it is', async () => {
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    await bench.says(FAMILY, 'Sunita Devi');
    await bench.presses(FAMILY, 'f:reporter_role:spouse');
    expect(await fields()).toMatchObject({ reporter_role: 'spouse', reporter_name: 'Sunita Devi' });
    expect(await bench.step(FAMILY)).toBe('form:person_name');
  });

  it('a button pressed twice answers once', async () => {
    await bench.presses(FAMILY, 'f:reporter_role:parent', 'f:reporter_role:parent');
    expect(await bench.step(FAMILY)).toBe('form:reporter_name');
  });

  it('a contact that is shared is a phone number only when it is one', async () => {
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    const at = async (field: string) => {
      const chat = one.chatId;
      const now = await bench.register.work((unit) => unit.conversations.get(chat));
      if (!now) throw new Error('no conversation');
      const step = { at: 'form' as const, caseId: one.id, field, mode: 'asking' as const, tries: 0 };
      await bench.register.work((unit) => unit.conversations.set(chat, { ...now, step }, 100_000));
    };
    await at('reporter_phone');
    await bench.does(FAMILY, { kind: 'contact', phone: 'call me', name: 'X', own: false });
    expect(await fields()).not.toHaveProperty('reporter_phone');
    await at('reporter_phone');
    await bench.does(FAMILY, { kind: 'contact', phone: '919812345678', name: 'X', own: true });
    expect((await fields())['reporter_phone']).toBe('+919812345678');
  });

  it('a file at a question is kept, and the question asked again', async () => {
    await bench.does(FAMILY, { kind: 'attachment', attachment: { kind: 'voice', file: 'v' }, caption: '' });
    expect((await bench.messages(one.id)).at(-1)?.attachment?.file).toBe('v');
    expect(bench.last(FAMILY).buttons).toContain('f:reporter_role:self');
  });

  it('several situations can be chosen, and each grades the case', async () => {
    bench.setRoute(() => ({
      language: 'en',
      decision: 'intake',
      intent: 'talk-to-human',
      confidence: 1,
      candidates: [],
      also: [],
    }));
    const other = await agreed(bench, '2', 'help us');
    await bench.presses('2', 'f:situation:unpaid', 'f:situation:captured', 'f:situation:done');
    expect((await bench.fields(other.id))['situation']).toBe('unpaid,captured');
    expect((await bench.cases('2'))[0]).toMatchObject({
      priority: 'P1',
      needs: ['unpaid', 'captured'],
      reportedStatus: 'believed_captured',
    });
  });
});

describe('looking it over', () => {
  beforeEach(async () => {
    await bench.presses(FAMILY, 'f:reporter_role:parent');
    await bench.says(FAMILY, 'Sunita Devi');
    await bench.commands(FAMILY, 'correct');
  });

  it('shows names only in part, and never the recruiter', async () => {
    await bench.register.work((unit) =>
      unit.record({
        by: { family: one.chatId },
        case: one.id,
        kind: 'told',
        values: { recruiter: 'Agent Malik' },
        country: null,
        needs: [],
      }),
    );
    await bench.commands(FAMILY, 'mydata');
    expect(bench.last(FAMILY).text).toContain('Su••••');
    expect(bench.last(FAMILY).text).not.toMatch(/Sunita|Malik/);
  });

  it('says of what was skipped that it was not given', async () => {
    await bench.register.work((unit) =>
      unit.record({
        by: { family: one.chatId },
        case: one.id,
        kind: 'told',
        values: { reporter_phone: '-' },
        country: null,
        needs: [],
      }),
    );
    await bench.commands(FAMILY, 'mydata');
    expect(bench.last(FAMILY).text).not.toContain('••• -');
    expect(bench.last(FAMILY).text).toMatch(/phone.*not given/i);
  });

  it('one answer is corrected, and the old one is still on record', async () => {
    await bench.presses(FAMILY, 'r:fix');
    expect(bench.last(FAMILY).buttons).toEqual(
      expect.arrayContaining(['x:reporter_role', 'x:reporter_name', 'x:situation']),
    );
    await bench.presses(FAMILY, 'x:reporter_name');
    await bench.says(FAMILY, 'Sunita Rani');
    expect((await fields())['reporter_name']).toBe('Sunita Rani');
    expect(await bench.step(FAMILY)).toBe('review');
    const [{ versions } = {}] = await bench.sql(
      "select count(*) as versions from case_fields where field = 'reporter_name'",
    );
    expect(versions).toBe(2);
  });

  it('a correction that fails twice leaves the answer as it was', async () => {
    await bench.presses(FAMILY, 'x:reporter_name');
    await bench.says(FAMILY, '1');
    await bench.says(FAMILY, '22');
    expect((await fields())['reporter_name']).toBe('Sunita Devi');
    expect(await bench.step(FAMILY)).toBe('review');
  });

  it('a corrected choice of several takes the place of the earlier ones', async () => {
    await bench.presses(FAMILY, 'x:situation', 'f:situation:injured');
    expect((await fields())['situation']).toBe('injured');
    await bench.presses(FAMILY, 'f:situation:detained', 'f:situation:done');
    expect((await fields())['situation']).toBe('injured,detained');
    expect(await bench.step(FAMILY)).toBe('review');
  });

  it('questions that were left can be gone on with', async () => {
    await bench.presses(FAMILY, 'r:resume');
    expect(await bench.step(FAMILY)).toBe('form:person_name');
  });

  it('more can be told, one question after the other, and each may be skipped', async () => {
    await bench.presses(FAMILY, 'r:more');
    expect(await bench.step(FAMILY)).toBe(`form:${MORE_FIELDS[0]?.id}`);
    for (const { id } of MORE_FIELDS) await bench.presses(FAMILY, `f:${id}:skip`);
    expect(await bench.step(FAMILY)).toBe('review');
  });

  it('somebody under eighteen is P0 from that answer on', async () => {
    await bench.presses(FAMILY, 'x:person_birth');
    await bench.says(FAMILY, '2010');
    expect((await bench.theCase(FAMILY)).priority).toBe('P0');
  });

  it('"yes" sends it off, and a second time says that it is there', async () => {
    await bench.says(FAMILY, 'yes');
    expect((await bench.theCase(FAMILY)).formDone).toBe(true);
    await bench.presses(FAMILY, 'r:send');
    expect(bench.last(FAMILY).text).toContain('already with the desk');
    expect(bench.lines(one.reference).filter((what) => what === 'form-done')).toHaveLength(1);
  });

  it('anything else that is written goes to the case, and the form is shown again', async () => {
    await bench.says(FAMILY, 'his number was switched off since Monday');
    expect(await kept()).toContain('his number was switched off since Monday');
    expect(bench.last(FAMILY).buttons).toContain('r:send');
  });
});

it('somebody who writes for himself is not asked for his name twice', async () => {
  await bench.presses(FAMILY, 'f:reporter_role:self');
  await bench.says(FAMILY, 'Rohit Kumar');
  expect(await bench.step(FAMILY)).toBe('form:country_now');
});
