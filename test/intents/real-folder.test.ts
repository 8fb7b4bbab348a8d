import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadIntentPack } from '../../src/intents/load-intents.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const pack = loadIntentPack(join(import.meta.dirname, '../../intents'), now);

/** The forty intents the desk agreed on, and small talk. */
const agreed =
  `report-relative request-discharge emergency-now missing-no-contact case-status escalate-reopen how-long
official-position contract-signed passport-lost-seized exit-visa-overstay money-ticket-travel injured-hospital
death-reported mortal-remains dna-sample prisoner-of-war surrender-or-leave-unit left-unit-stranded detained-jail
student-coerced salary-unpaid compensation-pension money-demand-scam is-this-official report-agent verify-job-offer
join-army-legal legal-help documents-needed who-to-contact privacy-and-safety delete-or-correct
minor-or-woman-at-risk scam-compound-abroad other-conflict-country worker-abuse-other emotional-support
talk-to-human out-of-scope greeting-thanks`.split(/\s+/);

const opening =
  `report-relative request-discharge emergency-now missing-no-contact injured-hospital death-reported
prisoner-of-war detained-jail student-coerced minor-or-woman-at-risk scam-compound-abroad emotional-support`.split(
    /\s+/,
  );

const here = (ids: string[]) => ids.filter((id) => pack.intents.has(id));
const having = (test: (id: string) => boolean) => [...pack.intents.keys()].filter(test).toSorted();

test('the folder holds the agreed intents, spelled exactly', () => {
  expect(having(() => true)).toEqual(agreed.toSorted());
});

test('the intents that open or update a case are the agreed ones', () => {
  expect(having((id) => pack.intents.get(id)?.opensCase === 'open-or-update')).toEqual(
    here(opening).toSorted(),
  );
});

test('figures, compensation and other wars fail closed', () => {
  expect(having((id) => pack.intents.get(id)?.failClosed === true)).toEqual([
    'compensation-pension',
    'official-position',
    'other-conflict-country',
  ]);
});

test('danger, and a child or woman at risk, are urgent', () => {
  expect(having((id) => pack.intents.get(id)?.kind === 'urgent')).toEqual([
    'emergency-now',
    'minor-or-woman-at-risk',
  ]);
  expect(having((id) => pack.intents.get(id)?.priority === 'P0')).toEqual([
    'emergency-now',
    'minor-or-woman-at-risk',
  ]);
});

/** Urdu in Latin letters is served by romanised Hindi. */
const written =
  'en hi hi-Latn pa pa-Latn ur gu gu-Latn te te-Latn ml ml-Latn ta ta-Latn bn bn-Latn kn kn-Latn mr mr-Latn'.split(
    ' ',
  );

test('every intent has an answer and at least 18 examples in every language, in both ways of writing it', () => {
  const thin = [...pack.intents.values()].flatMap((intent) =>
    written
      .filter((language) => (intent.texts.get(language)?.examples.length ?? 0) < 18)
      .map((language) => `${intent.id}/${language}`),
  );
  expect(thin).toEqual([]);
});

test("the bot's own sentences are in every one of these languages", () => {
  expect([...pack.phrases.keys()].toSorted()).toEqual(written.toSorted());
});

test('no two intents share a button label in a language', () => {
  const shared = written.flatMap((language) => {
    const titles = [...pack.intents.values()].map(({ texts }) => texts.get(language)?.title ?? '');
    return titles.filter((title, at) => titles.indexOf(title) !== at).map((title) => `${language}: ${title}`);
  });
  expect(shared).toEqual([]);
});

test('no answer shows a phone number or an e-mail while nobody has signed one', () => {
  const shown = [...pack.intents.values()].flatMap((intent) =>
    [...intent.texts.keys()].filter((language) =>
      /@|\p{Nd}{6}/u.test(pack.answerFor(intent.id, language, now).markdown.replaceAll(/\]\([^)]*\)/g, ']')),
    ),
  );
  expect(shown).toEqual([]);
});

test('no answer is left with half a sentence where a contact is hidden', () => {
  const never = Date.parse('2030-01-01T00:00:00Z');
  for (const intent of pack.intents.values())
    for (const [language, text] of intent.texts) {
      const kept = text.markdown
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.includes('{{contact:'));
      expect(kept.length, `${intent.id}/${language}`).toBeGreaterThan(1);
      expect(pack.answerFor(intent.id, language, never).markdown).not.toContain('{{');
    }
});

test('every answer is drafted or signed, and short enough for one message', () => {
  for (const intent of pack.intents.values())
    for (const [language, text] of intent.texts)
      expect(text.markdown.length, `${intent.id}/${language}`).toBeLessThan(1500);
});

test('in Urdu a command is read from the left: a mark before its stroke says so', () => {
  const folder = join(import.meta.dirname, '../../intents');
  const files = [
    join(folder, '_phrases/ur.yaml'),
    ...[...pack.intents.keys()].map((id) => join(folder, id, 'ur.md')),
  ];
  const unmarked = files.flatMap(
    (file) => readFileSync(file, 'utf8').match(/(?<![\w/\u200E])\/[a-z]+\b.*/g) ?? [],
  );
  expect(unmarked).toEqual([]);
});
