import type { State } from '../state.ts';
import type { User } from './words.ts';

export type Command = { command: string; description: string };

export type Webhook = { url: string; secret_token?: string; max_connections: number };

/** What the bot's owner has set, and what the platform knows of its webhook. */
export type BotProfile = {
  /** By `scope/language`. */
  commands: Record<string, Command[]>;
  /** Absent: the default set. */
  allowed_updates?: string[];
  webhook?: Webhook;
  webhook_error?: { date: number; message: string };
};

const seeded: BotProfile = { commands: {} };

export const openProfile = (state: State) => {
  const kind = state.kind<BotProfile>('telegram.profile');
  return {
    get: (): BotProfile => kind.get('bot') ?? seeded,
    change: (part: Partial<BotProfile>) => kind.put('bot', { ...(kind.get('bot') ?? seeded), ...part }),
    /** Leaves out what must be absent rather than empty. */
    drop: (key: 'allowed_updates' | 'webhook' | 'webhook_error') => {
      const { [key]: _dropped, ...rest } = kind.get('bot') ?? seeded;
      kind.put('bot', rest);
    },
  };
};

export type Profile = ReturnType<typeof openProfile>;

export const botUser: User = {
  id: 1000000001,
  is_bot: true,
  first_name: 'Citizen Helpline',
  username: 'citizen_helpline_sandbox_bot',
};
