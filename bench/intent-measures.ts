import { OUT_OF_SCOPE, type Row } from '../src/router/classifier.ts';

/** One answer of a classifier under test. `p` 0..1; `score` ranks how familiar the message is; `refused` = said it does not know. */
export type Answer = { intent: string; p: number; score: number; refused: boolean };

/** What one classifier did on the test rows. Shares in percent; times in microseconds a message. */
export type Measures = {
  /** In-scope rows named right, refusals not counted as wrong. */
  accuracy: number | null;
  /** In-scope rows named right and not refused. */
  accuracyAfterRefusal: number | null;
  oosRecall: number | null;
  falseReject: number | null;
  /** How often an in-scope message scores above an out-of-scope one. */
  auroc: number | null;
  /** Expected calibration error over fifteen bins. */
  ece: number | null;
  p50us: number;
  p99us: number;
};

/** Asks for every test row, one by one, and times it. */
export async function measure(
  test: Row[],
  ask: (text: string) => Answer | Promise<Answer>,
): Promise<Measures> {
  const times: number[] = [];
  const inside: { answer: Answer; right: boolean }[] = [];
  const outside: Answer[] = [];
  for (const row of test) {
    const from = performance.now();
    const pending = ask(row.text);
    const answer = pending instanceof Promise ? await pending : pending;
    times.push((performance.now() - from) * 1000);
    if (row.intent === OUT_OF_SCOPE) outside.push(answer);
    else inside.push({ answer, right: answer.intent === row.intent });
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(times[Math.floor(times.length * share)] ?? 0);
  return {
    accuracy: share(inside, ({ right }) => right),
    accuracyAfterRefusal: share(inside, ({ answer, right }) => right && !answer.refused),
    oosRecall: share(outside, ({ refused }) => refused),
    falseReject: share(inside, ({ answer }) => answer.refused),
    auroc: auroc(
      inside.map(({ answer }) => answer.score),
      outside.map(({ score }) => score),
    ),
    ece: ece(inside.map(({ answer, right }) => ({ p: answer.p, right }))),
    p50us: at(0.5),
    p99us: at(0.99),
  };
}

function percent(part: number): number {
  return Math.round(part * 10_000) / 100;
}

function share<T>(list: T[], wanted: (item: T) => boolean): number | null {
  return list.length === 0 ? null : percent(list.filter(wanted).length / list.length);
}

/** Ties count half. */
export function auroc(high: number[], low: number[]): number | null {
  if (high.length === 0 || low.length === 0) return null;
  const sorted = low.toSorted((a, b) => a - b);
  const below = (limit: number, orEqual: boolean): number => {
    let from = 0;
    let to = sorted.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      const value = sorted[middle] ?? 0;
      if (value < limit || (orEqual && value === limit)) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  const wins = high.reduce((sum, score) => sum + (below(score, false) + below(score, true)) / 2, 0);
  return percent(wins / (high.length * low.length));
}

const BINS = 15;

export function ece(answers: { p: number; right: boolean }[]): number | null {
  if (answers.length === 0) return null;
  const gaps = Array.from({ length: BINS }, () => 0);
  for (const { p, right } of answers) {
    const bin = Math.min(BINS - 1, Math.floor(p * BINS));
    gaps[bin] = (gaps[bin] ?? 0) + p - Number(right);
  }
  return percent(gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / answers.length);
}
