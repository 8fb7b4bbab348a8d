import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { OUT_OF_SCOPE, type Row } from '../src/router/classifier.ts';
import { words } from '../src/router/words.ts';
import type { Answer } from './intent-measures.ts';

/** A classifier to compare with: learns the rows, then answers. */
export type Peer = {
  name: string;
  train: (rows: Row[]) => Promise<(text: string) => Answer | Promise<Answer>>;
};

/** Multinomial Naive Bayes over words and pairs of words. It has no refusal of its own. */
export const naiveBayes: Peer = {
  name: 'naive Bayes (words and pairs)',
  train: async (rows) => {
    const known = rows.filter((row) => row.intent !== OUT_OF_SCOPE);
    const classes = new Map<string, { rows: number; total: number; counts: Map<string, number> }>();
    const vocabulary = new Set<string>();
    for (const { text, intent } of known) {
      const own = classes.get(intent) ?? { rows: 0, total: 0, counts: new Map<string, number>() };
      classes.set(intent, own);
      own.rows++;
      for (const term of terms(text)) {
        vocabulary.add(term);
        own.total++;
        own.counts.set(term, (own.counts.get(term) ?? 0) + 1);
      }
    }
    return (text) => {
      const asked = terms(text).filter((term) => vocabulary.has(term));
      const logs = [...classes].map(([intent, own]) => ({
        intent,
        log: asked.reduce(
          (sum, term) =>
            sum + Math.log(((own.counts.get(term) ?? 0) + 0.1) / (own.total + 0.1 * vocabulary.size)),
          Math.log(own.rows / known.length),
        ),
      }));
      const top = logs.reduce((a, b) => (b.log > a.log ? b : a));
      const p = 1 / logs.reduce((sum, { log }) => sum + Math.exp(log - top.log), 0);
      return { intent: top.intent, p, score: p, refused: false };
    };
  },
};

function terms(text: string): string[] {
  const list = words(text);
  return [...list, ...list.slice(1).map((word, at) => `${list[at]} ${word}`)];
}

/** nlp.js (package node-nlp) if it is installed in `folder`, else null. Give it shuffled rows: its trainer minds the order. */
export function nlpJs(folder: string): Peer | null {
  const found: unknown = load(folder);
  if (!isNlpModule(found)) return null;
  return {
    name: 'nlp.js (node-nlp)',
    train: async (rows) => {
      const manager = new found.NlpManager({
        languages: ['en'],
        forceNER: false,
        nlu: { log: false },
        autoSave: false,
      });
      for (const { text, intent } of rows)
        if (intent !== OUT_OF_SCOPE) manager.addDocument('en', text, intent);
      await manager.train();
      return async (text) => {
        const { intent, score, classifications } = await manager.process('en', text);
        const refused = intent === 'None';
        // Its accuracy is counted as if it had refused nothing, as ours is.
        const best = classifications.find((guess) => guess.intent !== 'None') ?? { intent, score };
        return { intent: best.intent, p: best.score, score: refused ? -score : score, refused };
      };
    },
  };
}

type Scored = { intent: string; score: number };

type NlpManager = {
  addDocument: (language: string, text: string, intent: string) => void;
  train: () => Promise<void>;
  process: (language: string, text: string) => Promise<Scored & { classifications: Scored[] }>;
};

function load(folder: string): unknown {
  try {
    return createRequire(resolve(folder, 'package.json'))('node-nlp');
  } catch {
    return null;
  }
}

function isNlpModule(found: unknown): found is { NlpManager: new (settings: object) => NlpManager } {
  return (
    typeof found === 'object' &&
    found !== null &&
    'NlpManager' in found &&
    typeof found.NlpManager === 'function'
  );
}
