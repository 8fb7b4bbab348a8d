import { z } from 'zod';
import type { UrgentPhrases, UrgentReason } from './intent-pack.ts';
import { languageShape, textShape } from './shapes.ts';

const phrasesShape = z
  .array(textShape.min(3, 'a shorter phrase would ring in every message'))
  .min(1, 'list phrases');

/** intents/_urgent.yaml: language, then reason, then phrases. */
export const urgentShape = z.record(
  languageShape,
  z.strictObject({
    'danger-now': phrasesShape,
    'moved-to-front': phrasesShape,
    'self-harm': phrasesShape,
    'minor-or-woman': phrasesShape,
    'threat-deadline': phrasesShape,
  } satisfies Record<UrgentReason, typeof phrasesShape>),
);

/** One entry a language and reason. */
export function toUrgentPhrases(file: z.output<typeof urgentShape>): UrgentPhrases[] {
  return Object.entries(file).flatMap(([language, reasons]) => [
    { language, reason: 'danger-now', phrases: reasons['danger-now'] },
    { language, reason: 'moved-to-front', phrases: reasons['moved-to-front'] },
    { language, reason: 'self-harm', phrases: reasons['self-harm'] },
    { language, reason: 'minor-or-woman', phrases: reasons['minor-or-woman'] },
    { language, reason: 'threat-deadline', phrases: reasons['threat-deadline'] },
  ]);
}
