import type { z } from 'zod';

/** An answer with `ok: false`. `messages` go into response_metadata, as Slack does for invalid arguments. */
export class SlackError extends Error {
  override name = 'SlackError';
  readonly code: string;
  readonly messages: string[];
  constructor(code: string, messages: string[] = []) {
    super(code);
    this.code = code;
    this.messages = messages;
  }
}

/** Zod's complaints in Slack's words: `[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text]`. */
export const complaints = (error: z.ZodError, root = ''): string[] =>
  error.issues.map((issue) => {
    const pointer = [root, ...issue.path.map(String)].join('/');
    return `[ERROR] ${inSlackWords(issue)} [json-pointer:${pointer || '/'}]`;
  });

const inSlackWords = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'too_big')
    return issue.origin === 'string'
      ? `must be less than ${Number(issue.maximum) + 1} characters`
      : `no more than ${issue.maximum} items allowed`;
  if (issue.code === 'too_small')
    return issue.origin === 'string'
      ? `must be more than ${Number(issue.minimum) - 1} characters`
      : `must provide at least ${issue.minimum} items`;
  if (issue.code === 'unrecognized_keys') return `invalid additional property: ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_union') return 'unsupported type';
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return `missing required field: ${String(issue.path.at(-1) ?? '')}`;
  return issue.message;
};
