/** Who writes, as the form's `reporter_role` has it, as far as it is heard in what they write. */
export type HeardRole = 'self' | 'parent' | 'spouse' | 'sibling' | 'child' | 'kin' | 'friend';

/** Words of one language by which facts are picked from a message; a word that ends in `*` may go on. */
export type FactWords = {
  my: string[];
  relation: Record<HeardRole, string[]>;
  contact: string[];
  travel: string[];
  passport: string[];
  taken: string[];
  lost: string[];
  'russian-papers': string[];
  contract: string[];
  signed: string[];
  not: string[];
  name: string[];
  /** Before a phone number: it is not the writer's. */
  his: string[];
  /** Whose call is no news of the man himself. */
  others?: string[];
};

/** Everything by which facts are picked: words by language, names of places and countries by country code, names of people. */
export type FactPack = {
  words: ReadonlyMap<string, FactWords>;
  places: ReadonlyMap<string, { places: readonly string[]; country: readonly string[] }>;
  /** May stand alone, and only after one of them. */
  names: readonly string[];
  family: readonly string[];
};
