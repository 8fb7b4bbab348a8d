const PRIME = 0x01000193;
const OFFSET = 0x811c9dc5;

/** FNV-1a with a final avalanche; `seed` keeps kinds of feature apart. 32 bits, signed. */
export function hashText(text: string, seed: number): number {
  let hash = OFFSET ^ Math.imul(seed, 0x9e3779b1);
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
  return avalanche(hash);
}

/** The hashes of all letter runs of the given lengths in a word, its two ends marked. */
export function hashRuns(word: string, shortest: number, longest: number, seed: number): number[] {
  const padded = ` ${word} `;
  const found: number[] = [];
  for (let start = 0; start < padded.length; start++) {
    let hash = OFFSET ^ Math.imul(seed, 0x9e3779b1);
    const end = Math.min(padded.length, start + longest);
    for (let at = start; at < end; at++) {
      hash = Math.imul(hash ^ padded.charCodeAt(at), PRIME);
      if (at - start + 1 >= shortest) found.push(avalanche(hash));
    }
  }
  return found;
}

/** One hash for two in order; `gap` for two with something between them. */
export function hashPair(left: number, right: number, gap: boolean): number {
  return avalanche(Math.imul(left, gap ? 37 : 31) ^ right ^ (gap ? 0x5bd1e995 : 0));
}

function avalanche(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  return Math.imul(h, 0xc2b2ae35) ^ (h >>> 16);
}
