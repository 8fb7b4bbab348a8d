import type { CallView } from './views.ts';

export type Target = CallView['target'];

/** `down`: the connection is cut unanswered. `apply-then-drop`: the call takes effect, then the connection is cut. */
export type FaultMode = 'down' | 'rate-limit' | 'server-error' | 'apply-then-drop';

export type Fault = {
  target: Target;
  mode: FaultMode;
  /** Probability that a call is hit, 0..1. */
  rate: number;
  /** Seconds told to a rate-limited client. */
  retry_after: number;
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
  /** Called when a fault begins, so that open sockets and held polls can be cut. Returns the function that stops listening. */
  listen(listener: (fault: Fault) => void): () => void;
};

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
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
