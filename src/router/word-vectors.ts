import { readFileSync } from 'node:fs';

/**
 * What English words mean, as far as a sentence encoder told: the numbers of a sentence's words add up to what it made of
 * the whole sentence, so words that say little are short (made by scripts/learn-word-vectors.mjs; 20,000 words, commonest
 * first). The only knowledge here that no training row gave.
 */
export type WordVectors = {
  /** How common a word is (0 = commonest), or undefined when it isn't there. */
  rank: (word: string) => number | undefined;
  /** Adds the word's vector to the sum. */
  add: (rank: number, sum: Float64Array) => void;
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
  const scalesAt = 12 + listBytes;
  const scales = Float32Array.from(words, (_, rank) => file.readFloatLE(scalesAt + rank * 4));
  const bytes = new Int8Array(file.buffer, file.byteOffset + scalesAt + count * 4, count * size);
  return {
    rank: (word) => ranks.get(word),
    add: (rank, sum) => {
      const scale = scales[rank] ?? 0;
      for (let k = 0; k < size; k++) sum[k] = (sum[k] ?? 0) + scale * (bytes[rank * size + k] ?? 0);
    },
    words,
    size,
  };
}
