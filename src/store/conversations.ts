import { Keyv } from 'keyv';
import type { Conversation } from '../core/register/conversation-state.ts';
import type { UnitOfWork } from '../core/register/register.ts';
import { keyvStore } from './keyv-store.ts';
import type { UnitContext } from './unit-context.ts';

/**
 * A Keyv over this unit's transaction, so that what is forgotten and what is kept cannot disagree. It has no listener
 * for errors: with one, Keyv would answer `undefined` when the store is down.
 */
const keyv = <Value>({ tx, keys, now }: UnitContext, namespace: string): Keyv<Value> =>
  new Keyv<Value>({
    store: keyvStore(tx, keys, () => now, namespace),
    namespace,
    checkExpired: false,
  });

async function set<Value>(to: Keyv<Value>, key: string, value: Value, ttl: number): Promise<void> {
  if (!(await to.set(key, value, ttl))) throw new Error('Keyv did not store a value');
}

export function conversations(unit: UnitContext): UnitOfWork['conversations'] {
  const stored = keyv<Conversation>(unit, 'conversation');
  return {
    get: async (chatId) => (await stored.get(chatId)) ?? null,
    set: (chatId, conversation, ttlMs) => set(stored, chatId, conversation, ttlMs),
    forget: async (chatId) => void (await stored.delete(chatId)),
  };
}

export function drafts(unit: UnitContext): UnitOfWork['drafts'] {
  const stored = keyv<string>(unit, 'draft');
  return {
    get: async (key) => (await stored.get(key)) ?? null,
    set: (key, text, ttlMs) => set(stored, key, text, ttlMs),
  };
}
