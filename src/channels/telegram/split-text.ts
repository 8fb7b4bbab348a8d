const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/**
 * Cuts a text into stretches of at most `limit` UTF-16 units, given as [start, end) without the white space around
 * them; between blocks if it can, else lines, sentences, words, graphemes. Only a grapheme over the limit is broken.
 */
export function splitText(text: string, limit: number): [start: number, end: number][] {
  const parts: [number, number][] = [];
  for (let start = 0; start < text.length;) {
    const end = text.length - start <= limit ? text.length : start + cutIn(text.slice(start, start + limit));
    const part = text.slice(start, end);
    const from = start + (part.length - part.trimStart().length);
    if (part.trim().length > 0) parts.push([from, from + part.trim().length]);
    start = end;
  }
  return parts;
}

/** Where to cut a stretch that goes on after its end. A cut that leaves less than half of it is not worth it. */
function cutIn(stretch: string): number {
  const tried = [
    () => stretch.lastIndexOf('\n\n') + 2,
    () => stretch.lastIndexOf('\n') + 1,
    () => lastStart(sentences.segment(stretch)),
    () => lastWordEnd(stretch),
  ];
  for (const cut of tried) {
    const at = cut();
    if (at >= stretch.length / 2) return at;
  }
  return lastStart(graphemes.segment(stretch)) || wholeCodePoints(stretch);
}

function lastStart(segments: Intl.Segments): number {
  let start = 0;
  for (const { index } of segments) start = index;
  return start;
}

function lastWordEnd(stretch: string): number {
  let end = 0;
  for (const { index, segment } of graphemes.segment(stretch)) if (/^\s$/.test(segment)) end = index + 1;
  return end;
}

const wholeCodePoints = (stretch: string): number =>
  /[\ud800-\udbff]$/.test(stretch) ? stretch.length - 1 : stretch.length;
