import { folded } from './folded-words.ts';

const LISTS = ['yes', 'no', 'unknown', 'assent', 'thing', 'safe', 'around'] as const;
type Kind = (typeof LISTS)[number];

/**
 * One language's words for answering "is somebody in danger?": `thing` are names of danger, `safe` says there is none,
 * `assent` is said to anything ("ok", "theek hai"), `around` may stand beside any of them ("ji", "abhi", "he is").
 */
export type DangerWords = Record<Kind, readonly string[]>;

type Said = 'yes' | 'no' | 'unknown' | 'assent';

/** `says` is null when it is no answer or contradicts itself. */
export type DangerAnswer = {
  says: Said | null;
  /** What is said by a clause that says nothing else: "Yes, he is at the front" has one such clause. */
  plainly: ReadonlySet<Said>;
  /** Every word was understood: nothing else was told. */
  whole: boolean;
  /** Danger itself is denied, not only something answered with no. */
  denies: boolean;
  /** The text without the sentences that only deny danger. */
  rest: string;
};

export type DangerReader = {
  read(text: string): DangerAnswer;
  isNegation(word: string): boolean;
  isDanger(word: string): boolean;
};

/** The lists are the same for every reader, and there is one for each language. */
const known = new Map<string, string>();
function foldedOnce(phrase: string): string {
  const found = known.get(phrase) ?? folded(phrase);
  known.set(phrase, found);
  return found;
}

type Clause = { text: string; says: Said | null; whole: boolean; denies: boolean };

const CLAUSE_END = /(?<=[,.;:!?\n\u0964\u0965\u06d4\u061f\u060c\u061b…]+)/u;
const ASKS = /[?\u061f]/u;
/** Between danger and its negation: "khatra abhi bilkul nahi". */
const NEAR = 3;
/** "Nahi khatra hai" may deny and may affirm: where the verb stands last, a "no" before it may be the answer. */
const LAST_VERBS = new Set(
  'hai h he hain hei है हैं ہے ہیں ਹੈ ਆ છે che chhe आहे aahe ahe আছে ache'.split(' ').map(folded),
);
/** Little words that are also said to insist: "bachao na". */
const INSISTS = new Set(['na', 'naa', 'n', 'ना', 'न', 'ਨਾ', 'ના', 'না', 'نا', 'نہ'].map(folded));

const NOBODY = /^(?:no one|nobody|none|nothing)\b/;

/** Reads answers; where languages disagree about a word, `own` decides, else it means nothing. */
export function dangerReader(own: DangerWords, others: readonly DangerWords[]): DangerReader {
  const lexicon = lexiconOf(own, others);
  const all = [own, ...others];
  const single = (kind: Kind): Set<string> =>
    new Set(all.flatMap((words) => words[kind].map(foldedOnce)).filter((word) => !word.includes(' ')));
  const negations = single('no');
  const dangers = single('thing');

  const kindsOf = (words: string[]): (Kind | null)[] => {
    const kinds: (Kind | null)[] = [];
    for (let at = 0; at < words.length;) {
      const start = at;
      const found = lexicon
        .get(words[start] ?? '')
        ?.find((entry) => entry.words.every((word, i) => words[start + i] === word));
      kinds.push(found?.kind ?? null);
      at += found?.words.length ?? 1;
    }
    return kinds;
  };

  const readClause = (text: string): Clause => {
    const words = folded(text).split(' ').filter(Boolean);
    const kinds = kindsOf(words);
    const whole = !kinds.includes(null);
    const says = whole ? saidByAll(kinds, words.at(-1) ?? '') : saidBySome(kinds, words.join(' '));
    const denies = says === 'no' && (kinds.includes('thing') || kinds.includes('safe'));
    return { text, says: ASKS.test(text) ? null : says, whole, denies };
  };

  return {
    read(text) {
      const clauses = text.split(CLAUSE_END).map(readClause);
      return {
        says: together(clauses),
        plainly: new Set(
          clauses.flatMap(({ text: clause, says, whole }) =>
            whole && says !== null && folded(clause) !== '' ? [says] : [],
          ),
        ),
        whole: clauses.every(({ whole }) => whole),
        denies: clauses.some(({ denies }) => denies),
        rest: clauses
          .filter(({ denies, whole }) => !(denies && whole))
          .map((clause) => clause.text)
          .join(''),
      };
    },
    isNegation: (word) => negations.has(folded(word)) && !INSISTS.has(folded(word)),
    isDanger: (word) => dangers.has(folded(word)),
  };
}

function together(clauses: Clause[]): Said | null {
  const heard = new Set(clauses.map(({ says }) => says).filter((says) => says !== null));
  // A question, or words that contradict each other, are no answer.
  if (clauses.some(({ text, whole, says }) => whole && says === null && folded(text) !== '')) return null;
  if (heard.has('yes')) return heard.has('no') || heard.has('unknown') ? null : 'yes';
  if (heard.has('unknown')) return 'unknown';
  if (heard.has('no')) return 'no';
  return clauses.every(({ whole }) => whole) ? 'assent' : null;
}

function saidByAll(kinds: (Kind | null)[], last: string): Said | null {
  const has = (kind: Kind): boolean => kinds.includes(kind);
  if (has('unknown')) return has('yes') ? null : 'unknown';
  if (has('yes')) return has('no') || has('safe') ? null : 'yes';
  if (has('no')) {
    const onlyFirst = kinds[0] === 'no' && kinds.lastIndexOf('no') === 0;
    return onlyFirst && has('thing') && LAST_VERBS.has(last) ? null : 'no';
  }
  if (has('safe')) return has('thing') ? null : 'no';
  return has('thing') ? 'yes' : 'assent';
}

/** "No, he is in hospital", "pata nahi wo kahan hai": the answer, and more. */
function saidBySome(kinds: (Kind | null)[], words: string): Said | null {
  const [first, second] = kinds;
  if (kinds.includes('unknown')) return kinds.includes('yes') ? null : 'unknown';
  if (first === 'yes') return kinds.includes('no') ? null : 'yes';
  const denied = kinds.some(
    (kind, at) => kind === 'thing' && kinds.slice(Math.max(0, at - NEAR), at + NEAR + 1).includes('no'),
  );
  // "No one is helping", "nahi bachega": what is denied there is something else.
  const answers = first === 'no' && !NOBODY.test(words);
  return denied || (answers && (second === 'around' || second === 'assent' || second === 'safe'))
    ? 'no'
    : null;
}

type Entry = { words: string[]; kind: Kind };

function lexiconOf(own: DangerWords, others: readonly DangerWords[]): Map<string, Entry[]> {
  const kinds = new Map<string, Kind | null>();
  for (const words of others)
    for (const [phrase, kind] of phrasesOf(words))
      kinds.set(phrase, kinds.has(phrase) && kinds.get(phrase) !== kind ? null : kind);
  for (const [phrase, kind] of phrasesOf(own)) kinds.set(phrase, kind);
  const byFirst = new Map<string, Entry[]>();
  for (const [phrase, kind] of kinds) {
    if (kind === null || phrase === '') continue;
    const words = phrase.split(' ');
    const first = words[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), { words, kind }]);
  }
  for (const entries of byFirst.values()) entries.sort((a, b) => b.words.length - a.words.length);
  return byFirst;
}

/** Each once; a word on two lists of one language counts by the list that stands first. */
function phrasesOf(words: DangerWords): Map<string, Kind> {
  const found = new Map<string, Kind>();
  for (const kind of LISTS)
    for (const phrase of words[kind].map(foldedOnce)) if (!found.has(phrase)) found.set(phrase, kind);
  return found;
}
