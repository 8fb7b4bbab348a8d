import type { Log, LogEvent, LogFields } from '../../src/core/log.ts';

/** A log that remembers. */
export function recordedLog() {
  const lines: { event: LogEvent; fields: LogFields }[] = [];
  const log: Log = (event, fields = {}) => void lines.push({ event, fields });
  return { log, lines, events: (): LogEvent[] => lines.map((line) => line.event) };
}
