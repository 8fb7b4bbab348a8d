import { existsSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import { idsOf, type Desks } from '../core/case/desks.ts';
import type { Log } from '../core/log.ts';
import { type DesksFrom, loadDesks } from './load-desks.ts';

/** The desks in force. */
export type LivingDesks = {
  desks: () => Desks;
  /** For health: how many, whether a file says so, and why its last edit was refused, if it was. */
  state: () => { desks: number; fromFile: boolean; refused: string | null };
  close: () => void;
};

/** An editor may write a file in several steps: wait until it is quiet. */
const QUIET_MS = 500;

/**
 * Loads the desk file, and again whenever it is edited. At the start a bad file is refused by an error that names every
 * fault; later, a bad edit keeps the old desks and is told in `state` and in the log. So does taking the file away: nobody
 * shall become an officer by that.
 */
export function livingDesks(
  options: DesksFrom & {
    file: string;
    /** Told of every edit that is in force now. */
    changed?: () => void;
    log: Log;
    now: () => number;
  },
): LivingDesks {
  const { file, changed, log, now, triageChannel, inUse = [] } = options;
  const load = (from: DesksFrom): Desks => {
    const began = now();
    const read = loadDesks(file, from);
    log('desks-loaded', { count: read.length, ms: now() - began });
    return read;
  };
  let current = load({ triageChannel, inUse });
  let fromFile = existsSync(file);
  let refused: string | null = null;
  let timer: NodeJS.Timeout | undefined;

  function reload(): void {
    try {
      if (fromFile && !existsSync(file)) throw new Error(`${basename(file)} is gone: put it back`);
      const inForce = current.flatMap(idsOf);
      current = load({ triageChannel, inUse: [...new Set([...inUse, ...inForce])] });
      fromFile = existsSync(file);
      refused = null;
    } catch (error) {
      refused = error instanceof Error ? error.message : `${basename(file)} cannot be read.`;
      log('desks-refused', { why: 'see-readyz' });
      return;
    }
    changed?.();
  }

  let watcher: FSWatcher | null = null;
  try {
    // The folder, since many editors put a new file in the old one's place.
    watcher = watch(dirname(file), { persistent: false }, (_, name) => {
      if (name !== null && name !== basename(file)) return;
      clearTimeout(timer);
      timer = setTimeout(reload, QUIET_MS);
      timer.unref();
    });
    watcher.on('error', () => {});
  } catch {
    // Without change notices (some network disks) an edit takes effect at the next start.
  }

  return {
    desks: () => current,
    state: () => ({ desks: current.length, fromFile, refused }),
    close() {
      clearTimeout(timer);
      watcher?.close();
    },
  };
}
