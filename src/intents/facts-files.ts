import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { FactPack } from './intent-pack.ts';
import type { Faults } from '../yaml/faults.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { languageShape, textShape } from './shapes.ts';

const words = z.array(textShape.min(2, 'a single letter stands in every message'));

/** intents/_facts.yaml: by language, the words that tell a fact. */
const factWordsShape = z.record(
  languageShape,
  z.strictObject({
    my: words,
    relation: z.strictObject({
      self: words,
      parent: words,
      spouse: words,
      sibling: words,
      child: words,
      kin: words,
      friend: words,
    }),
    contact: words,
    travel: words,
    passport: words,
    taken: words,
    lost: words,
    'russian-papers': words,
    contract: words,
    signed: words,
    not: words,
    name: words,
    his: words,
    others: words.optional(),
  }),
);

/** intents/_places.yaml: by country code, its cities and regions and how people spell the country itself. */
const placesShape = z.record(
  z.string().regex(/^[A-Z]{2}$/, 'write the country as two capitals, like RU'),
  z.strictObject({ country: words.default([]), places: words.default([]) }),
);

/** intents/_names.yaml: names of people. */
const namesShape = z.strictObject({ names: textShape, family: textShape });

/** The words by which facts are picked. A file may be absent: then what it tells is asked. */
export function loadFacts(folder: string, faults: Faults): FactPack {
  const read = <Schema extends z.ZodType>(file: string, shape: Schema): z.output<Schema> | undefined =>
    existsSync(join(folder, file))
      ? readYaml(shape, readFileSync(join(folder, file), 'utf8'), file, faults)?.value
      : undefined;
  const names = read('_names.yaml', namesShape);
  const words = Object.entries(read('_facts.yaml', factWordsShape) ?? {});
  return {
    words: new Map(
      words.map(([language, { others, ...rest }]) => [language, { ...rest, ...(others && { others }) }]),
    ),
    places: new Map(Object.entries(read('_places.yaml', placesShape) ?? {})),
    names: listed(names?.names),
    family: listed(names?.family),
  };
}

const listed = (text = ''): string[] => text.split(/\s+/).filter((word) => word !== '');
