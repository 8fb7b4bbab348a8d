import type { KyselyPlugin } from 'kysely';
import type { DeskLimits } from '../core/case/wakes.ts';
import type { UnitOfWork } from '../core/register/register.ts';
import { caseFields } from './case-fields.ts';
import { caseKeys } from './case-keys.ts';
import { cases } from './cases.ts';
import { chats } from './chats.ts';
import { consents } from './consents.ts';
import { conversations, drafts } from './conversations.ts';
import { finishEntry } from './inbox.ts';
import type { KeyRing } from './key-ring.ts';
import { messages } from './messages.ts';
import { addErrand, settleErrand } from './outbox.ts';
import { people, takeUps } from './people.ts';
import { recorder } from './record.ts';
import type { Engine, Tx } from './schema.ts';
import { appendStory } from './story.ts';
import { timers } from './timers.ts';
import type { UnitContext } from './unit-context.ts';

type Parts = {
  tx: Tx;
  engine: Engine;
  now: number;
  keys: KeyRing;
  fired: ReadonlySet<string>;
  moved: Set<string>;
  random(this: void, bytes: number): Uint8Array;
  wake(this: void): void;
  limits(this: void, desk: string): DeskLimits;
};

/** One unit of work over an open transaction. `end` writes the story and must be called last; after it the unit is dead. */
export function openUnit(parts: Parts): { unit: UnitOfWork; end(this: void): Promise<void> } {
  let over = false;
  // On SQLite there is one connection: a query that was not awaited would slip into somebody else's transaction.
  const untilTheEnd: KyselyPlugin = {
    transformQuery({ node }) {
      if (over) throw new Error('this unit of work is over');
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  const tx = parts.tx.withPlugin(untilTheEnd);
  const context: UnitContext = {
    ...parts,
    tx,
    caseKeys: caseKeys(tx, parts.keys),
    newId: () => Buffer.from(parts.random(16)).toString('hex'),
    story: [],
    cards: new Set(),
  };
  const unit: UnitOfWork = {
    now: parts.now,
    record: recorder(context, parts.limits),
    inbox: {
      async finish(source) {
        const { first, more } = await finishEntry(context, source);
        if (more) context.wake();
        return first;
      },
    },
    async firstTime(scope, key) {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('seen')
        .values({ scope, key, at: parts.now })
        .onConflict((on) => on.columns(['scope', 'key']).doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    chats: chats(context),
    conversations: conversations(context),
    drafts: drafts(context),
    consents: consents(context),
    cases: cases(context),
    fields: { read: (caseId) => caseFields(context).read(caseId) },
    messages: messages(context),
    people: people(context),
    takeUps: takeUps(context),
    timers: timers(context),
    send: (errand) => addErrand(context, errand),
    async settle(errandId, outcome) {
      await settleErrand(context, errandId, outcome);
      // Its stream may go on.
      context.wake();
    },
  };
  return {
    unit,
    async end() {
      await appendStory(context, context.story);
      over = true;
    },
  };
}
