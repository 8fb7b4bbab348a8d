import type { EmulatorDeps } from '../emulator.ts';
import { refuse } from '../control.ts';
import type { TelegramEntity } from '../views.ts';
import { botUser } from './bot-profile.ts';
import type { CallbackQueries } from './callback-queries.ts';
import { chatOf, type ChatRecord, type Chats } from './chats.ts';
import { plainText } from './message-text.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { Message, User } from './words.ts';

export type Person = { user: number; name?: string | undefined; language_code?: string | undefined };

/** What is in a message beside who sent it, where and when. */
export type Content = Pick<
  Message,
  'text' | 'caption' | 'photo' | 'voice' | 'document' | 'contact' | 'location' | 'media_group_id'
>;

export type PeopleDeps = Pick<EmulatorDeps, 'state' | 'changes' | 'now'> & {
  chats: Chats;
  queue: UpdateQueue;
  callbacks: CallbackQueries;
};

/** What the people on the other side do: each act changes their chat and queues an update, in one commit. */
export const people = ({ state, changes, now, chats, queue, callbacks }: PeopleDeps) => {
  const seconds = () => Math.floor(now() / 1000);

  /** The person's chat, with name and language as they are now. */
  const meet = ({ user, name, language_code }: Person): ChatRecord => {
    const known = chats.get(user);
    const [first = `Person ${user}`, ...rest] = (name ?? '').split(' ').filter((word) => word !== '');
    const last = rest.join(' ');
    const { user: before, ...chat } = known ?? { user: undefined, started: false, blocked: false };
    const named: User =
      before && name === undefined
        ? before
        : { id: user, is_bot: false, first_name: first, ...(last === '' ? {} : { last_name: last }) };
    const language = language_code ?? before?.language_code;
    return { ...chat, user: { ...named, ...(language === undefined ? {} : { language_code: language }) } };
  };

  const send = (person: Person, content: Content, replyTo?: number): number => {
    const chat = meet(person);
    mayWrite(chat);
    const { reply_to_message: _nested, ...quoted } =
      (replyTo === undefined ? undefined : chats.message(person.user, replyTo)) ?? {};
    if (replyTo !== undefined && !('message_id' in quoted))
      return refuse(404, `There is no message ${replyTo} in this chat.`);
    const message: Message = {
      message_id: chats.nextMessageId(),
      from: chat.user,
      chat: chatOf(chat.user),
      date: seconds(),
      ...('message_id' in quoted ? { reply_to_message: quoted } : {}),
      ...marked(content),
    };
    state.atomically(() => {
      chats.put({ ...chat, started: true });
      chats.putMessage(message);
      queue.add(person.user, { message });
    });
    changes.changed({ target: 'telegram', user: person.user });
    return message.message_id;
  };

  const edit = (person: Person, id: number, text: string): void => {
    const chat = meet(person);
    mayWrite(chat);
    const before = chats.message(person.user, id);
    if (!before || before.from.is_bot) return refuse(404, `This person has sent no message ${id}.`);
    if (before.contact || before.location) refuse(400, 'A contact or a location has no text to edit.');
    const { entities: _old, caption_entities: _older, ...kept } = before;
    const message: Message = {
      ...kept,
      edit_date: seconds(),
      ...marked(before.text === undefined ? { caption: text } : { text }),
    };
    state.atomically(() => {
      chats.put(chat);
      chats.putMessage(message);
      queue.add(person.user, { edited_message: message });
    });
    changes.changed({ target: 'telegram', user: person.user });
  };

  const block = (user: number, blocked: boolean): void => {
    const chat = chats.get(user) ?? refuse(404, 'This person has never written to the bot.');
    if (chat.blocked === blocked) return;
    const member = { user: botUser, status: 'member' } as const;
    const kicked = { user: botUser, status: 'kicked', until_date: 0 } as const;
    state.atomically(() => {
      chats.put({ ...chat, blocked });
      queue.add(user, {
        my_chat_member: {
          chat: chatOf(chat.user),
          from: chat.user,
          date: seconds(),
          old_chat_member: blocked ? member : kicked,
          new_chat_member: blocked ? kicked : member,
        },
      });
    });
    changes.changed({ target: 'telegram', user });
  };

  /** Presses a button by its label or data: an inline one, else one of the reply keyboard. */
  const press = (user: number, wanted: { label?: string; data?: string }, messageId?: number): void => {
    const chat = chats.get(user) ?? refuse(404, 'This person has never written to the bot.');
    mayWrite(chat);
    const found = chats
      .messages(user)
      .filter(
        (message) => message.from.is_bot && (messageId === undefined || message.message_id === messageId),
      )
      .toReversed()
      .flatMap((message) =>
        (message.reply_markup?.inline_keyboard.flat() ?? []).map((button) => ({ message, button })),
      )
      .find(({ button }) =>
        wanted.data === undefined ? button.text === wanted.label : button.callback_data === wanted.data,
      );
    // A link opens on the phone; the bot never hears of it.
    if (found?.button.url !== undefined) return;
    if (found?.button.callback_data !== undefined) {
      state.atomically(() => {
        queue.add(user, {
          callback_query: callbacks.ask(chat.user, found.message, found.button.callback_data ?? ''),
        });
      });
      return changes.changed({ target: 'telegram', user });
    }
    const key =
      messageId === undefined && chat.keyboard?.rows.flat().find(({ text }) => text === wanted.label);
    if (!key) return refuse(404, 'There is no such button to press.');
    if (chat.keyboard?.one_time) {
      const { keyboard: _hidden, ...rest } = chat;
      chats.put(rest);
    }
    send({ user }, key.request_contact ? { contact: ownContact(chat.user) } : { text: key.text });
  };

  return { meet, send, edit, block, press };
};

export type People = ReturnType<typeof people>;

/** The contact card a phone sends when asked for its own number. */
export const ownContact = (user: User): NonNullable<Message['contact']> => ({
  phone_number: `91${String(user.id).padStart(10, '9').slice(-10)}`,
  first_name: user.first_name,
  ...(user.last_name === undefined ? {} : { last_name: user.last_name }),
  user_id: user.id,
});

const marked = (
  content: Content,
): Content & { entities?: TelegramEntity[]; caption_entities?: TelegramEntity[] } => {
  const entities = content.text === undefined ? [] : plainText(content.text).entities;
  const captioned = content.caption === undefined ? [] : plainText(content.caption).entities;
  return {
    ...content,
    ...(entities.length > 0 ? { entities } : {}),
    ...(captioned.length > 0 ? { caption_entities: captioned } : {}),
  };
};

const mayWrite = (chat: ChatRecord): void => {
  if (chat.blocked) refuse(409, 'This person has blocked the bot. Unblock it first.');
};
