import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 2 * 1024 ** 3;

/**
 * An empty folder for a test's database. In memory where Linux offers enough of it: a test waits for the disk half of its
 * time, and a process that is killed loses nothing of either. Whoever makes it removes it.
 */
export const dataFolder = (name: string): string => mkdtempSync(join(place(), `helpline-${name}-`));

function place(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ENOUGH_BYTES ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}
