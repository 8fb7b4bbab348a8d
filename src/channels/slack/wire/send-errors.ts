import { webApi } from '@slack/bolt';
import type { Sent } from '../../../core/register/outbox.ts';

/** What came of a call to Slack that did not answer "ok", sorted by what the caller can do. */
export type Failure = {
  sent: Exclude<Sent, { outcome: 'sent' }>;
  /** Slack's error word, or our own. */
  code: string;
  /** A person of the operation has to do something. */
  needsHelp: boolean;
};

const MINUTE = 60_000;

/** The message or its thread is no longer there, or may no longer be written over. */
export const GONE = new Set([
  'message_not_found',
  'thread_not_found',
  'cant_update_message',
  'edit_window_closed',
]);

/** The channel is out of reach until somebody lets the app in. */
const CHANNEL = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
]);

/** The app itself is out until somebody mends its token or scopes. */
const APP = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'no_permission',
  'missing_scope',
  'not_allowed_token_type',
  'access_denied',
  'ekm_access_denied',
  'team_access_not_granted',
  'org_login_required',
  'team_not_found',
  'enterprise_is_restricted',
]);

/** Slack says of these that some of the call may have succeeded. */
const PERHAPS = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

/** Connections that were never made: nothing can have been sent. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const wait = (ms: number | null, code: string, needsHelp = false): Failure => ({
  sent: { outcome: 'wait', ms, why: code },
  code,
  needsHelp,
});
const unknown = (code: string): Failure => ({
  sent: { outcome: 'unknown', why: code },
  code,
  needsHelp: false,
});
const never = (why: 'gone' | 'refused', code: string, needsHelp = false): Failure => ({
  sent: { outcome: 'never', why },
  code,
  needsHelp,
});

/** The code of the innermost cause: `fetch` wraps what went wrong in "fetch failed". */
function networkCode(error: unknown, depth = 4): string {
  if (!(error instanceof Error) || depth === 0) return 'network';
  const inner = networkCode(error.cause, depth - 1);
  if (inner !== 'network') return inner;
  return 'code' in error && typeof error.code === 'string' && /^[A-Z][A-Z_]{3,40}$/.test(error.code)
    ? error.code
    : 'network';
}

/**
 * Sorts what a Web API call threw. A lost answer is `unknown`: the call may have been carried out. Anything that Slack
 * refuses for what it is (`invalid_blocks` …) is `refused`: sending it again would not help.
 */
export function sortFailure(error: unknown): Failure {
  if (error instanceof webApi.WebAPIRateLimitedError) return wait(error.retryAfter * 1000, 'ratelimited');
  if (error instanceof webApi.WebAPIHTTPError)
    return error.statusCode === 503 || error.statusCode === 429
      ? wait(null, `http_${error.statusCode}`)
      : error.statusCode >= 500
        ? unknown(`http_${error.statusCode}`)
        : wait(MINUTE, `http_${error.statusCode}`, true);
  if (error instanceof webApi.WebAPIRequestError) {
    const code = networkCode(error.original);
    return UNSENT.has(code) ? wait(null, code) : unknown(code);
  }
  if (error instanceof webApi.WebAPIPlatformError) return sortWord(error.data.error);
  return unknown('unexpected');
}

function sortWord(code: string): Failure {
  if (code === 'ratelimited' || code === 'rate_limited' || code === 'message_limit_exceeded')
    return wait(30_000, code);
  if (GONE.has(code)) return never('gone', code);
  if (CHANNEL.has(code)) return wait(5 * MINUTE, code, true);
  if (APP.has(code)) return wait(5 * MINUTE, code, true);
  if (PERHAPS.has(code)) return unknown(code);
  return never('refused', code, true);
}

/** True when the channel, and not the app, is what is out of reach. */
export const isChannelFailure = (failure: Failure): boolean => CHANNEL.has(failure.code);
