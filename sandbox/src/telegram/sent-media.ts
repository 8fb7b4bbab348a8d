import { badRequest } from './bot-api-error.ts';
import type { Files } from './files.ts';
import type { Upload } from './read-arguments.ts';
import type { FileRef, Message } from './words.ts';

type Kind = 'photo' | 'voice' | 'document';

const folders = { photo: 'photos', voice: 'voice', document: 'documents' } as const;

/** The file of a sendPhoto, sendVoice or sendDocument: `attach://part` of a multipart body, or a file_id known here. */
export const mediaOf = (
  files: Files,
  kind: Kind,
  source: string,
  uploads: Map<string, Upload>,
  duration: number,
): Pick<Message, Kind> => {
  const ref = source.startsWith('attach://')
    ? uploaded(files, kind, uploads.get(source.slice('attach://'.length)))
    : known(files, source);
  const { file_id, file_unique_id, file_size, mime_type } = ref;
  const sized = file_size === undefined ? {} : { file_size };
  const typed = mime_type === undefined ? {} : { mime_type };
  if (kind === 'photo') return { photo: [{ file_id, file_unique_id, ...sized, width: 800, height: 600 }] };
  if (kind === 'voice') return { voice: { file_id, file_unique_id, ...sized, ...typed, duration } };
  return { document: ref };
};

const uploaded = (files: Files, kind: Kind, upload: Upload | undefined): FileRef => {
  if (!upload) return badRequest(`there is no ${kind} in the request`);
  if (upload.bytes.length === 0) badRequest('file must be non-empty');
  if (kind === 'photo' && upload.bytes.length > 10 * 1024 * 1024)
    badRequest('file of size is too big for a photo');
  return files.add({
    folder: folders[kind],
    bytes: upload.bytes,
    ...(kind === 'document' ? { file_name: upload.file_name } : {}),
    ...(kind === 'photo' ? {} : { mime_type: upload.mime_type }),
  });
};

const known = (files: Files, source: string): FileRef => {
  if (/^https?:/.test(source)) badRequest('failed to get HTTP URL content');
  const found =
    files.get(source) ?? badRequest('wrong remote file identifier specified: Wrong string length');
  const { file_id, file_unique_id, file_size, file_name, mime_type } = found;
  return {
    file_id,
    file_unique_id,
    ...(file_size === undefined ? {} : { file_size }),
    ...(file_name === undefined ? {} : { file_name }),
    ...(mime_type === undefined ? {} : { mime_type }),
  };
};
