import type { Contact, Intent, IntentAnswer, Language } from './intent-pack.ts';
import { isShown, showContact } from './contacts-file.ts';
import type { Recheck } from './recheck-file.ts';
import { nearestLanguages } from './nearest-language.ts';
import { dayOf } from './shapes.ts';

/** A line with a contact that may not be shown goes as a whole: half a sentence is worse than none. */
function resolveContacts(
  markdown: string,
  contacts: ReadonlyMap<string, Contact>,
  language: Language,
  now: number,
): string {
  const lines = markdown.split('\n').flatMap((line) => {
    let shown = true;
    const text = line.replaceAll(/\{\{contact:([a-z0-9-]+)\}\}/g, (_, id: string) => {
      const contact = contacts.get(id);
      if (contact && isShown(contact, now)) return showContact(contact, language);
      shown = false;
      return '';
    });
    return shown ? [text] : [];
  });
  return lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** What to say for an intent at a time (`now` in ms). Pure. */
export function answerFor(
  intent: Intent,
  contacts: ReadonlyMap<string, Contact>,
  recheck: Recheck,
  language: Language,
  now: number,
): IntentAnswer {
  const given = nearestLanguages(language).find((tag) => intent.texts.has(tag)) ?? 'en';
  const text = intent.texts.get(given);
  const [sentences] = nearestLanguages(given).flatMap((tag) => recheck[tag] ?? []);
  if (!text || !sentences) throw new Error(`The intent ${intent.id} has no text in English`);
  const stale = dayOf(now) > intent.reviewBy;
  const { asOf } = intent;
  if (stale && intent.failClosed)
    return { language: given, markdown: sentences.withheld, asOf, source: '', stale };
  const answer = resolveContacts(text.markdown, contacts, given, now);
  // Nothing may stand before the line that asks "can you talk?", and it states no fact: its contacts expire by themselves.
  if (intent.kind === 'urgent') return { language: given, markdown: answer, asOf, source: '', stale };
  return {
    language: given,
    markdown: stale ? `${sentences.stale}\n\n${answer}` : answer,
    asOf,
    source: intent.sources.map((source) => `${source.publisher}, ${source.date}`).join('; '),
    stale,
  };
}
