import type { State } from '../state.ts';
import type { FileRef } from './words.ts';

type FileRecord = FileRef & { file_path: string; base64: string; folder: string };

export type NewFile = {
  folder: 'photos' | 'voice' | 'documents';
  bytes: Uint8Array;
  file_name?: string | undefined;
  mime_type?: string | undefined;
  /** Claims another size than the bytes have, so that the 20 MB limit can be tried cheaply. */
  file_size?: number | undefined;
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export const randomId = (random: () => number, length: number): string =>
  Array.from({ length }, () => letters.charAt(Math.floor(random() * letters.length))).join('');

/** The files that people and the bot have sent. */
export const openFiles = ({ state, random }: { state: State; random: () => number }) => {
  const files = state.kind<FileRecord>('telegram.file');
  return {
    add({ folder, bytes, file_name, mime_type, file_size }: NewFile): FileRef {
      const number = state.next('telegram.file');
      const extension =
        /\.\w+$/.exec(file_name ?? '')?.[0] ?? { photos: '.jpg', voice: '.oga', documents: '.bin' }[folder];
      const ref: FileRef = {
        file_id: `AgAC${randomId(random, 60)}`,
        file_unique_id: `AQAD${randomId(random, 12)}`,
        file_size: file_size ?? bytes.length,
        ...(file_name === undefined ? {} : { file_name }),
        ...(mime_type === undefined ? {} : { mime_type }),
      };
      const record = { ...ref, folder, file_path: `${folder}/file_${number}${extension}` };
      files.put(ref.file_id, { ...record, base64: Buffer.from(bytes).toString('base64') });
      return ref;
    },
    get: (id: string) => files.get(id),
    byPath: (path: string) => files.list().find(({ value }) => value.file_path === path)?.value,
  };
};

export type Files = ReturnType<typeof openFiles>;
