const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * Literal text for a place where Slack reads mrkdwn, at most `limit` UTF-16 units, cut between graphemes and never
 * inside an entity. No mention, link or entity survives.
 */
export function escapeMrkdwn(text: string, limit = 3000): string {
  const whole = escape(text);
  if (whole.length <= limit) return whole;
  let cut = '';
  for (const { segment } of graphemes.segment(text)) {
    const next = escape(segment);
    if (cut.length + next.length > limit - 1) break;
    cut += next;
  }
  return `${cut}…`;
}

const MARKUP = /<([^<>]*)>/g;

/** What a person wrote, from the markup that Slack keeps it in: links as their address, other people's mentions dropped. */
export const fromMrkdwn = (text: string): string =>
  text
    .replace(MARKUP, (_, inner: string) => {
      if (/^[@#!]/.test(inner)) return '';
      const [address = '', label] = inner.split('|');
      return address.startsWith('mailto:') || address.startsWith('tel:') ? (label ?? address) : address;
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/[ \t]+/g, ' ')
    .trim();
