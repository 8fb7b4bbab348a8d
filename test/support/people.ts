import { setTimeout as pause } from 'node:timers/promises';
import type {
  CallView,
  SlackChannelView,
  SlackMessageView,
  SlackViewsView,
  TelegramBubble,
  TelegramChatView,
} from '../../sandbox/src/views.ts';

/** The control API of a sandbox, for people to act through. */
export type Control = ReturnType<typeof control>;

export function control(url: string) {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/control/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${path}: ${answer}`);
    // The control API is ours: its shapes are those of views.ts.
    return JSON.parse(answer);
  };
  return {
    url,
    get: <T>(path: string): Promise<T> => call<T>('GET', path),
    post: <T>(path: string, body: unknown): Promise<T> => call<T>('POST', path, body),
    calls: (target: 'telegram' | 'slack') => call<CallView[]>('GET', `calls?target=${target}`),
  };
}

/** Asks again until the answer is there; fails with what was last seen. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  ms = 45_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for: ${what}`);
    await pause(30);
  }
}

/** A family on Telegram. Buttons are pressed by their id, so that one story holds in every language. */
export function family(ctl: Control, user: number, name: string, appLanguage = 'en') {
  const chat = () => ctl.get<TelegramChatView>(`telegram/chats/${user}`);
  const bubbles = async (): Promise<TelegramBubble[]> =>
    (await chat()).bubbles.filter((bubble) => bubble.from === 'bot');
  let seen = 0;

  /** The next message of the bot that fits; those before it are passed over. */
  async function hears(pattern: RegExp | string): Promise<TelegramBubble> {
    const bubble = await until(`${name} to hear ${pattern}`, async () => {
      const all = await bubbles();
      const index = all.findIndex((each, i) => i >= seen && fits(each, pattern));
      if (index < 0) return null;
      seen = index + 1;
      return all[index];
    });
    return bubble;
  }
  return {
    user,
    chat,
    bubbles,
    hears,
    says: (text: string) => ctl.post('telegram/messages', { user, name, text, language_code: appLanguage }),
    sends: (what: Record<string, unknown>) => ctl.post('telegram/messages', { user, name, ...what }),
    presses: (data: string) => ctl.post('telegram/presses', { user, data }),
    blocks: (blocked: boolean) => ctl.post('telegram/blocks', { user, blocked }),
  };
}

/** A text of the bubble, or the id of a button under it. */
const fits = (bubble: TelegramBubble, pattern: RegExp | string): boolean =>
  typeof pattern === 'string'
    ? (bubble.buttons ?? []).flat().some((button) => button.callback_data === pattern)
    : pattern.test(bubble.text ?? '');

/** Somebody of the desk, in Slack. */
export function officer(ctl: Control, user = 'UMEERA') {
  const triage = async (): Promise<SlackMessageView[]> =>
    (await ctl.get<SlackChannelView>('slack/channels/triage')).messages;
  const cardOf = (reference: string) =>
    until(`a card of ${reference}`, async () =>
      (await triage()).find((message) => message.text.includes(reference)),
    );
  const modal = async () => (await ctl.get<SlackViewsView>(`slack/views/${user}`)).stack.at(-1);
  return {
    user,
    triage,
    cardOf,
    cards: async (reference: string) =>
      (await triage()).filter((message) => message.text.includes(reference)),
    /** Waits until the card shows what is wanted. */
    sees: (reference: string, pattern: RegExp) =>
      until(`the card of ${reference} to show ${pattern}`, async () => {
        const card = (await triage()).find((message) => message.text.includes(reference));
        return (
          card &&
          pattern.test(
            JSON.stringify([card.text, card.blocks, (card.replies ?? []).map((reply) => reply.text)]),
          ) &&
          card
        );
      }),
    async presses(reference: string, action: string, value?: unknown) {
      const card = await cardOf(reference);
      return ctl.post<{ ok: boolean }>('slack/presses', {
        user,
        channel: 'triage',
        ts: card.ts,
        action_id: action,
        ...(value === undefined ? {} : { value }),
      });
    },
    opens: (callback: string) =>
      until(`the form ${callback}`, async () => {
        const open = await modal();
        return open?.callback_id === callback && !open.busy && open;
      }),
    modal,
    chooses: (action: string, value: unknown) =>
      ctl.post('slack/presses', { user, action_id: action, value }),
    submits: (values: Record<string, unknown> = {}) =>
      ctl.post<{ ok: boolean; errors?: Record<string, string> }>(`slack/views/${user}/submit`, { values }),
    closes: () => ctl.post(`slack/views/${user}/close`, {}),
    writes: (text: string, channel = 'dm') => ctl.post('slack/messages', { user, channel, text }),
    dm: async (): Promise<SlackMessageView[]> =>
      (await ctl.get<SlackChannelView>(`slack/channels/dm:${user}`)).messages,
  };
}
