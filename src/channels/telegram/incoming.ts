import type { Attachment, Content, InboundMessage } from '../../core/words/messages.ts';
import type { TelegramFile, TelegramMessage, TelegramUpdate } from './update-shape.ts';

/**
 * What an update says in the core's words; null for what is not ours: groups, channels, other bots, Telegram's own
 * notes. `receivedAt` (Unix ms) stands in where Telegram gives no time.
 */
export function toInbound(update: TelegramUpdate, receivedAt: number): InboundMessage | null {
  const source = { name: 'telegram', key: String(update.update_id) } as const;
  const heard =
    fromMessage(update, receivedAt) ?? fromPress(update, receivedAt) ?? fromMembership(update, receivedAt);
  return heard && { source, channel: 'telegram', ...heard };
}

type Heard = Omit<InboundMessage, 'source' | 'channel'>;

function fromMessage({ message, edited_message: edit }: TelegramUpdate, receivedAt: number): Heard | null {
  const said = message ?? edit;
  if (said?.chat.type !== 'private' || said.from?.id !== said.chat.id || said.from.is_bot) return null;
  const edited = message === undefined;
  const content = contentOf(said, edited);
  return (
    content && {
      address: String(said.chat.id),
      messageId: String(said.message_id),
      edited,
      at: millis(edited ? (said.edit_date ?? said.date) : said.date) ?? receivedAt,
      ...appLanguage(said.from),
      content,
    }
  );
}

function fromPress({ callback_query: press }: TelegramUpdate, receivedAt: number): Heard | null {
  if (press?.data === undefined || press.message?.chat.type !== 'private') return null;
  if (press.from.id !== press.message.chat.id) return null;
  return {
    address: String(press.from.id),
    edited: false,
    at: receivedAt,
    ...appLanguage(press.from),
    content: { kind: 'press', button: press.data },
  };
}

function fromMembership({ my_chat_member: change }: TelegramUpdate, receivedAt: number): Heard | null {
  if (change?.chat.type !== 'private') return null;
  const kind = ({ kicked: 'blocked', member: 'unblocked' } as const)[change.new_chat_member.status];
  return kind
    ? {
        address: String(change.chat.id),
        edited: false,
        at: millis(change.date) ?? receivedAt,
        ...appLanguage(change.from),
        content: { kind },
      }
    : null;
}

const millis = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * 1000;

const appLanguage = (from: { language_code?: string | undefined }): { appLanguage?: string } =>
  from.language_code ? { appLanguage: from.language_code } : {};

function contentOf(message: TelegramMessage, edited: boolean): Content | null {
  const { text, contact, caption } = message;
  if (text !== undefined) {
    // A corrected message is never carried out: /cancel typed over an old text must not cancel anything.
    const command = edited ? null : commandIn(text);
    return command ? { kind: 'command', command } : { kind: 'text', text };
  }
  const attachment = attachmentOf(message);
  if (attachment) {
    const album = message.media_group_id;
    return { kind: 'attachment', attachment, caption: caption ?? '', ...(album ? { album } : {}) };
  }
  if (contact) {
    const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ');
    return { kind: 'contact', phone: contact.phone_number, name, own: contact.user_id === message.from?.id };
  }
  // A shared live location comes again and again as an edit.
  if (message.location !== undefined || message.venue !== undefined)
    return edited ? null : { kind: 'location' };
  if (isTelegramsNote(message)) return null;
  return caption ? { kind: 'text', text: caption } : { kind: 'unsupported' };
}

/** One word may follow (a deep link's payload, a reference); more is somebody speaking, and then every word counts. */
const command = /^\/([a-z]\w{0,31})(?:@\w{1,64})?(?:\s+\S{1,64})?$/i;

const commandIn = (text: string): string | null =>
  text.length <= 256 ? (command.exec(text.trim())?.[1]?.toLowerCase() ?? null) : null;

function attachmentOf(message: TelegramMessage): Attachment | null {
  // Telegram lists the sizes of a photo from small to large.
  const photo = message.photo?.at(-1);
  if (photo) return attachment('photo', photo);
  const voice = message.voice ?? message.audio;
  if (voice) return attachment('voice', voice);
  // An animation comes with a document beside it, for old clients.
  const video = message.video ?? message.video_note ?? message.animation;
  if (video) return attachment('video', video);
  return message.document ? attachment('document', message.document) : null;
}

const attachment = (kind: Attachment['kind'], file: TelegramFile): Attachment => ({
  kind,
  file: file.file_id,
  ...(file.file_name === undefined ? {} : { name: file.file_name }),
  ...(file.duration === undefined ? {} : { seconds: file.duration }),
  ...(file.file_size === undefined ? {} : { bytes: file.file_size }),
});

const isTelegramsNote = (message: TelegramMessage): boolean =>
  [
    message.pinned_message,
    message.message_auto_delete_timer_changed,
    message.chat_background_set,
    message.write_access_allowed,
    message.forum_topic_created,
  ].some((note) => note !== undefined);
