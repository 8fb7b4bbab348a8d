import { expect, it } from 'vitest';
import { guessedUnseen, soundTwins } from '../../src/router/doubtful-examples.ts';
import { smallPack } from '../support/small-pack.ts';

const withExample = (id: string, text: string, language: string) => ({
  ...smallPack,
  intents: smallPack.intents.map((intent) =>
    intent.id === id ? { ...intent, examples: [...intent.examples, { text, language }] } : intent,
  ),
});

it('an example of one intent that sounds like one of another is found across scripts', () => {
  expect(soundTwins(smallPack)).toEqual([]);
  const twins = soundTwins(withExample('passport-lost-seized', 'अभी जान का खतरा है', 'hi'));
  expect(twins).toEqual([]);
  const [twin] = soundTwins(withExample('passport-lost-seized', 'जान का ख़तरा है अभी', 'hi'));
  expect(twin?.first).toMatchObject({ intent: 'emergency-now', language: 'hi-Latn' });
  expect(twin?.second).toMatchObject({ intent: 'passport-lost-seized', language: 'hi' });
});

it('every example is guessed by a model that has not seen it, and a stray one goes astray', () => {
  const stray = 'they are beating my husband and my brother with rifles';
  const guessed = guessedUnseen(withExample('passport-lost-seized', stray, 'en'));
  const all = smallPack.intents.flatMap(({ examples }) => examples).length + 1;
  expect(guessed).toHaveLength(all);
  expect(guessed.find(({ text }) => text === stray)).toMatchObject({
    intent: 'passport-lost-seized',
    language: 'en',
    taken: 'emergency-now',
  });
});
