import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadFacts } from '../../../src/intents/facts-files.ts';
import { collectFaults } from '../../../src/yaml/faults.ts';
import { factReader } from '../../../src/facts/facts.ts';
import { helplineBench, KNOWLEDGE, routes, SAID, type HelplineBench } from '../../support/helpline-bench.ts';

const FAMILY = '501';
const TOLD =
  'My brother Rohit Kumar is missing in Russia, they took his passport in Rostov. Last call was 3 October 2026. My number is 98123 45678';
let bench: HelplineBench;
beforeEach(async () => {
  bench = await helplineBench({
    facts: factReader(loadFacts('intents', collectFaults())),
    route: routes({
      ...SAID,
      [TOLD]: { decision: 'intake', intent: 'missing-no-contact' },
      'he has gone missing, he is my son': { decision: 'intake', intent: 'missing-no-contact' },
    }),
  });
});
afterEach(() => bench.clean());

const said = (key: string): string => KNOWLEDGE.speech('en').label(key);
const asked = (): string[] =>
  bench
    .heard(FAMILY)
    .flatMap(({ text }) =>
      [
        'reporter_role',
        'reporter_name',
        'person_name',
        'country_now',
        'last_contact_date',
        'place_text',
        'passport_status',
        'reporter_phone',
      ].filter((id) => text.includes(said(`ask.${id}`))),
    );

it('what the first message tells is read back and never asked', async () => {
  await bench.says(FAMILY, TOLD);
  await bench.presses(FAMILY, 'd:no', 'n:agree', 's:embassy');
  const one = await bench.theCase(FAMILY);
  expect(await bench.fields(one.id)).toEqual({
    danger_now: 'no',
    situation: 'missing,passport-taken',
    reporter_role: 'sibling',
    person_name: 'Rohit Kumar',
    country_now: 'RU',
    place_text: 'Rostov',
    passport_status: 'taken',
    last_contact_date: '2026-10-03',
    reporter_phone: '+919812345678',
  });
  expect(one.country).toBe('RU');
  const readBack = bench.last(FAMILY);
  expect(readBack.text).toContain(said('noted'));
  expect(readBack.text).toContain('Rostov');
  expect(readBack.text).not.toMatch(/Rohit|98123/);
  expect(readBack.buttons).toContain('r:fix');
  expect(asked()).toEqual(['reporter_name']);
  await bench.says(FAMILY, 'Sunita');
  await bench.presses(FAMILY, 'f:last_contact_how:call');
  expect(bench.last(FAMILY).buttons[0]).toBe('r:send');
  expect(asked()).toEqual(['reporter_name']);
});

it('what was picked wrongly is corrected by the button beside it', async () => {
  await bench.says(FAMILY, TOLD);
  await bench.presses(
    FAMILY,
    'd:no',
    'n:agree',
    's:embassy',
    'r:fix',
    'x:reporter_role',
    'f:reporter_role:kin',
  );
  const one = await bench.theCase(FAMILY);
  expect((await bench.fields(one.id))['reporter_role']).toBe('kin');
});

it('nothing that was picked is left after a refusal', async () => {
  await bench.says(FAMILY, TOLD);
  await bench.presses(FAMILY, 'd:no', 'n:no');
  await bench.says(FAMILY, 'My brother is missing in Russia');
  await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
  const one = await bench.theCase(FAMILY);
  expect(await bench.fields(one.id)).toEqual({
    danger_now: 'no',
    situation: 'missing',
    reporter_role: 'sibling',
    country_now: 'RU',
  });
});

it('what was told first stays, and what is told until the case is opened is added', async () => {
  await bench.says(FAMILY, 'My brother is missing in Russia');
  await bench.says(FAMILY, 'my cousin says he is in Donetsk');
  await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
  const one = await bench.theCase(FAMILY);
  expect(await bench.fields(one.id)).toMatchObject({
    reporter_role: 'sibling',
    country_now: 'RU',
    place_text: 'Donetsk',
  });
});

it('a new wording of the first message replaces what the old one told', async () => {
  const messageId = await bench.says(FAMILY, 'My brother is missing in Russia');
  await bench.says(FAMILY, 'he has gone missing, he is my son', { messageId, edited: true });
  await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
  expect(await bench.fields((await bench.theCase(FAMILY)).id)).toMatchObject({ reporter_role: 'parent' });
});

it('an answer in a sentence is understood, and what it tells besides is not asked', async () => {
  await bench.says(FAMILY, 'He is in the Russian army');
  await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
  expect(asked()).toEqual(['reporter_role']);
  await bench.says(FAMILY, 'I am his mother, he is in Moscow');
  const one = await bench.theCase(FAMILY);
  expect(await bench.fields(one.id)).toMatchObject({
    reporter_role: 'parent',
    country_now: 'RU',
    place_text: 'Moscow',
  });
  expect((await bench.messages(one.id)).at(-1)?.text).toBe('I am his mother, he is in Moscow');
});

it('a cry for help tells the desk what its words tell', async () => {
  await bench.says(FAMILY, 'my husband is in Donetsk');
  await bench.presses(FAMILY, 'm:urgent');
  expect(await bench.fields((await bench.theCase(FAMILY)).id)).toEqual({
    danger_now: 'yes',
    reporter_role: 'spouse',
    country_now: 'UA',
    place_text: 'Donetsk',
  });
});

it('what a question told about somebody is not kept for a later call for help', async () => {
  const unclear = "my brother's passport is taken in Rostov";
  bench.setRoute(
    routes({ ...SAID, [unclear]: { decision: 'clarify', candidates: [{ intent: 'dna-sample', p: 0.3 }] } }),
  );
  await bench.says(FAMILY, unclear);
  await bench.presses(FAMILY, 'i:dna-sample');
  await bench.says(FAMILY, 'He is in the Russian army');
  await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
  expect(await bench.fields((await bench.theCase(FAMILY)).id)).toEqual({
    danger_now: 'no',
    situation: 'army-contract',
  });
});

it('who has told everything is asked nothing but whether it was heard rightly', async () => {
  const all =
    'My son Rohit Kumar is in Russia, they told me he died. My name is Sunita Devi. My number is 98123 45678';
  bench.setRoute(routes({ ...SAID, [all]: { decision: 'human', intent: 'death-reported' } }));
  await bench.says(FAMILY, all);
  await bench.presses(FAMILY, 'd:no', 'n:agree', 's:none');
  const readBack = bench.last(FAMILY);
  expect(asked()).toEqual([]);
  expect(readBack.text).toContain(said('noted'));
  expect(readBack.text).toContain(said('review-ask'));
  expect(readBack.buttons).toEqual(['r:send', 'r:fix']);
  await bench.presses(FAMILY, 'r:send');
  expect((await bench.theCase(FAMILY)).formDone).toBe(true);
});
