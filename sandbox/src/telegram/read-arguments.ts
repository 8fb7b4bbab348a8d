import type { Context } from 'hono';
import type { z } from 'zod';
import { BotApiError, badRequest } from './bot-api-error.ts';

/** A file that came with the call, by the name of its form part. */
export type Upload = { bytes: Uint8Array; file_name: string; mime_type: string };

export type RawArguments = { values: Record<string, unknown>; uploads: Map<string, Upload> };

const uploadLimit = 50 * 1024 * 1024;

/** In a form everything is text; these stay so, the rest is JSON inside it. */
const textFields = new Set([
  'text',
  'caption',
  'parse_mode',
  'action',
  'callback_query_id',
  'file_id',
  'url',
  'secret_token',
  'ip_address',
  'language_code',
  'name',
  'description',
  'short_description',
  'photo',
  'voice',
  'document',
]);

/** The call's arguments from query string, JSON, urlencoded or multipart body. */
export const readArguments = async (c: Context): Promise<RawArguments> => {
  const values: Record<string, unknown> = fromForm(Object.entries(c.req.query()));
  const uploads = new Map<string, Upload>();
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (Number(c.req.header('content-length') ?? 0) > uploadLimit + 1024 * 1024)
    throw new BotApiError(413, 'Request Entity Too Large');
  if (type === 'application/json') {
    const body = await c.req.text();
    if (body.trim() !== '') Object.assign(values, parseObject(body));
  } else if (type === 'application/x-www-form-urlencoded') {
    Object.assign(values, fromForm(new URLSearchParams(await c.req.text())));
  } else if (type === 'multipart/form-data') {
    const texts: [string, string][] = [];
    for (const [name, part] of await c.req.formData()) {
      if (typeof part === 'string') texts.push([name, part]);
      else uploads.set(name, { bytes: await part.bytes(), file_name: part.name, mime_type: part.type });
    }
    Object.assign(values, fromForm(texts));
  }
  return { values, uploads };
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
  if (top === 'message_id' && values['message_id'] === undefined)
    return badRequest('message identifier is not specified');
  return badRequest(`can't parse "${place}": ${issue?.message ?? 'not understood'}`);
};

/** For the log of calls: what was sent, with files told in words. */
export const shownArguments = ({ values, uploads }: RawArguments): Record<string, unknown> => ({
  ...values,
  ...Object.fromEntries(
    [...uploads].map(([name, { file_name, bytes }]) => [name, `(file ${file_name}, ${bytes.length} bytes)`]),
  ),
});

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
