import type { Answer } from '../api-call.ts';

/** A refusal in Telegram's own words. */
export class BotApiError extends Error {
  code: number;
  parameters: { retry_after: number } | undefined;
  constructor(code: number, description: string, parameters?: { retry_after: number }) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export const badRequest = (what: string): never => {
  throw new BotApiError(400, `Bad Request: ${what}`);
};

export const tooManyRequests = (retryAfter: number): BotApiError =>
  new BotApiError(429, `Too Many Requests: retry after ${retryAfter}`, { retry_after: retryAfter });

export const errorAnswer = ({ code, message, parameters }: BotApiError): Answer => ({
  status: code,
  body: { ok: false, error_code: code, description: message, ...(parameters ? { parameters } : {}) },
  ...(parameters ? { headers: { 'retry-after': String(parameters.retry_after) } } : {}),
});
