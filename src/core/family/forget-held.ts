import {
  CONVERSATION_TTL_MS,
  UNCONSENTED_TTL_MS,
  type Conversation,
} from '../register/conversation-state.ts';
import type { OnTimer } from '../register/timers.ts';

/** When the timer `unconsented` of a chat must look at it (Unix ms); null when nothing is held. */
export const heldUntil = ({ held }: Pick<Conversation, 'held'>, now: number): number | null =>
  held.length === 0 ? null : Math.min(...held.map(({ at }) => Math.min(at, now))) + UNCONSENTED_TTL_MS;

/**
 * Forgets words that were said before the notice was answered when their day is over, and with them what they told; the
 * language stays, and the question that waits. What is younger stays until its own day is over. `believed` gives the time
 * to judge by: see `believedTime`.
 */
export function forgetHeld(believed: (now: number) => number): OnTimer {
  return async (unit, { subject: chatId }) => {
    const conversation = await unit.conversations.get(chatId);
    if (!conversation || conversation.held.length === 0) return;
    const now = believed(unit.now);
    const held = conversation.held
      .filter(({ at }) => at + UNCONSENTED_TTL_MS > now)
      // Nothing was said later than now: by such a time it would be kept for longer than a day.
      .map((one) => ({ ...one, at: Math.min(one.at, unit.now) }));
    const told =
      held.length === conversation.held.length
        ? conversation
        : held.length > 0
          ? { ...conversation, facts: {} }
          : { ...conversation, facts: {}, intents: [], danger: null };
    await unit.conversations.set(chatId, { ...told, held }, CONVERSATION_TTL_MS);
    const left = heldUntil({ held }, now);
    if (left !== null) await unit.timers.set('unconsented', chatId, unit.now + left - now);
  };
}

/** Jumps smaller than this are a clock that is being kept right. */
const JUMP_MS = 1_000;

/**
 * The time, slow to believe that it is later: for what can't be undone. A clock that leaps ahead is believed a day
 * after the leap was seen, one that goes back at once. `steady`: ms on a clock that nobody can set; it tells how much time has
 * really passed, but only since the program began: what was wrong then is not found.
 */
export function believedTime(parts: { now: () => number; steady: () => number }): (now: number) => number {
  /** How far the clock was ahead of the steady one, least first, and until when it was so. The last is so now. */
  const seen: { ahead: number; until: number }[] = [];
  const believed = (now: number): number => {
    const steady = parts.steady();
    const ahead = now - steady;
    for (let last = seen.at(-1); last && last.ahead >= ahead; last = seen.at(-1)) seen.pop();
    const last = seen.at(-1);
    if (last && last.until === Infinity && ahead - last.ahead >= JUMP_MS) last.until = steady;
    if (last?.until !== Infinity) seen.push({ ahead, until: Infinity });
    while (seen[0] && seen[0].until + UNCONSENTED_TTL_MS <= steady) seen.shift();
    return steady + (seen[0]?.ahead ?? ahead);
  };
  believed(parts.now());
  return believed;
}
