import { afterAll, expect, test } from 'vitest';
import { knowledgeFrom } from '../../src/intents/knowledge.ts';
import { loadIntentPack } from '../../src/intents/load-intents.ts';
import { edited, soundFolder, writeIntents } from '../support/intents-folder.ts';

const phrases = (hello: string): string => `status: draft\nhello: ${hello} {name}\nbye: ${hello}\n`;
const urdu = edited('bread/hi.md', 'रोटी गरम है।', 'روٹی گرم ہے۔')['bread/hi.md'];
const place = writeIntents({
  ...soundFolder,
  'bread/ur.md': urdu?.replaceAll(/रोटी.*/g, (_, at: number) => `روٹی ${at}`),
  'bread/pa.md': soundFolder['bread/hi.md'],
  '_phrases/ur.yaml': phrases('سلام'),
  '_phrases/hi-Latn.yaml': phrases('namaste'),
  '_phrases/pa.yaml': phrases('ਸਤ ਸ੍ਰੀ ਅਕਾਲ'),
});
afterAll(() => place.remove());
const pack = loadIntentPack(place.folder, 0);
const knowledge = knowledgeFrom(pack);

const answered = (language: string): string => pack.answerFor('bread', language, 0).language;
const spoken = (language: string): string => knowledge.speech(language).language;

test('who types Urdu in Latin letters is answered in romanised Hindi, never in Arabic script', () => {
  expect(answered('ur-Latn')).toBe('hi-Latn');
  expect(spoken('ur-Latn')).toBe('hi-Latn');
  expect(pack.answerFor('bread', 'ur-Latn', 0).markdown).not.toMatch(/\p{Script=Arabic}/u);
});

test('who writes Urdu in its own script is answered in it', () => {
  expect(answered('ur')).toBe('ur');
  expect(spoken('ur')).toBe('ur');
});

test('elsewhere the other script of the same language comes before English', () => {
  expect([answered('pa-Latn'), spoken('pa-Latn')]).toEqual(['pa', 'pa']);
  expect(spoken('hi')).toBe('hi-Latn');
  expect([answered('ta-Latn'), spoken('ta-Latn'), answered('ta'), spoken('xx')]).toEqual([
    'en',
    'en',
    'en',
    'en',
  ]);
});
