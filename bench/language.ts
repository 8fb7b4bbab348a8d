import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadIntentPack } from '../src/intents/load-intents.ts';
import { openLanguage, trainLanguage, type LanguageOf } from '../src/router/language.ts';
import { seededRandom, shuffle } from '../src/router/random.ts';

/**
 * How often the language of a message is told right: on the pack's examples by cross-validation, and on messages that its
 * authors never saw. One JSON line each. Romanised Hindi and Urdu are one spoken language and right for each other.
 */
const { values } = parseArgs({ options: { intents: { type: 'string', default: 'intents' } } });
const FOLDS = 5;

type Said = { text: string; language: string };
type Answer = Said & { told: string };

const { router: pack } = loadIntentPack(values.intents, Date.now());
const examples = pack.intents.flatMap(({ examples }) => examples);
const own: Said[] = readFileSync('bench/data/own-messages.jsonl', 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): Said => JSON.parse(line));

const told = (rows: Said[], languageOf: LanguageOf): Answer[] =>
  rows.map(({ text, language }) => ({ text, language, told: languageOf(text) ?? 'none' }));

function crossValidated(): Answer[] {
  const order = Int32Array.from(examples.keys());
  shuffle(order, seededRandom(1));
  const foldOf = new Map([...order].map((at, place) => [at, place % FOLDS]));
  return Array.from({ length: FOLDS }, (_, fold) => {
    const languageOf = openLanguage(
      trainLanguage(
        examples.filter((_, at) => foldOf.get(at) !== fold),
        1,
      ),
    );
    return told(
      examples.filter((_, at) => foldOf.get(at) === fold),
      languageOf,
    );
  }).flat();
}

const oneSpoken = (language: string): string => (language === 'ur-Latn' ? 'hi-Latn' : language);
const isRight = ({ language, told }: Answer): boolean => oneSpoken(language) === oneSpoken(told);
const romanised = (language: string): boolean => language.endsWith('-Latn');

function report(set: string, answers: Answer[]): void {
  const print = (slice: string, rows: Answer[], holds: (row: Answer) => boolean): void => {
    const share =
      rows.length === 0 ? null : Math.round((rows.filter(holds).length / rows.length) * 1000) / 10;
    console.log(JSON.stringify({ set, slice, rows: rows.length, right: share }));
  };
  const of = (wanted: (language: string) => boolean): Answer[] =>
    answers.filter(({ language }) => wanted(language));
  print(
    'native scripts',
    of((language) => language !== 'en' && !romanised(language)),
    isRight,
  );
  print(
    'romanised and en',
    of((language) => language === 'en' || romanised(language)),
    isRight,
  );
  const pair = ['en', 'hi-Latn'];
  print(
    'hi-Latn, not taken for en nor the reverse',
    of((language) => pair.includes(oneSpoken(language))),
    ({ language, told }) => !(pair.includes(told) && oneSpoken(told) !== oneSpoken(language)),
  );
  for (const language of new Set(answers.map((row) => row.language)))
    print(
      language,
      of((each) => each === language),
      isRight,
    );
}

const from = performance.now();
const languageOf = openLanguage(trainLanguage(examples, 1));
console.log(
  JSON.stringify({ set: 'all', examples: examples.length, trainMs: Math.round(performance.now() - from) }),
);
report('own messages', told(own, languageOf));
report('examples, cross-validated', crossValidated());
