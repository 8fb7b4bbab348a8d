import { PostgresDialect } from 'kysely';
import { Client, Pool, types } from 'pg';

const RECONNECT_MS = 2000;
/** Notified at commit, so that other processes wake up. */
export const CHANNEL = 'helpline_work';

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
): Promise<{ close(): Promise<void> }> {
  let closed = false;
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
      // Something may have been committed while nobody listened.
      onWake();
    } catch {
      again();
    }
  };
  await connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
