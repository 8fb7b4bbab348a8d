/** The only things that can be logged: no free text, so nothing personal and no token can slip in. */
export type LogEvent =
  | 'starting'
  | 'ready'
  | 'stopping'
  | 'stopped'
  | 'migrated'
  | 'keys-made'
  | 'backup-made'
  | 'pack-loaded'
  | 'pack-refused'
  | 'poll-failed'
  | 'poll-conflict'
  | 'poll-recovered'
  | 'update-malformed'
  | 'update-refused'
  | 'received'
  | 'decided'
  | 'decision-failed'
  | 'entry-retry'
  | 'entry-buried'
  | 'errand-sent'
  | 'errand-retry'
  | 'errand-parked'
  | 'errand-unknown'
  | 'store-failed'
  | 'desk-refused'
  | 'desk-acted'
  | 'desk-failed'
  | 'access-denied'
  | 'slack-connected'
  | 'slack-disconnected'
  | 'http-failed'
  | 'swept'
  | 'fatal';

/** Ids are our own random ones; `source` is a channel's name; `key` a platform's running number. */
export type LogFields = {
  caseId?: string;
  chatId?: string;
  source?: string;
  key?: string;
  errand?: number;
  kind?: string;
  attempt?: number;
  outcome?: string;
  ms?: number;
  count?: number;
  port?: number;
  mode?: string;
  why?: string;
  error?: SafeError;
};

export type Log = (event: LogEvent, fields?: LogFields) => void;

/** What may be told of an error: its kind and numbers. Messages, causes, URLs, payloads and stacks stay behind. */
export type SafeError = { class: string; code?: string; http?: number; method?: string; retryAfter?: number };

const word = /^[\w.:-]{1,60}$/;
const aWord = (value: unknown): string | undefined =>
  typeof value === 'string' && word.test(value) ? value : undefined;
const aNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** The one way from an error into the log. Knows the shapes of grammY's, Slack's, SQLite's and Postgres's errors. */
export function toSafeError(error: unknown): SafeError {
  if (typeof error !== 'object' || error === null) return { class: typeof error };
  const e = error as Record<string, unknown>;
  const data =
    typeof e['data'] === 'object' && e['data'] !== null ? (e['data'] as Record<string, unknown>) : {};
  const parameters =
    typeof e['parameters'] === 'object' && e['parameters'] !== null
      ? (e['parameters'] as Record<string, unknown>)
      : {};
  const safe: SafeError = { class: aWord(e['name']) ?? aWord(error.constructor?.name) ?? 'Error' };
  const code = aWord(data['error']) ?? aWord(e['code']);
  const http = aNumber(e['error_code']) ?? aNumber(e['statusCode']) ?? aNumber(e['status']);
  const method = aWord(e['method']);
  const retryAfter = aNumber(e['retryAfter']) ?? aNumber(parameters['retry_after']);
  if (code !== undefined) safe.code = code;
  if (http !== undefined) safe.http = http;
  if (method !== undefined) safe.method = method;
  if (retryAfter !== undefined) safe.retryAfter = retryAfter;
  return safe;
}
