import type { z } from 'zod';
import { checkArguments } from './read-arguments.ts';

/** Runs one Bot API method on unchecked arguments; throws BotApiError. */
export type Method = (raw: Record<string, unknown>, hungUp: AbortSignal) => unknown;

/** A method with its own arguments and nothing else. */
export const method =
  <T>(schema: z.ZodType<T>, run: (given: T, hungUp: AbortSignal) => unknown): Method =>
  (raw, hungUp) =>
    run(checkArguments(schema, raw), hungUp);
