import type { Tx } from './schema.ts';

const KEPT_MS = 30 * 24 * 3600_000;

/** Forgets what has had its time. Returns how many went. */
export async function sweep(tx: Tx, now: number): Promise<number> {
  const gone = [
    await tx.deleteFrom('sessions').where('expires_at', '<=', now).executeTakeFirstOrThrow(),
    await tx
      .deleteFrom('inbox')
      .where('state', '=', 'done')
      .where('done_at', '<=', now - KEPT_MS)
      .executeTakeFirstOrThrow(),
    await tx
      .deleteFrom('seen')
      .where('at', '<=', now - KEPT_MS)
      .executeTakeFirstOrThrow(),
  ];
  await tx
    .deleteFrom('lanes')
    .where('head', 'is', null)
    .where('free_at', '<=', now - KEPT_MS)
    .execute();
  return gone.reduce((total, { numDeletedRows }) => total + Number(numDeletedRows), 0);
}
