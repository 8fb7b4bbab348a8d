/** How long a text or a list may be. `bytes` in UTF-8; `characters` as a reader counts them; else JavaScript's length. */
type Limits = { least?: number; most?: number; unit?: 'characters' | 'bytes'; oneOf?: readonly string[] };

/** What a platform says of one field. `kinds`: any of these, each a scalar, a shape, or `Array of` one. */
export type Fact = Limits & { kinds: readonly string[]; needed: boolean };
type Needed = Fact & { needed: true };
type Optional = Fact & { needed: false };

/** The fields of an object that a platform takes or sends. One that is not here is one that nobody has looked up. */
export type Shape = Readonly<Record<string, Fact>>;
export type Shapes = Readonly<Record<string, Shape>>;

const kindsOf = (kinds: string): readonly string[] => kinds.split(' | ');

/** A field that must be there; `kinds` as `A | Array of B`. */
export const must = (kinds: string, limits: Limits = {}): Needed => ({
  kinds: kindsOf(kinds),
  needed: true,
  ...limits,
});

/** A field that may be left out. */
export const may = (kinds: string, limits: Limits = {}): Optional => ({
  kinds: kindsOf(kinds),
  needed: false,
  ...limits,
});

/** A field that always holds this word. */
export const always = (word: string): Needed => must('String', { oneOf: [word] });

type Keys<T> = T extends unknown ? keyof T : never;
type NeedsKey<T, K> = T extends unknown
  ? K extends keyof T
    ? T extends Record<K, unknown>
      ? true
      : false
    : false
  : never;
type NeededKeys<T> = { [K in Keys<T>]: false extends NeedsKey<T, K> ? never : K }[Keys<T>];

/**
 * Facts that agree with a type of the platform's npm package: every field that it wants is there and needed, and no
 * field is there that it does not know. The type checker compares them, so that neither can drift alone.
 */
export type FactsOf<T> = { readonly [K in NeededKeys<T>]: Needed } & {
  readonly [K in Exclude<Keys<T>, NeededKeys<T>>]?: Optional;
};
