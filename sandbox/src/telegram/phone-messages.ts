import { z } from 'zod';
import { refuse } from '../control.ts';
import { codePoints } from './code-points.ts';
import type { Files } from './files.ts';
import { ownContact, type Content } from './people.ts';
import { placeholderBytes } from './placeholder-files.ts';
import type { User } from './words.ts';

const user = z.int().positive();

const details = z.strictObject({
  caption: z.string().max(1024).optional(),
  file_name: z.string().min(1).optional(),
  duration: z.int().min(0).optional(),
  mime_type: z.string().min(1).optional(),
  base64: z.base64().optional(),
  /** Claims this size, so that the download limit can be met without the bytes. */
  file_size: z.int().positive().optional(),
});

const attachment = z.union([z.literal(true).transform((): z.infer<typeof details> => ({})), details]);

type Attachment = z.infer<typeof details>;

/** What `POST /control/telegram/messages` takes. */
export const phoneMessage = z.strictObject({
  user,
  name: z.string().min(1).optional(),
  language_code: z.string().min(2).optional(),
  text: z.string().min(1).optional(),
  photo: attachment.optional(),
  voice: attachment.optional(),
  document: attachment.optional(),
  contact: z
    .strictObject({
      phone_number: z.string().min(3),
      first_name: z.string().min(1),
      own: z.boolean().optional(),
    })
    .optional(),
  location: z
    .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
    .optional(),
  edit_message_id: z.int().positive().optional(),
  media_group_id: z.string().min(1).optional(),
  reply_to_message_id: z.int().positive().optional(),
});

type PhoneMessage = z.infer<typeof phoneMessage>;

/** One control call as the messages a phone would send: only a long text becomes several. */
export const contents = (sent: PhoneMessage, sender: User, files: Files): Content[] => {
  const kinds = ['text', 'photo', 'voice', 'document', 'contact', 'location'] as const;
  const given = kinds.filter((kind) => sent[kind] !== undefined);
  if (given.length !== 1) return refuse(400, `Give exactly one of ${kinds.join(', ')}.`);
  const group = sent.media_group_id === undefined ? {} : { media_group_id: sent.media_group_id };
  const { text, photo, voice, document, contact, location } = sent;
  if (text !== undefined) return splitText(text).map((part) => ({ text: part }));
  if (location) return [{ location }];
  if (contact) {
    const { own, ...card } = contact;
    return [{ contact: own ? { ...ownContact(sender), ...card } : card }];
  }
  if (photo) return [{ ...caption(photo), ...group, photo: [small(files), large(files, photo)] }];
  if (voice) {
    const ref = files.add({ ...fileOf('voice', voice), mime_type: voice.mime_type ?? 'audio/ogg' });
    return [{ ...caption(voice), voice: { ...ref, duration: voice.duration ?? 7 } }];
  }
  const paper = document ?? {};
  const ref = files.add({
    ...fileOf('documents', paper),
    file_name: paper.file_name ?? 'document.pdf',
    mime_type: paper.mime_type ?? 'application/pdf',
  });
  return [{ ...caption(paper), ...group, document: ref }];
};

const caption = ({ caption }: Attachment): { caption?: string } => (caption === undefined ? {} : { caption });

const fileOf = (folder: 'photos' | 'voice' | 'documents', { base64, file_size }: Attachment) => ({
  folder,
  bytes: base64 === undefined ? placeholderBytes(folder) : Buffer.from(base64, 'base64'),
  file_size,
});

const small = (files: Files) => ({
  ...files.add({ folder: 'photos', bytes: placeholderBytes('photos') }),
  width: 90,
  height: 68,
});

const large = (files: Files, given: Attachment) => ({
  ...files.add(fileOf('photos', given)),
  width: 1280,
  height: 960,
});

/** A phone cuts a text at 4096 characters (code points) and sends the rest after it. */
const splitText = (text: string): string[] => {
  const letters = codePoints(text);
  return Array.from({ length: Math.ceil(letters.length / 4096) }, (_, part) =>
    letters.slice(part * 4096, (part + 1) * 4096).join(''),
  );
};
