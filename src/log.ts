import { pino, type DestinationStream } from 'pino';
import type { Log, LogEvent } from './core/log.ts';

const WARN: readonly LogEvent[] = [
  'poll-failed',
  'poll-conflict',
  'update-malformed',
  'decision-failed',
  'entry-retry',
  'errand-retry',
  'errand-unknown',
  'timer-failed',
  'desk-failed',
  'access-denied',
  'slack-disconnected',
  'pack-refused',
  'desks-refused',
  'router-not-kept',
  'http-failed',
  'keys-made',
];
const ERROR: readonly LogEvent[] = [
  'entry-buried',
  'errand-parked',
  'store-failed',
  'checkpoint-differs',
  'router-failed',
  'fatal',
];
const DEBUG: readonly LogEvent[] = ['received', 'decided', 'errand-sent', 'timer-fired', 'desk-acted'];

/** Shapes of secrets and of numbers that belong to people. Nothing should ever match: each match is counted. */
const LEAKS = [
  /\d{6,}:[\w-]{30,}/g,
  /\bx(?:ox[abprse]|app)-[\w-]{6,}/g,
  // Not inside a word or a dotted number: our own ids and Slack's have long runs of digits too.
  /(?<!\w|\d\.)\+?\d[\d -]{9,}\d(?!\w|\.\d)/g,
  /\b[A-Z]{1,2}\d{7}\b/g,
];

/** How many leaks the last net has caught since the start; anything above zero is a defect of ours. */
export type LeakCount = { caught: number };

/**
 * A log of events and allow-listed fields, one JSON line each. Types keep free text out; the net below is only for the
 * day when somebody gets round them.
 */
export function openLog(options: { level: string; destination?: DestinationStream; leaks?: LeakCount }): Log {
  const { level, destination, leaks = { caught: 0 } } = options;
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' },
    masked(destination ?? pino.destination(1), leaks),
  );
  return (event, fields = {}) => {
    if (ERROR.includes(event)) logger.error(fields, event);
    else if (WARN.includes(event)) logger.warn(fields, event);
    else if (DEBUG.includes(event)) logger.debug(fields, event);
    else logger.info(fields, event);
  };
}

const OWN_TIME = /^(\{"level":\d+,"time":"[^"]+")(.*)$/s;

function masked(destination: DestinationStream, leaks: LeakCount): DestinationStream {
  return {
    write(line: string) {
      const [, head = '', rest = line] = OWN_TIME.exec(line) ?? [];
      let safe = rest;
      for (const leak of LEAKS)
        safe = safe.replace(leak, () => {
          leaks.caught += 1;
          return '[masked]';
        });
      destination.write(head + safe);
    },
  };
}
