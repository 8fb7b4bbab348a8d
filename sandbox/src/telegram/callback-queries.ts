import { createHash } from 'node:crypto';
import type { EmulatorDeps } from '../emulator.ts';
import { badRequest } from './bot-api-error.ts';
import type { CallbackQuery, Message, User } from './words.ts';

type Asked = { user: number; message_id: number; data: string; at: number; answered: boolean };

/** Telegram names no deadline; reports lie between a few seconds and some twenty. The phone's spinner stops then, too. */
const answerWithin = 15_000;

/** A message this old reaches the bot as an InaccessibleMessage. */
const accessibleFor = 48 * 60 * 60;

/** Pressed inline buttons: each waits for one answer, for a short time. */
export const openCallbackQueries = ({
  state,
  random,
  now,
}: Pick<EmulatorDeps, 'state' | 'random' | 'now'>) => {
  const asked = state.kind<Asked>('telegram.callback');
  const open = (one: Asked) => !one.answered && now() - one.at <= answerWithin;
  return {
    ask(from: User, message: Message, data: string): CallbackQuery {
      const id = Array.from({ length: 18 }, () => Math.floor(random() * 10))
        .join('')
        .replace(/^0/, '4');
      for (const { id: old, value } of asked.list()) if (!open(value)) asked.delete(old);
      asked.put(id, { user: from.id, message_id: message.message_id, data, at: now(), answered: false });
      const accessible = now() / 1000 - message.date < accessibleFor;
      const { chat, message_id } = message;
      return {
        id,
        from,
        message: accessible ? message : { chat, message_id, date: 0 },
        chat_instance: createHash('sha256').update(String(from.id)).digest().readBigInt64BE().toString(),
        data,
      };
    },
    /** Takes the one answer, or refuses in Telegram's words. Returns whose spinner stops. */
    answer(id: string): number {
      const query = asked.get(id);
      if (!query || !open(query))
        return badRequest('query is too old and response timeout expired or query ID is invalid');
      asked.put(id, { ...query, answered: true });
      return query.user;
    },
    waiting: (user: number): { message_id: number; data: string }[] =>
      asked
        .list()
        .filter(({ value }) => value.user === user && open(value))
        .map(({ value: { message_id, data } }) => ({ message_id, data })),
  };
};

export type CallbackQueries = ReturnType<typeof openCallbackQueries>;
