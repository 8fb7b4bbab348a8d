import type { types } from '@slack/bolt';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** A span in words, whole units: `3 hours`. Negative spans count as nothing. */
export function span(ms: number): string {
  if (ms < MINUTE) return 'a moment';
  if (ms < HOUR) return counted(Math.floor(ms / MINUTE), 'minute');
  if (ms < DAY) return counted(Math.floor(ms / HOUR), 'hour');
  return counted(Math.floor(ms / DAY), 'day');
}

/** "3 hours ago", kept true by Slack while the message stands: a card is only written anew when the case changes. */
export const ago = (at: number, now: number, bold = false): types.RichTextDate => ({
  type: 'date',
  timestamp: Math.floor(at / 1000),
  format: '{ago}',
  fallback: `${span(now - at)} ago`,
  ...(bold && { style: { bold: true } }),
});

/** Day of `at`, in the reader's own time zone. */
export const day = (at: number): types.RichTextDate => ({
  type: 'date',
  timestamp: Math.floor(at / 1000),
  format: '{date_short_pretty}',
  fallback: new Date(at).toISOString().slice(0, 10),
});

/** Day and time of `at`, in the reader's own time zone. */
export const moment = (at: number): types.RichTextDate => ({
  type: 'date',
  timestamp: Math.floor(at / 1000),
  format: '{date_short_pretty}, {time}',
  fallback: new Date(at).toISOString().slice(0, 16).replace('T', ' '),
});

/** The same for a place that takes mrkdwn. */
export const momentMrkdwn = (at: number): string => {
  const { timestamp, format, fallback } = moment(at);
  return `<!date^${timestamp}^${format}|${fallback ?? ''}>`;
};
