import type { FactPack, HeardRole } from './fact-pack.ts';
import { soundOf, type Found, type SoundToken } from '../router/sound-phrases.ts';

const MOST_NAMES = 3;
/** What may stand between "name" and the name. */
const COPULAS = new Set(
  ['is', 'he', 'hai', 'ka', 'ke', 'ki', 'ahe', 'aahe', 'che', 'chhe', 'na', 'ne'].map(soundOf),
);

type NameIn = (
  tokens: readonly SoundToken[],
  relations: readonly Found<HeardRole>[],
  name: readonly Found<unknown>[],
  my: readonly Found<unknown>[],
) => Record<string, string | null>;

/** Finds the names of the man and of the writer beside "my son" and "name is"; only names that are listed, in any script. */
export function nameReader({ names, family }: Pick<FactPack, 'names' | 'family'>): NameIn {
  const known = new Set(names.map(soundOf));
  const later = new Set([...names, ...family].map(soundOf));

  return (tokens, relations, name, my) => {
    const from = (at: number): string | null => {
      const found: string[] = [];
      for (const token of tokens.slice(at, at + MOST_NAMES)) {
        if (!(found.length === 0 ? known : later).has(token.sound)) break;
        found.push(token.raw);
        if (token.ends) break;
      }
      return found.length > 0 ? found.join(' ') : null;
    };
    const after = (at: number): string | null => {
      if (tokens[at]?.ends) return null;
      const next = tokens[at + 1];
      return from(next && COPULAS.has(next.sound) ? at + 2 : at + 1);
    };
    const own = (at: number): boolean => my.some(({ last }) => last === at - 1);
    return {
      person_name: told([
        ...relations.filter(({ value }) => value !== 'self').map(({ last }) => after(last)),
        ...name.filter(({ first }) => !own(first)).map(({ last }) => after(last)),
      ]),
      reporter_name: told(name.filter(({ first }) => own(first)).map(({ last }) => after(last))),
    };
  };
}

/** The one thing that is told, or nothing sure. */
function told(found: (string | null)[]): string | null {
  const all = new Set(found.filter((one) => one !== null));
  return all.size === 1 ? ([...all][0] ?? null) : null;
}
