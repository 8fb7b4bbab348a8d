import type { Speech } from '../case/knowledge.ts';
import type { Routed } from './routed.ts';

/** From here on the router's answer needs no question mark to be given for a question. */
const SURE = 0.8;
/** Nobody asks so long a question without a mark; somebody who tells and asks in one breath does. */
const LONGEST = 12;

const PART = /[^.!?؟।॥۔…;,\n]+[?؟]*/gu;
const WORD = /[\p{L}\p{M}\p{Nd}\u{200c}\u{200d}]+/gu;
/** Before a listed phrase: it only counts where the part begins. */
const BEGINS = '^';

type Words = readonly string[];
type Part = { asks: boolean; marked: boolean };

const wordsOf = (text: string): string[] =>
  [...text.normalize('NFC').toLowerCase().matchAll(WORD)].map(([word]) => word);

const stands = (phrase: Words, at: number, words: Words): boolean =>
  phrase.every((word, i) => words[at + i] === word);

/** The phrases listed under a key, in all the languages that the writer may be using. */
const listed = (speeches: readonly Speech[], key: string): string[] =>
  [...new Set(speeches)].flatMap((speech) => speech.label(key).split(','));

/** The words without the greetings, thanks and titles that they begin with. */
function withoutCourtesy(words: Words, speeches: readonly Speech[]): Words {
  const courtesies = listed(speeches, 'words.courtesy').map(wordsOf);
  let rest = words;
  for (;;) {
    const most = Math.max(
      0,
      ...courtesies.filter((phrase) => stands(phrase, 0, rest)).map((phrase) => phrase.length),
    );
    if (most === 0 || rest.length === 0) return rest;
    rest = rest.slice(most);
  }
}

function partsOf(text: string, speeches: readonly Speech[]): Part[] {
  const phrases = listed(speeches, 'words.question')
    .map((phrase) => ({ begins: phrase.trim().startsWith(BEGINS), words: wordsOf(phrase) }))
    .filter((phrase) => phrase.words.length > 0);
  return [...text.matchAll(PART)].flatMap(([part]) => {
    const words = withoutCourtesy(wordsOf(part), speeches);
    if (words.length === 0) return [];
    const marked = /[?؟]$/.test(part);
    const worded =
      words.length <= LONGEST &&
      phrases.some((phrase) =>
        phrase.begins
          ? stands(phrase.words, 0, words)
          : words.some((_, at) => stands(phrase.words, at, words)),
      );
    return [{ asks: marked || worded, marked }];
  });
}

/**
 * Whether a text is a question and nothing but a question, which the router can answer. `speeches`: the languages that
 * the writer may be using; each lists its words under `words.question` and `words.courtesy`.
 */
export function isClearQuestion(text: string, routed: Routed | null, speeches: readonly Speech[]): boolean {
  if (routed?.decision !== 'answer') return false;
  const parts = partsOf(text, speeches);
  return parts.length > 0 && parts.every(({ asks, marked }) => asks && (marked || routed.confidence >= SURE));
}

/** Whether something is asked in it, whatever else is told, and the router is sure of what. */
export const alsoAsks = (text: string, routed: Routed | null, speeches: readonly Speech[]): boolean =>
  routed?.decision === 'answer' &&
  routed.confidence >= SURE &&
  partsOf(text, speeches).some(({ asks }) => asks);

/** Whether a text is greeting and thanks and not one word more: "he came home, thank you" is news. */
export function isCourtesy(text: string, speeches: readonly Speech[]): boolean {
  const words = wordsOf(text);
  return words.length > 0 && withoutCourtesy(words, speeches).length === 0;
}
