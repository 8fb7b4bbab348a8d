const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/**
 * Cuts a text into stretches of at most `limit` UTF-16 units, given as [start, end) without the white space around
 * them; between blocks if it can, else lines, sentences, words, graphemes. Only a grapheme over the limit is broken.
 */
export function splitText(text: string, limit: number): [start: number, end: number][] {
  const parts: [number, number][] = [];
  for (let start = 0; start < text.length;) {
    const rest = text.slice(start);
    const part = rest.length <= limit ? rest : rest.slice(0, cut(rest, limit));
    const from = start + (part.length - part.trimStart().length);
    if (part.trim().length > 0) parts.push([from, from + part.trim().length]);
    start += part.length;
  }
  return parts;
}

/** Where to cut a text that is longer than `limit`. A cut that leaves less than half of it is not worth it. */
function cut(text: string, limit: number): number {
  const nearest = [
    () => text.lastIndexOf('\n\n', limit - 2) + 2,
    () => text.lastIndexOf('\n', limit - 1) + 1,
    () => startAround(sentences, text, limit),
    () => lastWordEnd(text, limit),
  ];
  for (const find of nearest) {
    const at = find();
    if (at >= limit / 2) return at;
  }
  return startAround(graphemes, text, limit) || wholeCodePoints(text, limit);
}

/** Where the sentence or grapheme begins that the character at `limit` is part of: whole ones end there at the latest. */
const startAround = (segmenter: Intl.Segmenter, text: string, limit: number): number =>
  segmenter.segment(text).containing(limit)?.index ?? 0;

function lastWordEnd(text: string, limit: number): number {
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (index >= limit) break;
    if (/^\s$/.test(segment)) end = index + 1;
  }
  return end;
}

const wholeCodePoints = (text: string, limit: number): number =>
  /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
