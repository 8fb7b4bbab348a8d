import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { barChart, type Panel } from './bar-chart.ts';
import { jsonLines } from './programs.ts';

/**
 * Our classifier beside nlp.js and naive Bayes, in the same run, on public intent data: `--data` holds
 * `<set>-train.jsonl` and `<set>-test.jsonl`, `--peers-from` a folder where node-nlp is installed. One JSON line each;
 * `--chart FILE` draws them.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    'peers-from': { type: 'string', default: '.' },
    chart: { type: 'string' },
  },
});
if (!values.data)
  throw new Error('Usage: node bench/peers.ts --data FOLDER [--peers-from FOLDER] [--chart FILE]');

const SETS = { clinc150: 'CLINC150', banking77: 'BANKING77' };

type Line = { set: string; who: string; accuracy: number; auroc: number | null; trainMs: number };

const lines: Line[] = [];
for (const [name, set] of Object.entries(SETS)) {
  const file = (part: string): string => join(values.data ?? '', `${name}-${part}.jsonl`);
  const [load = 0] = loadavg();
  const args = [
    '--train',
    file('train'),
    '--test',
    file('test'),
    '--peers',
    '--peers-from',
    values['peers-from'],
  ];
  for (const found of await jsonLines(['bench/router.ts', ...args])) {
    const line = { set, who: 'this project', ...renamed(found), load: Math.round(load * 10) / 10 };
    console.log(JSON.stringify(line));
    lines.push(line);
  }
}
if (values.chart) writeFileSync(values.chart, barChart(panels(lines)));

function renamed(line: object): Omit<Line, 'set' | 'who'> & { who?: string } {
  const { peer, ...rest }: { peer?: string } & Omit<Line, 'set' | 'who'> = JSON.parse(JSON.stringify(line));
  return peer === undefined ? rest : { who: peer, ...rest };
}

function panels(all: Line[]): Panel[] {
  const panel = (title: string, value: (line: Line) => number | null, set: string): Panel => ({
    title,
    bars: all
      .filter((line) => line.set === set)
      .flatMap((line) => {
        const height = value(line);
        return height === null ? [] : [{ name: line.who, value: height }];
      }),
  });
  return [
    panel('CLINC150: named right, %', ({ accuracy }) => accuracy, SETS.clinc150),
    panel('CLINC150: told from out of scope, AUROC %', ({ auroc }) => auroc, SETS.clinc150),
    panel('BANKING77: named right, %', ({ accuracy }) => accuracy, SETS.banking77),
  ];
}
