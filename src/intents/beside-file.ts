import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { WordsBeside } from '../router/router-pack.ts';
import type { Faults } from '../yaml/faults.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { languageShape, textShape } from './shapes.ts';

const FILE = '_beside.yaml';

/** intents/_beside.yaml: intents that hurt when they are wrong, and by language the words that one of them needs beside it. */
const besideShape = z.array(
  z.strictObject({
    intents: z.array(textShape).min(1, 'name the intents'),
    words: z.record(
      languageShape,
      z.array(textShape.min(2, 'a single letter stands in every message')).min(1, 'list words'),
    ),
  }),
);

/** The file may be absent: then every intent is acted on by the router's word alone. */
export function loadBeside(folder: string, faults: Faults): readonly WordsBeside[] {
  if (!existsSync(join(folder, FILE))) return [];
  const read = readYaml(besideShape, readFileSync(join(folder, FILE), 'utf8'), FILE, faults);
  return (read?.value ?? []).map(({ intents, words }) => ({ intents, words: Object.values(words).flat() }));
}
