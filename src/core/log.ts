/** The only things that can be logged: no free text, so nothing personal and no token can slip in. */
export type LogEvent =
  | 'starting'
  | 'receiving'
  | 'ready'
  | 'stopping'
  | 'stopped'
  | 'migrated'
  | 'keys-made'
  | 'backup-made'
  | 'pack-loaded'
  | 'pack-refused'
  | 'desks-loaded'
  | 'desks-refused'
  | 'router-learning'
  | 'router-ready'
  | 'router-not-kept'
  | 'router-failed'
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
  | 'timer-fired'
  | 'timer-failed'
  | 'store-failed'
  | 'desk-refused'
  | 'desk-acted'
  | 'desk-failed'
  | 'access-denied'
  | 'slack-connected'
  | 'slack-disconnected'
  | 'http-failed'
  | 'swept'
  | 'checkpoint'
  | 'checkpoint-differs'
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
  /** The end of the story: how many events it has, and the sum over all of them. */
  seq?: number;
  hash?: string;
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

const property = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** The one way from an error into the log. Knows the shapes of grammY's, Slack's, SQLite's and Postgres's errors. */
export function toSafeError(error: unknown): SafeError {
  if (typeof error !== 'object' || error === null) return { class: typeof error };
  const safe: SafeError = {
    class: aWord(property(error, 'name')) ?? aWord(error.constructor?.name) ?? 'Error',
  };
  const code = aWord(property(property(error, 'data'), 'error')) ?? aWord(property(error, 'code'));
  const http =
    aNumber(property(error, 'error_code')) ??
    aNumber(property(error, 'statusCode')) ??
    aNumber(property(error, 'status'));
  const method = aWord(property(error, 'method'));
  const retryAfter =
    aNumber(property(error, 'retryAfter')) ?? aNumber(property(property(error, 'parameters'), 'retry_after'));
  if (code !== undefined) safe.code = code;
  if (http !== undefined) safe.http = http;
  if (method !== undefined) safe.method = method;
  if (retryAfter !== undefined) safe.retryAfter = retryAfter;
  return safe;
}
