import type { Officer } from '../../../core/case/case-record.ts';
import type { Press } from './desk-handler.ts';
import type { Handling, HandlerParts } from './handling.ts';

type Handle = (press: Press) => Promise<void>;

/** Taking a case, taking it over, and giving it back. */
export function taking(
  { desk, hasLeft }: HandlerParts,
  { change }: Handling,
): { take: Handle; takeOver: Handle; release: Handle } {
  /** An officer who has left must not keep a case locked. */
  const ownerOf = async ({ staff, value }: Press): Promise<{ owner: Officer | null; ownerLeft: boolean }> => {
    const seen = await desk.look(staff, value);
    const owner = seen.done && seen.card.owner?.id !== staff.id ? seen.card.owner : null;
    return { owner, ownerLeft: seen.done && owner !== null && (await hasLeft(owner.id, seen.card.desk)) };
  };
  /** The button of a free case: a head who pressed it a moment too late does not mean to take the case from anybody. */
  const take = change(async (press) => {
    const { owner, ownerLeft } = await ownerOf(press);
    if (owner && !ownerLeft) return { done: false, why: 'taken', owner };
    return desk.take(press.staff, press.value, press.key, { ownerLeft, owner: owner?.id ?? null });
  });
  const takeOver = change(async (press) => {
    const { owner, ownerLeft } = await ownerOf(press);
    return desk.take(press.staff, press.value, press.key, { ownerLeft, owner: owner?.id ?? null });
  });
  const release = change(async (press) => {
    const { owner, ownerLeft } = await ownerOf(press);
    return desk.release(press.staff, press.value, press.key, { ownerLeft, owner: owner?.id ?? null });
  });
  return { take, takeOver, release };
}
