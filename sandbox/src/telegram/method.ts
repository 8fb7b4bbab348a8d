import type { z } from 'zod';
import { checkArguments, type RawArguments, type Upload } from './read-arguments.ts';

export type MethodCall = { uploads: Map<string, Upload>; hungUp: AbortSignal };

/** Runs one Bot API method on unchecked arguments; throws BotApiError. */
export type Method = (raw: RawArguments, hungUp: AbortSignal) => unknown;

/** A method with its own arguments and nothing else. */
export const method =
  <T>(schema: z.ZodType<T>, run: (given: T, call: MethodCall) => unknown): Method =>
  (raw, hungUp) =>
    run(checkArguments(schema, raw.values), { uploads: raw.uploads, hungUp });
