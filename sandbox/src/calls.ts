import type { CallView } from './views.ts';

/** The last API calls that clients made, for `GET /control/calls`. */
export type Calls = {
  add(call: CallView): void;
  /** Oldest first. `since` in Unix milliseconds, inclusive. */
  list(filter: { target?: CallView['target']; since?: number }): CallView[];
};

/** Keeps the newest `size` calls in memory. */
export const openCalls = (size = 5000): Calls => {
  let ring: CallView[] = [];
  return {
    add(call) {
      ring.push(call);
      if (ring.length > size * 2) ring = ring.slice(-size);
    },
    list: ({ target, since }) =>
      ring
        .slice(-size)
        .filter(
          (call) =>
            (target === undefined || call.target === target) && (since === undefined || call.at >= since),
        ),
  };
};
