import { readFileSync } from 'node:fs';

/**
 * What English words mean, as far as the company they keep tells: 100 numbers a word, 20,000 words, commonest first
 * (GloVe 6B, public domain; made by scripts/cut-word-vectors.mjs). The only knowledge here that no training row gave.
 */
export type WordVectors = {
  /** How common a word is (0 = commonest), or undefined when it isn't there. */
  rank: (word: string) => number | undefined;
  /** Adds `times` its unit vector to the sum. */
  add: (rank: number, times: number, sum: Float64Array) => void;
  words: string[];
  size: number;
};

let loaded: WordVectors | undefined;

/** Reads the file that ships with the code, once. */
export function englishVectors(): WordVectors {
  loaded ??= read(readFileSync(new URL('data/english-vectors.bin', import.meta.url)));
  return loaded;
}

function read(file: Buffer): WordVectors {
  const [count, size, listBytes] = [file.readUInt32LE(0), file.readUInt32LE(4), file.readUInt32LE(8)];
  const words = file.toString('latin1', 12, 12 + listBytes).split('\n');
  const ranks = new Map(words.map((word, rank) => [word, rank]));
  const bytes = new Int8Array(file.buffer, file.byteOffset + 12 + listBytes, count * size);
  const lengths = new Float32Array(count);
  for (let rank = 0; rank < count; rank++) {
    let squares = 0;
    for (let k = 0; k < size; k++) squares += (bytes[rank * size + k] ?? 0) ** 2;
    lengths[rank] = Math.sqrt(squares) || 1;
  }
  return {
    rank: (word) => ranks.get(word),
    add: (rank, times, sum) => {
      const scale = times / (lengths[rank] ?? 1);
      for (let k = 0; k < size; k++) sum[k] = (sum[k] ?? 0) + scale * (bytes[rank * size + k] ?? 0);
    },
    words,
    size,
  };
}
