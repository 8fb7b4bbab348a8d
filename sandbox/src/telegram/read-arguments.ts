import type { Context } from 'hono';
import type { z } from 'zod';
import { BotApiError, badRequest } from './bot-api-error.ts';

const bodyLimit = 1024 * 1024;

/** In a form everything is text; these stay so, the rest is JSON inside it. */
const textFields = new Set([
  'text',
  'parse_mode',
  'action',
  'callback_query_id',
  'file_id',
  'url',
  'secret_token',
  'language_code',
]);

/** The call's arguments from query string, JSON or urlencoded body. */
export const readArguments = async (c: Context): Promise<Record<string, unknown>> => {
  const values: Record<string, unknown> = fromForm(Object.entries(c.req.query()));
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (Number(c.req.header('content-length') ?? 0) > bodyLimit)
    throw new BotApiError(413, 'Request Entity Too Large');
  if (type === 'application/json') {
    const body = await c.req.text();
    if (body.trim() !== '') Object.assign(values, parseObject(body));
  } else if (type === 'application/x-www-form-urlencoded') {
    Object.assign(values, fromForm(new URLSearchParams(await c.req.text())));
  }
  return values;
};

/** Checks arguments against a method's own; what it does not know or cannot read is refused. */
export const checkArguments = <T>(schema: z.ZodType<T>, values: Record<string, unknown>): T => {
  const read = schema.safeParse(values);
  if (read.success) return read.data;
  const { issues } = read.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const place = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys')
    return badRequest(`unknown field "${issue.keys[0]}"${place && ` in ${place}`}`);
  const top = issue?.path[0];
  if (top === 'chat_id' && values['chat_id'] === undefined) return badRequest('chat_id is empty');
  if (top === 'text' && values['text'] === undefined) return badRequest('message text is empty');
  return badRequest(`can't parse "${place}": ${issue?.message ?? 'not understood'}`);
};

const fromForm = (fields: Iterable<[string, string]>): Record<string, unknown> =>
  Object.fromEntries([...fields].map(([name, text]) => [name, textFields.has(name) ? text : unpacked(text)]));

const unpacked = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const parseObject = (body: string): object => {
  const parsed = unpacked(body);
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? parsed
    : badRequest("can't parse the JSON body");
};
