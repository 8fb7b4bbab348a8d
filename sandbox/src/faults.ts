import type { CallView } from './views.ts';

export type Target = CallView['target'];

/**
 * `down`: the connection is cut unanswered. `apply-then-drop`: the call takes effect, then the connection is cut.
 * `hang`: nothing is done and nothing answered; when the fault ends, the connection is cut. `refuse`: Slack answers
 * `ok: false` with the fault's `error`.
 */
export const faultModes = [
  'down',
  'rate-limit',
  'server-error',
  'apply-then-drop',
  'hang',
  'refuse',
] as const;
export type FaultMode = (typeof faultModes)[number];

export type Fault = {
  target: Target;
  mode: FaultMode;
  /** Probability that a call is hit, 0..1. */
  rate: number;
  /** Seconds told to a rate-limited client. */
  retry_after: number;
  /** The word that `refuse` answers. */
  error?: string | undefined;
  /** Unix milliseconds. */
  until: number;
};

/** The faults in force. One a target: a new one takes the place of the old. */
export type Faults = {
  set(fault: Omit<Fault, 'until'> & { seconds: number }): void;
  clear(): void;
  /** The fault in force, whether or not the next call is hit. */
  inForce(target: Target): Fault | undefined;
  /** Rolls the dice for one call. */
  strike(target: Target): Fault | undefined;
  /** Resolves when the fault is over: its time is up, it was cleared or replaced, or `gone` was aborted. */
  over(fault: Fault, gone: AbortSignal): Promise<void>;
  /** Called when a fault begins, so that open sockets and held polls can be cut. Returns the function that stops listening. */
  listen(listener: (fault: Fault) => void): () => void;
};

const lookMs = 25;

export const openFaults = ({ now, random }: { now: () => number; random: () => number }): Faults => {
  const faults = new Map<Target, Fault>();
  const listeners = new Set<(fault: Fault) => void>();
  const inForce = (target: Target) => {
    const fault = faults.get(target);
    return fault && fault.until > now() ? fault : undefined;
  };
  return {
    set({ seconds, ...rest }) {
      const fault = { ...rest, until: now() + seconds * 1000 };
      faults.set(fault.target, fault);
      for (const listener of listeners) listener(fault);
    },
    clear: () => faults.clear(),
    inForce,
    strike(target) {
      const fault = inForce(target);
      return fault && random() < fault.rate ? fault : undefined;
    },
    over: (fault, gone) =>
      new Promise((resolve) => {
        // Looked at again and again, since the clock is the sandbox's own and may be moved.
        const looking = setInterval(() => {
          if (inForce(fault.target) === fault && !gone.aborted) return;
          clearInterval(looking);
          resolve();
        }, lookMs);
      }),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
