import { z } from 'zod';
import { badRequest } from './bot-api-error.ts';
import type { Files } from './files.ts';
import { method, type Method } from './method.ts';

/** What the Bot API lets a bot download. */
const downloadLimit = 20 * 1024 * 1024;

export const fileMethods = (files: Files): Record<string, Method> => ({
  getFile: method(z.strictObject({ file_id: z.string() }), ({ file_id }) => {
    const found = files.get(file_id) ?? badRequest('invalid file_id');
    const { file_unique_id, file_size, file_path } = found;
    if ((file_size ?? 0) > downloadLimit) badRequest('file is too big');
    return { file_id, file_unique_id, ...(file_size === undefined ? {} : { file_size }), file_path };
  }),
});
