import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One sum over everything in some folders: another name or another byte gives another. */
export function sumOfFolders(folders: string[]): string {
  const sum = createHash('sha256');
  for (const folder of folders)
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted())
      sum
        .update(`${relative(folder, file)}\n`)
        .update(createHash('sha256').update(readFileSync(file)).digest());
  return sum.digest('hex');
}

/** What makes a result beside what it is made of: another of any of these may make another. */
export type Makers = {
  node: string;
  /** Of the processor: `x64`, `arm64`, … */
  arch: string;
  /** The path of `src`. */
  source: string;
  /** The version of a library, as it is installed. */
  versionOf: (library: string) => string;
};

/** This process, its code and its libraries. */
export const THESE_MAKERS: Makers = {
  node: process.version,
  arch: process.arch,
  source: fileURLToPath(new URL('..', import.meta.url)),
  versionOf: installedVersion,
};

/** One sum over Node, the code of these folders of `src`, and the libraries that it calls. */
export function sumOfMakers(folders: string[], libraries: string[], makers: Makers): string {
  const versions = libraries.map((library) => `${library} ${makers.versionOf(library)}`);
  const code = sumOfFolders(folders.map((folder) => join(makers.source, folder)));
  return sumOf(`node ${makers.node}`, makers.arch, ...versions, code);
}

function installedVersion(library: string): string {
  const file = findPackageJSON(library, import.meta.url);
  const content: unknown = file === undefined ? null : JSON.parse(readFileSync(file, 'utf8'));
  if (typeof content !== 'object' || content === null || !('version' in content))
    throw new Error(`${library} is not installed`);
  return String(content.version);
}

/** A name for what these texts decide. */
export const sumOf = (...parts: string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
