import type { InboxEntry, Register } from '../../src/core/register/register.ts';

const atOnce = (): Promise<void> => Promise.resolve();

/** An inbox for one channel's tests: keeps each key once, and fails or waits when told to. */
export function memoryInbox() {
  const kept = new Map<string, InboxEntry>();
  const positions: number[] = [];
  let before = atOnce;
  const put: Register['inbox']['put'] = async (entries, cursor) => {
    await before();
    for (const entry of entries)
      if (!kept.has(entry.source.key))
        kept.set(entry.source.key, { ...entry, attempts: 1, receivedAt: Date.now() });
    if (cursor) positions.push(cursor.position);
  };
  return {
    register: { inbox: { put } },
    positions,
    entries: (): InboxEntry[] => [...kept.values()],
    /** Runs before each later put; throw in it to fail the put. */
    beforePut: (step: () => Promise<void>) => void (before = step),
  };
}
