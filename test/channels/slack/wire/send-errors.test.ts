import { webApi } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { adviceFor } from '../../../../src/channels/slack/wire/advice.ts';
import { sortFailure } from '../../../../src/channels/slack/wire/send-errors.ts';

const platform = (error: string) => new webApi.WebAPIPlatformError({ ok: false, error });
const network = (code?: string) =>
  new webApi.WebAPIRequestError(
    new TypeError(
      'fetch failed',
      code === undefined ? {} : { cause: Object.assign(new Error('x'), { code }) },
    ),
  );

describe('what Slack threw', () => {
  test.each([
    [
      'a rate limit waits as long as Slack says',
      new webApi.WebAPIRateLimitedError(7),
      { outcome: 'wait', ms: 7000 },
    ],
    ['a refused connection was never made', network('ECONNREFUSED'), { outcome: 'wait' }],
    ['a name that is not found was never asked', network('ENOTFOUND'), { outcome: 'wait' }],
    ['a connection that broke may have carried it', network('ECONNRESET'), { outcome: 'unknown' }],
    ['a socket that was closed may have carried it', network('UND_ERR_SOCKET'), { outcome: 'unknown' }],
    [
      'a time-out may have carried it',
      new webApi.WebAPIRequestError(new DOMException('late', 'TimeoutError')),
      { outcome: 'unknown' },
    ],
    ['no word at all may have carried it', network(), { outcome: 'unknown' }],
    ['a server error may have carried it', new webApi.WebAPIHTTPError(500, 'x', {}), { outcome: 'unknown' }],
    ['an unavailable server has not', new webApi.WebAPIHTTPError(503, 'x', {}), { outcome: 'wait' }],
    ['an internal error may have, Slack says', platform('internal_error'), { outcome: 'unknown' }],
    ['a card that is gone is gone', platform('message_not_found'), { outcome: 'never', why: 'gone' }],
    [
      'a channel out of reach is waited for',
      platform('not_in_channel'),
      { outcome: 'wait', why: 'not_in_channel' },
    ],
    ['a revoked token is waited for', platform('token_revoked'), { outcome: 'wait', why: 'token_revoked' }],
    [
      'what Slack refuses is refused for good',
      platform('invalid_blocks'),
      { outcome: 'never', why: 'refused' },
    ],
    ['something else is not known', new Error('x'), { outcome: 'unknown' }],
  ])('%s', (_, error, sent) => {
    expect(sortFailure(error).sent).toMatchObject(sent);
  });

  test.each(['channel_not_found', 'is_archived', 'invalid_auth', 'missing_scope', 'invalid_blocks'])(
    '%s asks for help and has advice',
    (code) => {
      expect(sortFailure(platform(code)).needsHelp).toBe(true);
      expect(adviceFor(code)).not.toContain('answers');
    },
  );
});
