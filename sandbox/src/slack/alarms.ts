/** Work to be done when the passed-in clock reaches a time. */
export type Alarms = {
  /** Returns the function that calls it off. */
  at(time: number, work: () => void): () => void;
  close(): void;
};

/** Looks at the clock every few milliseconds while something is waiting, so that a test's clock counts too. */
export const openAlarms = (now: () => number, everyMs = 20): Alarms => {
  const waiting = new Set<{ time: number; work: () => void }>();
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const look = () => {
    const time = now();
    for (const alarm of waiting) if (alarm.time <= time && waiting.delete(alarm)) alarm.work();
    if (waiting.size === 0) stop();
  };
  return {
    at(time, work) {
      const alarm = { time, work };
      waiting.add(alarm);
      timer ??= setInterval(look, everyMs).unref();
      return () => void waiting.delete(alarm);
    },
    close() {
      waiting.clear();
      stop();
    },
  };
};
