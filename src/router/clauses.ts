import { words } from './words.ts';

const BREAK =
  /[.!?;\n\u0964\u0965\u06d4\u061f]+|,\s|\s(?:and|also|aur|tatha|ate|anne|mariyu|matrum|ebong)\s|\s(?:और|ਅਤੇ|અને|এবং|மற்றும்|మరియు|ಮತ್ತು|اور|आणि)\s/iu;
const FEWEST_WORDS = 3;
/** Characters below which a message is one need. */
const SHORTEST = 24;
const MOST_CLAUSES = 6;

/** The parts of a message that may each be a need of their own; empty when there is only one. */
export function clauses(text: string): string[] {
  if (text.length < SHORTEST) return [];
  const parts = text.split(BREAK).filter((part) => words(part).length >= FEWEST_WORDS);
  return parts.length < 2 ? [] : parts.slice(0, MOST_CLAUSES);
}
