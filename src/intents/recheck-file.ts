import { z } from 'zod';
import { languageShape, textShape } from './shapes.ts';

/** intents/_recheck.yaml: what is said past a review date: before an old answer (`stale`), in place of one (`withheld`). */
export const recheckShape = z
  .record(languageShape, z.strictObject({ stale: textShape, withheld: textShape }))
  .refine((file) => 'en' in file, { error: 'give the sentences in English too (en)' });

/** Sentences by language. */
export type Recheck = z.output<typeof recheckShape>;
