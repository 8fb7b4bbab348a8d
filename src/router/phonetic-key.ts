const STEPS: [RegExp, string][] = [
  [/x/g, 'ks'],
  [/ck|q/g, 'k'],
  [/ch+/g, 'C'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/z/g, 'j'],
  [/w/g, 'v'],
  [/ph|f/g, 'p'],
  [/sh/g, 's'],
  [/([kgjtdbpr])h/g, '$1'],
  [/aa+/g, 'a'],
  [/ee+|ii+|ea/g, 'i'],
  [/oo+|uu+|ou/g, 'u'],
  [/ai|ei|ay/g, 'e'],
  [/au|ao/g, 'o'],
  [/y/g, 'i'],
  [/(.)\1+/g, '$1'],
  [/(?<=.)m(?=[bpkgtdjC])/g, 'n'],
  [/(?<=.)h$/g, ''],
];

/** How a romanised word sounds: spellings that people choose freely ("zindagi", "jindagee") share one key. */
export function soundKey(latin: string): string {
  return STEPS.reduce((key, [pattern, by]) => key.replace(pattern, by), latin);
}

/** The consonants of a sound key: what survives dropped vowels, and Urdu, which doesn't write short ones. */
export function consonantKey(sound: string): string {
  return sound
    .replace(/^[aeiou]+/, 'A')
    .replace(/(?<=.)n(?![aeiou])/g, '')
    .replace(/[aeiou]/g, '')
    .replace(/(?<=.)[hv]/g, '')
    .replace(/(.)\1+/g, '$1');
}

/** A sound key without its vowels, but still letter by letter: parts of it match where whole words are spelt or inflected otherwise. */
export function skeleton(sound: string): string {
  return sound
    .replace(/g(?=[ei])/g, 'j')
    .replace(/(?<=.)[aeiou]/g, '')
    .replace(/^[aeiou]/, 'A');
}
