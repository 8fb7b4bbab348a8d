import {
  dangerReader,
  type DangerAnswer,
  type DangerReader,
  type DangerWords,
} from '../words/danger-answer.ts';
import type { Knowledge } from '../case/knowledge.ts';

const readers = new WeakMap<Knowledge, Map<string, DangerReader>>();

/** What a typed text says to the question about danger: in the language spoken, or in any other. */
export function readDanger(knowledge: Knowledge, language: string, text: string): DangerAnswer {
  const known = readers.get(knowledge) ?? new Map<string, DangerReader>();
  readers.set(knowledge, known);
  const found = known.get(language) ?? readerOf(knowledge, language);
  known.set(language, found);
  return found.read(text);
}

function readerOf(knowledge: Knowledge, language: string): DangerReader {
  const wordsOf = (each: string): DangerWords => {
    const speech = knowledge.speech(each);
    return dangerWords((list) => speech.label(`danger.${list}`));
  };
  return dangerReader(
    wordsOf(language),
    knowledge.languages.filter((each) => each !== language).map(wordsOf),
  );
}

/** The lists of one language from its phrases, each a line of words with commas between them. */
export function dangerWords(line: (list: string) => string): DangerWords {
  const list = (name: string): string[] =>
    line(name)
      .split(',')
      .map((word) => word.trim());
  return {
    yes: list('yes'),
    no: list('no'),
    unknown: list('unknown'),
    assent: list('assent'),
    thing: list('thing'),
    safe: list('safe'),
    around: list('around'),
  };
}
