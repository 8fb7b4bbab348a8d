import type { App } from '@slack/bolt';
import { SocketModeReceiver } from '@slack/bolt';
import { clientOptions, silence } from './web-clients.ts';

/** One open Socket Mode connection. */
export type Socket = {
  /** Resolves when the connection has ended, whoever ended it. */
  ended: Promise<void>;
  close(): void;
};

const HELLO_MS = 20_000;

/**
 * Opens one connection and resolves once Slack has said hello. A fresh receiver each time and without its own
 * reconnecting: that one waits five seconds while deaf, slows down to hours in a long outage, and takes the whole
 * process along when Slack refuses the token. Rejects when there is no connection within 20 s.
 */
export async function openSocket(appToken: string, apiUrl: string | undefined, app: App): Promise<Socket> {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: silence,
    installerOptions: { clientOptions: clientOptions(apiUrl, 0) },
    processEventErrorHandler: () => Promise.resolve(false),
  });
  receiver.init(app);
  surviveOddMessages(receiver);
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  receiver.client.once('disconnected', () => resolve());
  const close = (): void => void receiver.stop().catch(() => {});
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('Slack did not say hello')), HELLO_MS);
  try {
    await Promise.race([receiver.start(), late]);
  } catch (error) {
    close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return { ended, close };
}

/**
 * The client reads each message in an async listener that nobody awaits: one of a shape it does not know (Slack's
 * `app_rate_limited` has no inner event) would end the process.
 */
function surviveOddMessages({ client }: SocketModeReceiver): void {
  const readers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  // What fails stays unacknowledged: Slack sends again what it wants to be answered.
  const read = async (message: unknown[]): Promise<void> => {
    for (const reader of readers) {
      const done: unknown = Reflect.apply(reader, client, message);
      await done;
    }
  };
  client.on('ws_message', (...message: unknown[]) => void read(message).catch(() => {}));
}
