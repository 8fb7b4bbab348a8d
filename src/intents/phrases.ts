import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Language, Phrases } from './intent-pack.ts';
import type { Faults } from '../yaml/faults.ts';
import { type CheckedYaml, readYaml } from '../yaml/read-yaml.ts';
import { languages, statusShape, textShape } from './shapes.ts';

const phrasesShape = z.object({ status: statusShape }).catchall(textShape);

/** Names of the `{slots}` of a sentence, sorted, each once. */
function slotsOf(text: string): string {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))]
    .toSorted((a, b) => a.localeCompare(b))
    .join(', ');
}

/** Every language must say the same things with the same slots as English. */
function compare(
  mine: CheckedYaml<Record<string, string>>,
  english: Record<string, string>,
  file: string,
  faults: Faults,
) {
  for (const [key, text] of Object.entries(english)) {
    const own = mine.value[key];
    if (own === undefined) faults.add(file, 1, `the key "${key}" of en.yaml is missing: translate it`);
    else if (slotsOf(own) !== slotsOf(text))
      faults.add(
        file,
        mine.lineOf([key]),
        `"${key}" has slots {${slotsOf(own)}}, en.yaml has {${slotsOf(text)}}: use the same`,
      );
  }
  for (const key of Object.keys(mine.value))
    if (!(key in english))
      faults.add(file, mine.lineOf([key]), `the key "${key}" is not in en.yaml: take it out or add it there`);
}

/** Reads `<folder>/_phrases/<language>.yaml`. Any language but English may be absent; without the folder there are none. */
export function loadPhrases(folder: string, faults: Faults): ReadonlyMap<Language, Phrases> {
  const phrases = new Map<Language, Phrases>();
  const place = join(folder, '_phrases');
  if (!existsSync(place)) return phrases;
  const read = (name: string) =>
    readYaml(phrasesShape, readFileSync(join(place, name), 'utf8'), `_phrases/${name}`, faults);
  if (!existsSync(join(place, 'en.yaml'))) {
    faults.add('_phrases/en.yaml', 1, 'the file is missing: every language is compared with it');
    return phrases;
  }
  const english = read('en.yaml');
  for (const name of readdirSync(place).toSorted()) {
    const language = basename(name, '.yaml');
    const file = `_phrases/${name}`;
    if (!languages.has(language) || !name.endsWith('.yaml')) {
      faults.add(file, 1, `name the file <language>.yaml, the language one of ${[...languages].join(', ')}`);
      continue;
    }
    const own = language === 'en' ? english : read(name);
    if (!own) continue;
    if (own !== english && english) compare(own, english.value, file, faults);
    const { status, ...texts } = own.value;
    phrases.set(language, { status, texts: new Map(Object.entries(texts)) });
  }
  return phrases;
}
