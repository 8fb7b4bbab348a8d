import { watch, type FSWatcher } from 'node:fs';
import type { IntentPack } from '../core/intent-pack.ts';
import type { Knowledge } from '../core/knowledge.ts';
import type { Log } from '../core/log.ts';
import type { Route } from '../core/routed.ts';
import { knowledgeFrom } from './knowledge.ts';
import { loadIntentPack } from './load-intents.ts';

/** The pack in force and what follows from it. `knowledge` and `route` always belong to the same pack. */
export type LivingPack = {
  knowledge: () => Knowledge;
  route: () => Route;
  /** Intents in force, for health; and why the last edit was refused, if it was. */
  state: () => { intents: number; languages: number; notices: readonly string[]; refused: string | null };
  close: () => void;
};

/** An editor writes several files in a row: wait until it is quiet. */
const QUIET_MS = 500;

/**
 * Loads the intents folder, and again whenever it is edited. At the start a bad folder is refused by an error that names
 * every fault; later, a bad edit keeps the old pack and is told in `state` and in the log.
 */
export function openLiving(options: {
  folder: string;
  now: () => number;
  train: (pack: IntentPack['router']) => Route;
  log: Log;
}): LivingPack {
  const { folder, now, train, log } = options;
  const load = (): { pack: IntentPack; knowledge: Knowledge; route: Route } => {
    const from = now();
    const pack = loadIntentPack(folder, from);
    const made = { pack, knowledge: knowledgeFrom(pack), route: train(pack.router) };
    log('pack-loaded', { count: pack.intents.size, ms: now() - from });
    return made;
  };
  let current = load();
  let refused: string | null = null;
  let timer: NodeJS.Timeout | undefined;

  const reload = (): void => {
    try {
      current = load();
      refused = null;
    } catch (error) {
      refused = error instanceof Error ? error.message : 'The folder cannot be read.';
      log('pack-refused', { why: 'see-readyz' });
    }
  };
  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(folder, { recursive: true, persistent: false }, () => {
      clearTimeout(timer);
      timer = setTimeout(reload, QUIET_MS);
      timer.unref();
    });
    watcher.on('error', () => {});
  } catch {
    // Without change notices (some network disks) an edit takes effect at the next start.
  }

  return {
    knowledge: () => current.knowledge,
    route: () => current.route,
    state: () => ({
      intents: current.pack.intents.size,
      languages: current.knowledge.languages.length,
      notices: current.pack.notices,
      refused,
    }),
    close() {
      clearTimeout(timer);
      watcher?.close();
    },
  };
}
