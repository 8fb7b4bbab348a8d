import { PostgresDialect } from 'kysely';
import { Client, Pool, types } from 'pg';

const RECONNECT_MS = 2000;
/** Notified at commit, so that other processes wake up. */
export const CHANNEL = 'helpline_work';
/** Held for as long as a process lives that delivers: any number that nobody else uses. */
const DELIVERY_LOCK = 7_433_591;

/** Kysely over a pool. Times and counts arrive as numbers: all of ours are far below 2⁵³. */
export function postgresDialect(url: string): PostgresDialect {
  const pool = new Pool({
    connectionString: url,
    max: 10,
    types: {
      getTypeParser: (oid, format) =>
        oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format),
    },
  });
  // Without a listener an idle connection that breaks would end the process; the next query finds out by itself.
  pool.on('error', () => {});
  return new PostgresDialect({ pool });
}

/** Calls `onWake` when another process than `self` has committed work. Comes back by itself when the connection breaks. */
export async function listenForWork(
  url: string,
  self: string,
  onWake: () => void,
): Promise<{ close(): Promise<void>; isAlone(): Promise<boolean> }> {
  let closed = false;
  let delivers = false;
  let client: Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  const connect = async (): Promise<void> => {
    const fresh = new Client({ connectionString: url });
    client = fresh;
    let broken = false;
    const again = (): void => {
      if (broken || closed) return;
      broken = true;
      timer = setTimeout(() => void connect(), RECONNECT_MS);
      timer.unref();
      fresh.end().catch(() => {});
    };
    fresh.on('error', again);
    fresh.on('end', again);
    fresh.on('notification', ({ payload }) => {
      if (payload !== self) onWake();
    });
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      if (delivers) await lockDelivery(fresh);
      // Something may have been committed while nobody listened.
      onWake();
    } catch {
      again();
    }
  };
  await connect();
  return {
    /** True when no other living process holds the lock; this one then holds it until its connection ends. */
    async isAlone() {
      delivers = true;
      return client !== null && lockDelivery(client);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}

/** True when this session now holds the lock. It ends with the session, so a process that dies frees it at once. */
async function lockDelivery(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
    DELIVERY_LOCK,
  ]);
  return rows[0]?.got ?? false;
}
