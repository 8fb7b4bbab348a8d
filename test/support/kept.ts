import { mkdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkedPacks } from '../../src/checked-pack.ts';
import type { PackContent } from '../../src/intents/load-intents.ts';

const KEPT = join(tmpdir(), 'helpline-test-kept');

/** Lets a helpline use what earlier runs have read and learned; how that is done has tests of its own. */
export function shareKept(dataDir: string): void {
  for (const name of ['router', 'intents']) {
    const shared = join(KEPT, name);
    mkdirSync(shared, { recursive: true });
    symlinkSync(shared, join(dataDir, name), 'junction');
  }
}

/** The real intents folder, read once for all runs. */
export const realIntents: PackContent = await checkedPacks({ dataDir: KEPT, now: Date.now })('intents');
