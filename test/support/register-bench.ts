import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import type { CaseMessage, CaseRecord, FieldValues, Officer } from '../../src/core/case/case-record.ts';
import type { Priority, Status } from '../../src/core/case/case-status.ts';
import { isSituation } from '../../src/core/case/intake-form.ts';
import type { Actor, Happened } from '../../src/core/register/happened.ts';
import type { Register, StoryLine, UnitOfWork, Verdict } from '../../src/core/register/register.ts';
import type { ChannelName } from '../../src/core/words/messages.ts';
import { keyRing, type KeyRing } from '../../src/store/key-ring.ts';
import { openRegister, type RegisterOptions } from '../../src/store/open-register.ts';
import { databaseFile } from '../../src/store/open-sqlite.ts';
import { readingOnly } from '../../src/store/read-only.ts';
import type { Tx } from '../../src/store/schema.ts';
import { storyOfCase } from '../../src/store/story-of-case.ts';
import { macOf, START_OF_STORY } from '../../src/store/story.ts';
import { dataFolder } from './data-folder.ts';
import { verifyDatabase } from '../../src/store/verify.ts';
import { recordedLog } from './recorded-log.ts';

/** A secret as HELPLINE_KEYS and HELPLINE_INDEX_KEY hold it. */
export const secret = (): string => randomBytes(32).toString('base64');

/** One empty store, with a clock that stands still until it is moved. */
export type RegisterBench = {
  engine: 'sqlite' | 'postgres';
  url: string | null;
  dataDir: string;
  keys: KeyRing;
  clock: { now: number };
  log: ReturnType<typeof recordedLog>;
  /** Opens the register; closed by `clean` at the latest. */
  open(this: void, over?: Partial<RegisterOptions>): Promise<Register>;
  /** What the commands that only look are told of it, with the keys that it was opened with last. */
  looking<T>(this: void, job: (tx: Tx) => Promise<T>): Promise<T>;
  verify(this: void): Promise<Verdict>;
  story(this: void, reference: string): Promise<StoryLine[] | null>;
  /** Past the register, as somebody with access to the database might. */
  sql(this: void, text: string): Promise<Record<string, unknown>[]>;
  clean(this: void): Promise<void>;
};

export function registerBench(url: string | null): RegisterBench {
  const dataDir = dataFolder('store');
  const keys = keyRing(`k1:${secret()}`, secret());
  const clock = { now: Date.UTC(2026, 10, 22, 9) };
  const log = recordedLog();
  const opened: Register[] = [];
  let client: Client | null = null;
  const at = { url, dataDir, keys };
  const looking: RegisterBench['looking'] = (job) => readingOnly(at, job);
  return {
    engine: url === null ? 'sqlite' : 'postgres',
    url,
    dataDir,
    keys,
    clock,
    log,
    async open(over = {}) {
      if (url !== null && opened.length === 0) await headOfStory(url, over.keys ?? keys);
      const options = { url, dataDir, keys, now: () => clock.now, log: log.log, ...over };
      const register = await openRegister(options);
      Object.assign(at, { url: options.url, dataDir: options.dataDir, keys: options.keys });
      opened.push(register);
      return register;
    },
    looking,
    async verify() {
      const { events, cases, faults } = await verifyDatabase(at);
      return { events, cases, faults };
    },
    story: (reference) => looking((tx) => storyOfCase(tx, reference)),
    async sql(text) {
      if (url === null) {
        const database = new DatabaseSync(databaseFile(dataDir), { timeout: 5000 });
        try {
          return database.prepare(text).all();
        } finally {
          database.close();
        }
      }
      if (!client) {
        client = new Client({ connectionString: url });
        await client.connect();
      }
      return (await client.query<Record<string, unknown>>(text)).rows;
    },
    async clean() {
      for (const register of opened) await register.close();
      await client?.end();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What `emptyDatabase` took from a database that had a schema already: the head of a story without events. */
async function headOfStory(url: string, keys: KeyRing): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ there: boolean }>(
      "select to_regclass('story_head') is not null as there",
    );
    if (!rows[0]?.there) return;
    const mac = macOf(keys, { seq: 0, hash: START_OF_STORY });
    await client.query(
      'insert into story_head (id, seq, hash, mac) select 1, 0, $1, $2 where not exists (select from events) on conflict do nothing',
      [START_OF_STORY, mac],
    );
  } finally {
    await client.end();
  }
}

