/** Block Kit's limits, in UTF-16 units. Source: docs.slack.dev/reference/block-kit. */
export const LIMITS = {
  header: 150,
  plainText: 3000,
  fallbackText: 4000,
  button: 75,
  option: 75,
  title: 24,
  label: 2000,
  messageBlocks: 50,
  viewBlocks: 100,
  actions: 25,
  input: 3000,
  privateMetadata: 3000,
  /** Not documented for rich text; kept to what other text may have. */
  richText: 3000,
} as const;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cuts a text into pieces of at most `limit` UTF-16 units, between graphemes wherever one fits. Nothing is left out. */
export function pieces(text: string, limit: number): string[] {
  if (text.length <= limit) return [text];
  const all: string[] = [];
  let piece = '';
  for (const { segment } of graphemes.segment(text)) {
    if (piece !== '' && piece.length + segment.length > limit) {
      all.push(piece);
      piece = '';
    }
    // A single grapheme can be longer than any limit: letters under a heap of accents.
    let rest = segment;
    while (rest.length > limit) {
      all.push(rest.slice(0, limit));
      rest = rest.slice(limit);
    }
    piece += rest;
  }
  if (piece !== '') all.push(piece);
  return all;
}
