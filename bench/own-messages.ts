import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadIntentPack } from '../src/intents/load-intents.ts';
import type { Routed as Decision } from '../src/core/family/routed.ts';
import { trainRouter } from '../src/router/router.ts';

/**
 * The router on messages that its authors never saw (`data/own-messages.jsonl`), language by language: one JSON line
 * each, or `--table`. Shares in per cent. For measuring only: nothing is chosen by it.
 */
const { values } = parseArgs({
  options: {
    intents: { type: 'string', default: 'intents' },
    file: { type: 'string', default: 'bench/data/own-messages.jsonl' },
    table: { type: 'boolean', default: false },
  },
});

type Message = {
  text: string;
  language: string;
  intent: string;
  also?: string[];
  accept?: string[];
  /** False where a hasty reader would see danger and there is none. */
  alarm?: boolean;
};

const MOST_CONFUSIONS = 15;

const { router: pack } = loadIntentPack(values.intents, Date.now());
const urgent = new Set(pack.intents.filter(({ kind }) => kind === 'urgent').map(({ id }) => id));
const { route } = trainRouter(pack);
const answered = readFileSync(values.file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const message: Message = JSON.parse(line);
    return { message, decision: route(message.text) };
  });

type Answered = (typeof answered)[number];

const named = ({ message }: Answered): string[] => [message.intent, ...(message.accept ?? [])];
const isRight = (row: Answered): boolean => named(row).includes(row.decision.intent ?? '');
const isOffered = (row: Answered): boolean =>
  row.decision.candidates.some(({ intent }) => named(row).includes(intent));
const isAlarmed = ({ decision }: Answered): boolean => decision.decision === 'urgent';
/** Danger in the message, none, or (where careful readers differ) neither counts. */
const danger = (row: Answered): boolean | null => {
  const { message } = row;
  if (message.alarm === false) return false;
  if (urgent.has(message.intent) || message.also?.some((id) => urgent.has(id))) return true;
  return message.accept?.some((id) => urgent.has(id)) ? null : false;
};

const share = (rows: Answered[], holds: (row: Answered) => boolean): number | null =>
  rows.length === 0 ? null : Math.round((rows.filter(holds).length / rows.length) * 1000) / 10;

function measured(language: string, rows: Answered[]): Record<string, string | number | null> {
  const asks = ({ decision: { decision } }: Answered): boolean => decision === 'clarify';
  return {
    language,
    rows: rows.length,
    accuracy: share(rows, isRight),
    clarified: share(rows, asks),
    // Named right, or asked about with the right one among the buttons.
    reached: share(rows, (row) => isRight(row) || (asks(row) && isOffered(row))),
    dangerRows: rows.filter((row) => danger(row) === true).length,
    safetyRecall: share(
      rows.filter((row) => danger(row) === true),
      isAlarmed,
    ),
    falseAlarms: share(
      rows.filter((row) => danger(row) === false),
      isAlarmed,
    ),
    lookAlikesAlarmed: share(
      rows.filter(({ message }) => message.alarm === false),
      isAlarmed,
    ),
  };
}

const taken = ({ decision, intent }: Decision): string => intent ?? decision;

function confusions(): { label: string; taken: string; count: number }[] {
  const counts = new Map<string, { label: string; taken: string; count: number }>();
  for (const row of answered.filter((row) => !isRight(row))) {
    const [label, as] = [row.message.intent, taken(row.decision)];
    const found = counts.get(`${label} ${as}`) ?? { label, taken: as, count: 0 };
    found.count++;
    counts.set(`${label} ${as}`, found);
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count).slice(0, MOST_CONFUSIONS);
}

const byLanguage = Map.groupBy(answered, ({ message }) => message.language);
const lines = [...byLanguage].map(([language, rows]) => measured(language, rows));
lines.push(measured('all', answered));
if (values.table) {
  console.table(lines);
  console.table(confusions());
} else for (const line of [...lines, ...confusions()]) console.log(JSON.stringify(line));
