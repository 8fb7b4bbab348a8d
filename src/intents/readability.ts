/** A place of an answer that somebody who reads slowly will stumble over; `line` counts from 1 in the answer. */
export type Stumble = { line: number; message: string };

/** Read aloud, a longer sentence is forgotten before it ends. The limits count words and so serve all languages. */
const LONGEST_SENTENCE = 25;
const LONGEST_PARAGRAPH = 60;
const LONGEST_ANSWER = 150;

const SENTENCE_ENDS = /(?<=[.!?:।۔])\s+/;

/** Sentences, paragraphs and answers that are too long. */
export function stumbles(markdown: string): Stumble[] {
  const lines = markdown.split('\n').map((line) => line.replaceAll(/\]\([^)]*\)|[*[\]]/g, ' '));
  const sentences = lines.flatMap((text, at) => {
    const longest = Math.max(...text.split(SENTENCE_ENDS).map(wordsIn));
    return longest > LONGEST_SENTENCE
      ? [{ line: at + 1, message: `a sentence of ${longest} words: say it in two` }]
      : [];
  });
  const paragraphs = lines.flatMap((text, at) =>
    wordsIn(text) > LONGEST_PARAGRAPH
      ? [{ line: at + 1, message: `a paragraph of ${wordsIn(text)} words: part it` }]
      : [],
  );
  const all = wordsIn(lines.join(' '));
  const whole = { line: 1, message: `an answer of ${all} words: leave out what can wait` };
  return [...sentences, ...paragraphs, ...(all > LONGEST_ANSWER ? [whole] : [])];
}

const wordsIn = (text: string): number =>
  text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
