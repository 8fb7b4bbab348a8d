import { LogLevel, webApi } from '@slack/bolt';
import type { Logger } from '@slack/bolt';

/**
 * The clients' own logger would write addresses and bodies. Nothing of theirs is written anywhere: failures come back
 * as errors, and those go through `toSafeError`.
 */
export const silence: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

export type WebClients = {
  /** For a person who waits: one retry, ten seconds. */
  interactive: webApi.WebClient;
  /** For the outbox, which does its own retries: a lost answer must be known as lost. */
  background: webApi.WebClient;
};

/** Options for one Slack client. Never share them: clients write into theirs. */
export const clientOptions = (apiUrl: string | undefined, retries: number): webApi.WebClientOptions => ({
  ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
  timeout: 10_000,
  // One limited method must not hold back every other call of the client.
  rejectRateLimitedCalls: true,
  retryConfig: { retries, minTimeout: 300 },
  logger: silence,
  allowAbsoluteUrls: false,
});

/** Two clients, so that a drained outbox can never keep a form from opening. */
export const webClients = (botToken: string, apiUrl: string | undefined): WebClients => ({
  interactive: new webApi.WebClient(botToken, clientOptions(apiUrl, 1)),
  background: new webApi.WebClient(botToken, clientOptions(apiUrl, 0)),
});
