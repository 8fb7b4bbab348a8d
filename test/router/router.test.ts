import { describe, expect, test } from 'vitest';
import { trainRouter } from '../../src/router/router.ts';
import { smallPack } from '../support/small-pack.ts';

const { route } = trainRouter(smallPack);

test('each kind of intent has its decision', () => {
  expect(route('the agent took my passport')).toMatchObject({
    decision: 'answer',
    intent: 'passport-lost-seized',
  });
  expect(route('no news of my brother for months')).toMatchObject({
    decision: 'intake',
    intent: 'missing-no-contact',
  });
  expect(route('let me talk to a person')).toMatchObject({ decision: 'human', intent: 'talk-to-human' });
  expect(route('thank you so much')).toMatchObject({ decision: 'answer', intent: 'greeting-thanks' });
});

describe('urgent', () => {
  test.each([
    ['a phrase as written', 'I will kill myself'],
    ['a word between', 'please save, save only me'],
    ['a phrase in another script', 'bachao'],
    ['a phrase in Gurmukhi', 'ਬਚਾਓ ਮੈਨੂੰ'],
    ['a phrase misspelt', 'BACHAAO!!'],
    ['a phrase in the middle of something unknown', 'xyzzy plugh bachao qwerty zzz'],
    ['no phrase, but like the examples', 'they are going to kill my husband tonight'],
    ['in one sentence of many', 'Hello. My passport is lost. They are going to kill him today.'],
  ])('%s', (_, text) => {
    expect(route(text)).toMatchObject({ decision: 'urgent', intent: 'emergency-now' });
  });

  test('is not hidden by a question that was just asked', () => {
    expect(route('bachao', { offered: ['passport-lost-seized'] }).decision).toBe('urgent');
  });

  test('is not every message', () => {
    for (const text of ['my passport is lost', 'hello', 'no call from him', 'connect me to an officer'])
      expect(route(text).decision).not.toBe('urgent');
  });
});

describe('not sure', () => {
  const strange = 'zebra violin umbrella quantum';

  test('asks first, then hands to a person', () => {
    const first = route(strange);
    expect(first).toMatchObject({ decision: 'clarify', intent: null });
    expect(first.candidates.length).toBeGreaterThanOrEqual(2);
    expect(first.candidates.length).toBeLessThanOrEqual(3);
    const offered = first.candidates.map(({ intent }) => intent);
    expect(route(strange, { offered }).decision).toBe('human');
  });
});

test('further needs in one message are named', () => {
  const decision = route('No call from my brother for two months. Also the agent took his passport.');
  const all = [decision.intent, ...decision.also];
  expect(all).toContain('missing-no-contact');
  expect(all).toContain('passport-lost-seized');
  expect(new Set(all).size).toBe(all.length);
});

test('a greeting before a need is no need', () => {
  expect(route('Good morning sir. The commander seized his passport.').intent).toBe('passport-lost-seized');
});

test('the language is the text’s own, or the usual one when it has none', () => {
  expect(route('मेरा पासपोर्ट खो गया', { language: 'en' }).language).toBe('hi');
  expect(route('bhai se do mahine se baat nahi hui').language).toBe('hi-Latn');
  expect(route('???', { language: 'ta' }).language).toBe('ta');
  expect(route('???').language).toBe('en');
});

test('the same pack and seed decide the same', () => {
  const again = trainRouter(smallPack);
  for (const text of ['passport?', 'भाई', 'help', strangeMix]) expect(again.route(text)).toEqual(route(text));
});

const strangeMix = 'passport ਮਦਦ help 😢 12';
