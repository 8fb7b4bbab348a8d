import type { Contact, Intent } from './intent-pack.ts';
import { isShown } from './contacts-file.ts';
import { dayOf } from './shapes.ts';

/** What staff should look at, though the pack can be used: one sentence each. `now` in ms. */
export function listNotices(
  intents: ReadonlyMap<string, Intent>,
  contacts: ReadonlyMap<string, Contact>,
  now: number,
): string[] {
  const today = dayOf(now);
  const stale = [...intents.values()]
    .filter((intent) => today > intent.reviewBy)
    .map(
      (intent) =>
        `${intent.id}: review was due on ${intent.reviewBy}${intent.failClosed ? '; the answer is withheld' : ''}`,
    );
  const hidden = [...contacts.values()]
    .filter((contact) => !isShown(contact, now))
    .map(
      (contact) =>
        `contact ${contact.id}: ${contact.checkedBy || contact.kind === 'url' ? 'expired' : 'not signed'}, so not shown`,
    );
  return [...stale, ...hidden];
}