export const ASHA: Officer = { id: 'U1', name: 'Asha Rao' };
export const DEV: Officer = { id: 'U2', name: 'Dev Nair' };

type Opening = {
  channel: ChannelName;
  desk: string;
  priority: Priority;
  country: string | null;
  language: string;
  needs: Extract<Happened, { kind: 'opened' }>['needs'];
  formDone: boolean;
  due: number | null;
  values: FieldValues;
  by: Actor;
  /** Taken by this officer at once. */
  owner: Officer;
  /** Moved there at once; only where a received case may go. */
  status: Status;
};

/** Opens a case for the Telegram chat `address`. Its card is asked for, as for every new case. */
export async function openCase(
  unit: UnitOfWork,
  address = '501',
  over: Partial<Opening> = {},
): Promise<CaseRecord> {
  const { by, owner, status, ...given } = over;
  const chat = await unit.chats.open('telegram', address);
  const opened = await unit.record({
    by: by ?? { family: chat.id },
    case: null,
    kind: 'opened',
    reference: await unit.cases.freshReference(),
    chatId: chat.id,
    desk: 'desk',
    channel: 'telegram',
    priority: 'P2',
    country: 'RU',
    language: 'hi',
    needs: ['army-contract'],
    formDone: false,
    due: null,
    values: {},
    ...given,
  });
  let { one } = opened;
  if (owner) ({ one } = await unit.record({ by: { staff: owner }, case: one.id, kind: 'taken' }));
  return status ? move(unit, one, status) : one;
}

/** Moves a case as ASHA, with DEV as the second officer where one is needed. */
export async function move(
  unit: UnitOfWork,
  { id, status: from }: CaseRecord,
  to: Status,
  over: Partial<Extract<Happened, { kind: 'status' }>> = {},
): Promise<CaseRecord> {
  const { one } = await unit.record({
    by: { staff: ASHA },
    case: id,
    kind: 'status',
    from,
    to,
    told: false,
    due: null,
    second: to === 'raised_with_russia' || to === 'death_confirmed' ? DEV.id : null,
    beyondConsent: false,
    voice: null,
    ...over,
  });
  return one;
}

type Words = Extract<Happened, { kind: 'wrote' }>['words'];

const words = (text: string, over: Partial<Words>): Words => ({
  text,
  attachment: null,
  language: 'hi',
  platformId: null,
  edits: null,
  at: 1000,
  ...over,
});

/** The family of a case writes. */
export async function wrote(
  unit: UnitOfWork,
  { id, chatId }: Pick<CaseRecord, 'id' | 'chatId'>,
  text: string,
  over: Partial<Words> = {},
): Promise<CaseMessage> {
  const said = await unit.record({
    by: { family: chatId },
    case: id,
    kind: 'wrote',
    words: words(text, over),
  });
  return said.message;
}

/** The desk answers, promising to be heard of again by `due`. */
export async function replied(
  unit: UnitOfWork,
  { id }: Pick<CaseRecord, 'id'>,
  text: string,
  {
    by = ASHA,
    due = null,
    language = 'hi',
    ...over
  }: Partial<Words> & { by?: Officer; due?: number | null; language?: string } = {},
): Promise<CaseMessage> {
  const said = await unit.record({
    by: { staff: by },
    case: id,
    kind: 'replied',
    words: { ...words(text, over), language },
    due,
  });
  return said.message;
}

/** Answers of the form, as the family gives them. */
export async function told(
  unit: UnitOfWork,
  { id, chatId, country, needs }: CaseRecord,
  values: FieldValues,
  by: Actor = { family: chatId },
): Promise<CaseRecord> {
  const { one } = await unit.record({
    by,
    case: id,
    kind: 'told',
    values,
    country,
    needs: needs.filter(isSituation),
  });
  return one;
}
