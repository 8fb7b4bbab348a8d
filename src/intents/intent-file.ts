import { z } from 'zod';
import { SITUATIONS } from '../core/case/intake-form.ts';
import { dayShape, textShape } from './shapes.ts';

const sourceShape = z.strictObject({
  id: z.string().regex(/^[A-Z]\d+[a-z]?$/, 'write the letter and number of the source list, as T1'),
  title: textShape,
  publisher: textShape,
  date: z
    .string()
    .regex(/^(\d{4}(-\d{2}(-\d{2})?)?|undated)$/, 'write YYYY, YYYY-MM, YYYY-MM-DD (quoted) or undated'),
  url: z.url({ protocol: /^https$/, error: 'write a whole https address' }).optional(),
});

/** What a kind does to a case; a hand-over to a person may do either. */
const opens: Partial<Record<string, 'none' | 'open-or-update'>> = {
  advisory: 'none',
  smalltalk: 'none',
  intake: 'open-or-update',
  urgent: 'open-or-update',
};

/** intents/<id>/intent.yaml */
export const intentShape = z
  .strictObject({
    title: textShape,
    purpose: textShape,
    kind: z.enum(['advisory', 'intake', 'urgent', 'human', 'smalltalk']),
    priority: z.enum(['P0', 'P1', 'P2', 'P3', 'P4']),
    opensCase: z.enum(['none', 'open-or-update']),
    situation: z.enum(SITUATIONS).optional(),
    next: z.array(textShape).max(3, 'offer at most three things next'),
    sources: z.array(sourceShape),
    asOf: dayShape,
    reviewBy: dayShape,
    reviewClass: z.enum(['N', 'K', 'P', 'L', 'S']),
    failClosed: z.boolean(),
    /** Where a wrong word may cost a life: the answers give no steps, no links and no contacts, and a person takes over. */
    hardBoundary: z.boolean().optional(),
  })
  .refine((intent) => intent.reviewBy > intent.asOf, {
    path: ['reviewBy'],
    error: 'the review date must lie after asOf',
  })
  .refine((intent) => intent.reviewClass !== 'N' || intent.failClosed, {
    path: ['failClosed'],
    error: 'figures that change (class N) are not shown past their review: write true',
  })
  .refine((intent) => opens[intent.kind] === undefined || opens[intent.kind] === intent.opensCase, {
    path: ['opensCase'],
    error: 'urgent and intake open a case (open-or-update), advisory and smalltalk do not (none)',
  })
  .refine((intent) => intent.kind !== 'urgent' || intent.priority === 'P0', {
    path: ['priority'],
    error: 'what is urgent is P0',
  })
  .refine((intent) => !intent.hardBoundary || intent.kind === 'human', {
    path: ['kind'],
    error: 'behind a hard boundary stands a person: write human',
  });
