import { seededRandom } from './random.ts';
import { englishVectors } from './word-vectors.ts';
import { words } from './words.ts';

const COMMON_SHARE = 0.01;
const FIRST_RANK = 300;
const LAST_RANK = 10_000;

/**
 * Messages that belong to no class, made of real ones: the frame stays ("can you tell me …"), each telling word gives
 * way to a random English one. They teach that a familiar frame alone means nothing.
 */
export function strangers(texts: string[], count: number, seed: number): string[] {
  const random = seededRandom(seed);
  const vocabulary = englishVectors().words.slice(FIRST_RANK, LAST_RANK);
  const split = texts.map(words);
  const having = new Map<string, number>();
  for (const list of split) for (const word of new Set(list)) having.set(word, (having.get(word) ?? 0) + 1);
  const common = Math.max(3, split.length * COMMON_SHARE);
  const made: string[] = [];
  for (let i = 0; i < count; i++) {
    const list = split[Math.floor(random() * split.length)] ?? [];
    const strange = list.map((word) => (having.get(word) ?? 0) < common && /^[a-z]/.test(word));
    if (!strange.includes(true)) continue;
    const other = (): string => vocabulary[Math.floor(random() ** 2 * vocabulary.length)] ?? '';
    made.push(list.map((word, at) => (strange[at] ? other() : word)).join(' '));
  }
  return made;
}
