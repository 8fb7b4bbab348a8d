import { createHash } from 'node:crypto';
import type { IntentPack } from './intent-pack.ts';
import type { Knowledge, Speech } from '../core/case/knowledge.ts';
import { markdown, type Slots } from '../core/words/markdown.ts';
import { plainText, type RichText } from '../core/words/rich-text.ts';
import { nearestLanguages } from './nearest-language.ts';

/** The one language that is always there. */
const LAST_RESORT = 'en';
/** What the pack lets the helpline say. */
export function knowledgeFrom(pack: IntentPack): Knowledge {
  const languages = [...pack.phrases.keys()].toSorted(byUse);
  const speeches = new Map<string, Speech>();
  // Reading Markdown is the dearest part of an answer, and there are only so many answers.
  const answers = new Map<string, RichText>();
  const answerText = (text: string): RichText => {
    const known = answers.get(text) ?? markdown(text);
    answers.set(text, known);
    return known;
  };

  const spoken = (language: string): string =>
    nearestLanguages(language).find((one) => pack.phrases.has(one)) ?? LAST_RESORT;

  function speech(wanted: string): Speech {
    const language = spoken(wanted);
    const made = speeches.get(language);
    if (made) return made;
    const texts = pack.phrases.get(language)?.texts;
    const say = (key: string, slots: Slots = {}): RichText => {
      const text = texts?.get(key);
      if (text === undefined) throw new Error(`_phrases/${language}.yaml has no "${key}"`);
      return markdown(text, slots);
    };
    const fresh: Speech = { language, say, label: (key, slots) => plainText(say(key, slots)) };
    speeches.set(language, fresh);
    return fresh;
  }

  return {
    languages,
    speech,
    intent(id) {
      const found = pack.intents.get(id);
      if (!found) return null;
      const { kind, priority, next, situation } = found;
      return { id, kind, priority, next: [...next], situation: situation ?? null };
    },
    answer(id, language, now) {
      if (!pack.intents.has(id)) return null;
      const { markdown: text, source, asOf, stale } = pack.answerFor(id, language, now);
      if (text.trim() === '') return null;
      const from = source === '' ? [] : speech(language).say('answer.source', { source, asOf });
      return { text: [...answerText(text), ...from], stale };
    },
    title(id, language) {
      const texts = pack.intents.get(id)?.texts;
      return (
        texts?.get(language)?.title ??
        texts?.get(spoken(language))?.title ??
        texts?.get(LAST_RESORT)?.title ??
        id
      );
    },
    notice(language) {
      const text = pack.phrases.get(spoken(language))?.texts.get('notice') ?? '';
      const hash = createHash('sha256').update(text).digest('hex');
      return { version: hash.slice(0, 12), hash };
    },
  };
}

const BY_USE = ['en', 'hi', 'hi-Latn', 'pa', 'ur', 'gu', 'te', 'ml', 'ta', 'bn', 'kn', 'mr'];
const byUse = (a: string, b: string): number => place(a) - place(b) || a.localeCompare(b);
const place = (language: string): number =>
  (BY_USE.indexOf(language) + BY_USE.length + 1) % (BY_USE.length + 1);
