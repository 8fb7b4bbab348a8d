import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backup, type DatabaseSync } from 'node:sqlite';

const KEPT = 5;
const NAME = /^helpline-\d{4}-.*\.db$/;

/**
 * Copies the database into `<dataDir>/backups/` while it is in use, and keeps the newest five. As sealed as the
 * database itself; the keys are not in it. Returns the file.
 */
export async function backUp(database: DatabaseSync, dataDir: string, now: number): Promise<string> {
  const folder = join(dataDir, 'backups');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const time = new Date(now).toISOString().replaceAll(':', '-');
  const file = join(folder, `helpline-${time}-${randomBytes(2).toString('hex')}.db`);
  const draft = `${file}.part`;
  try {
    await backup(database, draft);
    chmodSync(draft, 0o600);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  const old = readdirSync(folder)
    .filter((name) => NAME.test(name))
    .toSorted()
    .slice(0, -KEPT);
  for (const name of old) rmSync(join(folder, name), { force: true });
  return file;
}
