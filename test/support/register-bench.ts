import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import type { CaseRecord } from '../../src/core/case/case-record.ts';
import type { ChatRecord, NewCase, NewMessage, Register, UnitOfWork } from '../../src/core/register/register.ts';
import { keyRing, type KeyRing } from '../../src/store/key-ring.ts';
import { openRegister, type RegisterOptions } from '../../src/store/open-register.ts';
import { databaseFile } from '../../src/store/open-sqlite.ts';
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
  /** Past the register, as somebody with access to the database might. */
  sql(this: void, text: string): Promise<Record<string, unknown>[]>;
  clean(this: void): Promise<void>;
};

export function registerBench(url: string | null): RegisterBench {
  const dataDir = mkdtempSync(join(tmpdir(), 'helpline-store-'));
  const keys = keyRing(`k1:${secret()}`, secret());
  const clock = { now: Date.UTC(2026, 10, 22, 9) };
  const log = recordedLog();
  const opened: Register[] = [];
  let client: Client | null = null;
  return {
    engine: url === null ? 'sqlite' : 'postgres',
    url,
    dataDir,
    keys,
    clock,
    log,
    async open(over = {}) {
      const register = await openRegister({
        url,
        dataDir,
        keys,
        now: () => clock.now,
        log: log.log,
        ...over,
      });
      opened.push(register);
      return register;
    },
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

export const newCase = (chat: ChatRecord, reference: string, over: Partial<NewCase> = {}): NewCase => ({
  reference,
  chatId: chat.id,
  status: 'received',
  priority: 'P2',
  owner: null,
  country: 'RU',
  language: 'hi',
  needs: ['army-contract'],
  reportedStatus: null,
  formDone: false,
  createdAt: 1000,
  familyAt: 1000,
  deskAt: null,
  nextContactAt: null,
  ...over,
});

/** Opens a case for the Telegram chat `address`. */
export async function openCase(
  unit: UnitOfWork,
  address = '501',
  over: Partial<NewCase> = {},
): Promise<CaseRecord> {
  const chat = await unit.chats.open('telegram', address);
  return unit.cases.open(newCase(chat, await unit.cases.freshReference(), over));
}

export const newMessage = (caseId: string, text: string, over: Partial<NewMessage> = {}): NewMessage => ({
  caseId,
  from: 'family',
  author: null,
  text,
  attachment: null,
  language: 'hi',
  at: 1000,
  delivery: null,
  failure: null,
  platformId: null,
  edits: null,
  ...over,
});
