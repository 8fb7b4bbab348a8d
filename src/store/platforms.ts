import type { Platforms } from '../core/register/platforms.ts';
import type { Db, Tx } from './schema.ts';

/** For what somebody wants to open a register, and what they know of its past. */
export type PlatformsClaim = {
  mine: Platforms;
  /** Tokens are set, so it is no accident that the platforms are these. */
  withTokens: boolean;
  /** The sandbox has kept its own state beside this register before. */
  demoWasHere: boolean;
};

const MOVE = '`npm run -s helpline -- platforms --move`';
const NAMES = { demo: 'demo', bot: 'telegram-bot', channel: 'slack-channel' } as const;

/** What the register is for, or null when nobody has said so yet. */
export async function readPlatforms(db: Db): Promise<Platforms | null> {
  const rows = await db.selectFrom('settings').selectAll().execute();
  const settings = new Map(rows.map(({ name, value }) => [name, value]));
  const [demo, bot, channel] = [NAMES.demo, NAMES.bot, NAMES.channel].map((name) => settings.get(name));
  return demo === undefined || bot === undefined || channel === undefined
    ? null
    : { demo: demo === 'yes', bot, channel };
}

/**
 * Throws, with what to do, when the register belongs to other platforms: a helpline on the wrong data would send what
 * waits there to the wrong place. `inUse`: the register's tables are there. Changes nothing.
 */
export async function checkPlatforms(
  db: Db,
  claim: PlatformsClaim,
  at: { inUse: boolean; postgres: boolean },
): Promise<void> {
  const tables = await db.introspection.getTables();
  const known = tables.some(({ name }) => name === 'settings') ? await readPlatforms(db) : null;
  const wrong = known === null ? await wrongToAdopt(db, claim, at) : wrongFor(known, claim.mine);
  if (wrong !== null) throw new Error(wrong);
}

/** Remembers what the register is for from now on, unless it is known already. */
export const rememberPlatforms = (db: Db, mine: Platforms): Promise<void> => write(db, mine, false);

/**
 * The register is for these from now on. With another bot the numbers of its updates begin anew: what the old ones left
 * behind would make new messages look read, or seen before.
 */
export async function movePlatforms(tx: Tx, to: Platforms): Promise<void> {
  const from = await readPlatforms(tx);
  await write(tx, to, true);
  if (from?.bot === to.bot && from.demo === to.demo) return;
  await tx.deleteFrom('cursors').where('source', '=', 'telegram').execute();
  await tx.deleteFrom('inbox').where('source', '=', 'telegram').where('state', '=', 'done').execute();
}

async function write(db: Db | Tx, { demo, bot, channel }: Platforms, over: boolean): Promise<void> {
  const rows = [
    { name: NAMES.demo, value: demo ? 'yes' : 'no' },
    { name: NAMES.bot, value: bot },
    { name: NAMES.channel, value: channel },
  ];
  await db
    .insertInto('settings')
    .values(rows)
    .onConflict((on) =>
      over
        ? on.column('name').doUpdateSet((e) => ({ value: e.ref('excluded.value') }))
        : on.column('name').doNothing(),
    )
    .execute();
}

function wrongFor(known: Platforms, mine: Platforms): string | null {
  if (known.demo && mine.demo) return null;
  if (known.demo)
    return (
      'This data belongs to the demo, whose families are not real. Give the real helpline its own: DATA_DIR=./data-real, ' +
      `or an empty database. To take the demo's data along on purpose: ${MOVE}`
    );
  if (mine.demo)
    return (
      `This data belongs to a real helpline (bot ${known.bot}, channel ${known.channel}). Set the tokens again, or give the ` +
      `demo its own data: DATA_DIR=./data-demo, and no DATABASE_URL. To make it the demo's on purpose: ${MOVE}`
    );
  if (known.bot === mine.bot && known.channel === mine.channel) return null;
  return (
    `This data belongs to bot ${known.bot} and channel ${known.channel}; the settings name bot ${mine.bot} and channel ` +
    `${mine.channel}. Put the old ones back, or use other data (DATA_DIR, DATABASE_URL). If the helpline has moved on purpose: ${MOVE}`
  );
}

/** Nobody has said yet what the register is for: it is new, or older than this question. */
async function wrongToAdopt(
  db: Db,
  { mine, withTokens, demoWasHere }: PlatformsClaim,
  { inUse, postgres }: { inUse: boolean; postgres: boolean },
): Promise<string | null> {
  if (withTokens) return null;
  if (postgres)
    return (
      'DATABASE_URL is set and no token is: the demo does not take a database that is not known to be its own. Set the tokens, ' +
      `or leave DATABASE_URL out. To give it to the demo on purpose: ${MOVE}`
    );
  if (!inUse || !(await holdsAnything(db))) return null;
  if (demoWasHere && !(await hasCardElsewhere(db, mine.channel))) return null;
  return (
    "This data may belong to a real helpline: families have written, and nothing shows that it is the demo's. Set the tokens " +
    `again, or give the demo its own data: DATA_DIR=./data-demo. If it is the demo's: ${MOVE}`
  );
}

async function holdsAnything(db: Db): Promise<boolean> {
  for (const table of ['chats', 'inbox', 'outbox'] as const) {
    const { count } = await db
      .selectFrom(table)
      .select((e) => e.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    if (count > 0) return true;
  }
  return false;
}

/** Data that was tried as a demo and then used for real holds cards that no sandbox ever showed. */
const hasCardElsewhere = async (db: Db, channel: string): Promise<boolean> =>
  (await db
    .selectFrom('cases')
    .select('id')
    .where('card_channel', 'is not', null)
    .where('card_channel', '<>', channel)
    .limit(1)
    .executeTakeFirst()) !== undefined;
