import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
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

/** What a kept result follows from beside what it was made of: this Node, and the code of these folders of `src`. */
export const sumOfCode = (folders: string[]): string =>
  `${process.version} ${process.arch} ${sumOfFolders(folders.map((name) => fileURLToPath(new URL(name, import.meta.url))))}`;

export const sumOf = (...parts: string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
