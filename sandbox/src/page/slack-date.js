/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const shapes = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

/**
 * Slack's `{date_short_pretty} at {time}` in the reader's own time zone.
 * @param {number} seconds
 * @param {string} format
 */
export function slackDate(seconds, format) {
  const date = new Date(seconds * 1000);
  return format.replace(/\{(\w+)\}/g, (whole, token) => {
    if (token === 'ago') return ago(seconds);
    const pretty = token.endsWith('_pretty') && prettyDay(date);
    if (pretty) return pretty;
    const shape = shapes[token.replace(/_pretty$/, '')];
    if (!shape) return whole;
    // Slack writes numeric dates the ISO way and the rest the American way.
    return date.toLocaleString(token === 'date_num' ? 'en-CA' : 'en-US', shape);
  });
}

/** @param {Date} date */
function prettyDay(date) {
  const days = Math.round((midnight(new Date()) - midnight(date)) / 86_400_000);
  return { 0: 'today', 1: 'yesterday', [-1]: 'tomorrow' }[days];
}

/** @param {Date} date */
const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** @param {number} seconds */
function ago(seconds) {
  const minutes = Math.max(0, Math.round((Date.now() / 1000 - seconds) / 60));
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} minute${minutes === 1 ? '' : 's'} ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 36) return `${hours} hour${hours === 1 ? '' : 's'} ago`;
  return `${Math.round(hours / 24)} days ago`;
}
