import { GrammyError, HttpError } from 'grammy';
import { toSafeError, type SafeError } from '../../core/log.ts';
import { neverConnected } from './connection.ts';

/**
 * What went wrong with a call, without what grammY's errors carry (the token in the URL, the message in the payload):
 * Telegram said no; it never got the call; or nobody can tell.
 */
export type Failure =
  | { kind: 'answered'; status: number; description: string; retryAfterMs: number | null; error: SafeError }
  | { kind: 'not-sent'; why: string; error: SafeError }
  | { kind: 'lost'; why: string; error: SafeError };

/** Sorts whatever a call of grammY's API threw. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof GrammyError && Number.isInteger(thrown.error_code)) {
    const seconds = thrown.parameters.retry_after;
    return {
      kind: 'answered',
      status: thrown.error_code,
      description: thrown.description,
      retryAfterMs: typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : null,
      error: toSafeError(thrown),
    };
  }
  const error = toSafeError(thrown instanceof HttpError ? thrown.error : thrown);
  if (error.code?.startsWith(neverConnected)) return { kind: 'not-sent', why: error.code, error };
  return { kind: 'lost', why: error.code ?? 'no-answer', error };
}
