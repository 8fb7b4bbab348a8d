/** Something that a person on the page may see has changed. */
export type Change = { target: 'telegram' | 'slack'; user?: number | string; channel?: string };

/** Tells the page to redraw, through `GET /control/events`. */
export type Changes = {
  changed(change: Change): void;
  /** Returns the function that stops listening. */
  listen(listener: (change: Change) => void): () => void;
};

export const openChanges = (): Changes => {
  const listeners = new Set<(change: Change) => void>();
  return {
    changed: (change) => {
      for (const listener of listeners) listener(change);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
