import type { RichText } from './rich-text.ts';

/** The channels on which people can be heard and answered. */
export type ChannelName = 'telegram' | 'slack';

/** A file that stays on the platform; only its handle is kept. */
export type Attachment = {
  kind: 'photo' | 'voice' | 'video' | 'document';
  /** The platform's handle for fetching it later. */
  file: string;
  name?: string;
  seconds?: number;
  bytes?: number;
};

/** What somebody said or did in a private chat. */
export type Content =
  | { kind: 'text'; text: string }
  | { kind: 'command'; command: string }
  | { kind: 'press'; button: string }
  | { kind: 'attachment'; attachment: Attachment; caption: string; album?: string }
  | { kind: 'contact'; phone: string; name: string; own: boolean }
  /** A place on the map. The coordinates are dropped at the door and never reach the core. */
  | { kind: 'location' }
  | { kind: 'unsupported' }
  | { kind: 'blocked' }
  | { kind: 'unblocked' };

/** The inbox entry that a message came from: the key by which a second delivery is known. */
export type Source = { name: ChannelName; key: string };

/** One thing heard, in the core's own words. */
export type InboundMessage = {
  source: Source;
  /** Where it was said. Only used to find the stored chat; answers go to the stored chat's address. */
  channel: ChannelName;
  address: string;
  /** The platform's id of the message, by which a later edit finds it; absent for presses and blocks. */
  messageId?: string;
  edited: boolean;
  /** Unix ms, by the platform's clock. */
  at: number;
  /** The language that the person's app is set to, a hint only. */
  appLanguage?: string;
  /** Staff of the desk, writing from Slack: no notice, no form. `mayOpen`: their role lets them record a case. */
  staff?: { id: string; name: string; mayOpen: boolean };
  content: Content;
};

/** A button under a message. `id` ≤ 64 bytes; it names a choice, never a person or a recipient. */
export type Button = { id: string; label: string };

/** A message as it shall be shown, before any channel's markup. */
export type Outgoing = { text: RichText; buttons: Button[][]; language: string };
