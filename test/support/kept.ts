import { mkdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkedPacks } from '../../src/learned/checked-pack.ts';
import { packFrom, type PackContent } from '../../src/intents/load-intents.ts';
import type { Router } from '../../src/router/router.ts';
import { trainedRouters } from '../../src/learned/trained-router.ts';

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

/** The router of the real intents, learned once for all runs. */
export const realRouter = (): Promise<Router> =>
  trainedRouters({ dataDir: KEPT, now: Date.now, log: () => {} })(packFrom(realIntents, Date.now()).router);
