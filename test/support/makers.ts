import { appendFileSync, cpSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { THESE_MAKERS, type Makers } from '../../src/learned/sum-of-files.ts';

/** This process, but for the version of one library. */
export const otherVersionOf = (library: string): Makers => ({
  ...THESE_MAKERS,
  versionOf: (asked) => (asked === library ? '0.0.0' : THESE_MAKERS.versionOf(asked)),
});

/** A copy of `src` at this path, without the sandbox, a file of it one byte longer. */
export function codeWithOneByteMore(copy: string, file: string): string {
  cpSync('src', copy, { recursive: true, filter: (path) => path !== join('src', 'sandbox') });
  appendFileSync(join(copy, file), '\n');
  return copy;
}

const IMPORT = /^(?:import|export)\s(?!type\b)[^;]*?from\s+'([^']+)'/gm;

/** What runs when a file does: its imports of values, and theirs. Libraries, and files of ours by their path in `src`; sorted. */
export function runBy(file: string): { libraries: string[]; files: string[] } {
  const files = new Set<string>([file]);
  const libraries = new Set<string>();
  for (const known of files)
    for (const [, wanted = ''] of readFileSync(known, 'utf8').matchAll(IMPORT))
      if (wanted.startsWith('.')) files.add(join(dirname(known), wanted));
      else if (!wanted.startsWith('node:')) libraries.add(wanted);
  files.delete(file);
  return {
    libraries: [...libraries].toSorted(),
    files: [...files].map((path) => relative('src', path).replaceAll('\\', '/')).toSorted(),
  };
}
