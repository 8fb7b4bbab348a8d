import { watch, type FSWatcher } from 'node:fs';
import type { IntentPack } from './intent-pack.ts';
import type { FactPack } from '../facts/fact-pack.ts';
import type { ReadFacts } from '../core/family/facts.ts';
import type { Knowledge } from '../core/case/knowledge.ts';
import { toSafeError, type Log } from '../core/log.ts';
import type { Route } from '../core/family/routed.ts';
import { knowledgeFrom } from './knowledge.ts';
import { packFrom, type PackContent } from './load-intents.ts';

/** The pack in force and what follows from it. */
export type LivingPack = {
  knowledge: () => Knowledge;
  /** Always of the same pack as `knowledge`. Throws while there is none. */
  route: () => Route;
  facts: () => ReadFacts;
  /** When the first pack's router is there, or can't be had; never rejects. */
  settled: Promise<void>;
  /** Intents in force, for health; what is amiss with the router; and why the last edit was refused, if it was. */
  state: () => {
    intents: number;
    languages: number;
    notices: readonly string[];
    router: 'ready' | 'learning' | 'failed';
    refused: string | null;
  };
  close: () => void;
};

/** Gives what stands in a folder; rejects with an error that names every fault. */
type Read = (folder: string) => Promise<PackContent>;

/** Gives the route of a pack, at once or after learning. Rejects when the signal ends it. */
export type Train = (pack: IntentPack['router'], signal: AbortSignal) => Promise<Route>;

/** An editor writes several files in a row: wait until it is quiet. */
const QUIET_MS = 500;

/**
 * Loads the intents folder, and again whenever it is edited. At the start a bad folder is refused by an error that names
 * every fault; later, a bad edit keeps the old pack and is told in `state` and in the log. An edit is in force when its
 * router has been trained, not before; one that comes meanwhile takes its place.
 */
export async function openLiving(options: {
  folder: string;
  now: () => number;
  read: Read;
  train: Train;
  readFacts: (pack: FactPack) => ReadFacts;
  log: Log;
}): Promise<LivingPack> {
  const { folder, now, read, train, readFacts, log } = options;
  const load = async (): Promise<Loaded> => {
    const from = now();
    const pack = packFrom(await read(folder), from);
    log('pack-loaded', { count: pack.intents.size, ms: now() - from });
    return { pack, knowledge: knowledgeFrom(pack), facts: readFacts(pack.facts), route: null };
  };
  let current = await load();
  let reloads = 0;
  let refused: string | null = null;
  let router: 'ready' | 'learning' | 'failed' = 'learning';
  let training = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const { promise: settled, resolve: settle } = Promise.withResolvers<void>();

  /** Puts the pack in force with its route, unless a later one has taken its place. */
  async function enforce(next: Loaded): Promise<void> {
    training.abort();
    const { signal } = (training = new AbortController());
    try {
      const route = await train(next.pack.router, signal);
      if (signal.aborted) return;
      current = { ...next, route };
      router = 'ready';
      refused = null;
    } catch (error) {
      if (signal.aborted) return;
      log('router-failed', { error: toSafeError(error) });
      if (current.route) refused = 'The router could not be trained on it.';
      else router = 'failed';
    }
    settle();
  }
  async function reload(): Promise<void> {
    const mine = ++reloads;
    try {
      const next = await load();
      if (mine === reloads) await enforce(next);
    } catch (error) {
      if (mine !== reloads) return;
      refused = error instanceof Error ? error.message : 'The folder cannot be read.';
      log('pack-refused', { why: 'see-readyz' });
    }
  }
  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(folder, { recursive: true, persistent: false }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void reload(), QUIET_MS);
      timer.unref();
    });
    watcher.on('error', () => {});
  } catch {
    // Without change notices (some network disks) an edit takes effect at the next start.
  }

  void enforce(current);
  return {
    knowledge: () => current.knowledge,
    route() {
      if (!current.route) throw new Error('There is no router yet');
      return current.route;
    },
    facts: () => current.facts,
    settled,
    state: () => ({
      intents: current.pack.intents.size,
      languages: current.knowledge.languages.length,
      notices: current.pack.notices,
      router,
      refused,
    }),
    close() {
      reloads++;
      clearTimeout(timer);
      watcher?.close();
      training.abort();
    },
  };
}

type Loaded = { pack: IntentPack; knowledge: Knowledge; facts: ReadFacts; route: Route | null };
