import type { InboundMessage, Source } from '../../src/core/words/messages.ts';
import { telegramChannel, type TelegramOptions } from '../../src/channels/telegram/telegram-channel.ts';
import type { CallView, TelegramChatView } from '../../sandbox/src/views.ts';
import { memoryInbox } from './memory-inbox.ts';
import { recordedLog } from './recorded-log.ts';
import { telegramSandbox } from './telegram-sandbox.ts';

/** The sandbox's Telegram, with what people do there by name. A refused act fails the test. */
export async function telegramStreet() {
  const { sandbox, token, apiRoot, call, control, look, clearFaults } = await telegramSandbox();
  const act = async (path: string, body: object): Promise<void> => {
    const { status, body: answer } = await control(path, body);
    if (status !== 200) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  };
  return {
    token,
    apiRoot,
    url: sandbox.url,
    call,
    mount: (app: Parameters<typeof sandbox.mount>[0]) => sandbox.mount(app),
    close: () => sandbox.close(),
    says: (user: number, text: string) => act('telegram/messages', { user, text }),
    sends: (user: number, what: object) => act('telegram/messages', { user, ...what }),
    presses: (user: number, label: string) => act('telegram/presses', { user, label }),
    blocks: (user: number, blocked: boolean) => act('telegram/blocks', { user, blocked }),
    fault: (mode: string, more: object = {}) =>
      act('faults', { target: 'telegram', mode, seconds: 60, ...more }),
    clearFaults,
    replays: (last: number, order: 'same' | 'reversed') => act('telegram/replay', { last, order }),
    async chat(user: number): Promise<TelegramChatView> {
      // oxlint-disable-next-line no-unsafe-type-assertion -- the sandbox's own view
      return (await look(`telegram/chats/${user}`)) as TelegramChatView;
    },
    async calls(method: string): Promise<CallView[]> {
      // oxlint-disable-next-line no-unsafe-type-assertion -- the sandbox's own view
      const calls = (await look('calls?target=telegram')) as CallView[];
      return calls.filter((one) => one.method === method);
    },
  };
}

export type TelegramStreet = Awaited<ReturnType<typeof telegramStreet>>;

/** A channel with an inbox, a log and a helpline that can all be looked into. Waits are noted and cut to a few ms. */
export function channelOn(
  { token, apiRoot }: { token: string; apiRoot: string },
  {
    inbox = memoryInbox(),
    ...more
  }: Partial<TelegramOptions> & { inbox?: ReturnType<typeof memoryInbox> } = {},
) {
  const received: InboundMessage[] = [];
  const ignored: Source[] = [];
  const waits: number[] = [];
  const recorded = recordedLog();
  const channel = telegramChannel({
    token,
    apiRoot,
    register: inbox.register,
    helpline: {
      receive: async (message) => void received.push(message),
      ignore: async (source) => void ignored.push(source),
    },
    now: Date.now,
    log: recorded.log,
    random: () => 0.5,
    sleep: async (ms) => {
      waits.push(ms);
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    },
    ...more,
  });
  return { channel, inbox, received, ignored, waits, ...recorded };
}
