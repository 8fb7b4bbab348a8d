import type { FieldValues } from '../case/case-record.ts';

/**
 * Reads from a family's own words what the form would ask: values by field id, as the form would store them. Whatever is
 * not plain is left out, since the form asks for it. Pure; `now` in ms.
 */
export type ReadFacts = (text: string, language: string, now: number) => FieldValues;
