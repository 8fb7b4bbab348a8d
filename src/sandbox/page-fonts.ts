import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Packages, the subsets of each that the page needs, and the weights. Latin comes from one family only. */
const wanted: { family: string; subsets: string[]; sheets: string[] }[] = [
  {
    family: 'noto-sans',
    subsets: ['latin', 'latin-ext', 'cyrillic'],
    sheets: ['400', '400-italic', '500', '700'],
  },
  { family: 'noto-sans-devanagari', subsets: ['devanagari'], sheets: ['400', '700'] },
  { family: 'noto-sans-gurmukhi', subsets: ['gurmukhi'], sheets: ['400', '700'] },
  { family: 'noto-sans-gujarati', subsets: ['gujarati'], sheets: ['400', '700'] },
  { family: 'noto-sans-telugu', subsets: ['telugu'], sheets: ['400', '700'] },
  { family: 'noto-sans-malayalam', subsets: ['malayalam'], sheets: ['400', '700'] },
  { family: 'noto-sans-tamil', subsets: ['tamil'], sheets: ['400', '700'] },
  { family: 'noto-sans-bengali', subsets: ['bengali'], sheets: ['400', '700'] },
  { family: 'noto-sans-kannada', subsets: ['kannada'], sheets: ['400', '700'] },
  { family: 'noto-nastaliq-urdu', subsets: ['arabic'], sheets: ['400', '700'] },
  { family: 'noto-color-emoji', subsets: [], sheets: ['400'] },
];

const folderOf = (family: string) => dirname(require.resolve(`@fontsource/${family}/package.json`));

/** One style sheet of the wanted faces, each with its unicode-range so that a browser fetches only what a text needs. */
export function fontSheet(): string {
  return wanted
    .flatMap(({ family, subsets, sheets }) => sheets.flatMap((sheet) => faces(family, subsets, sheet)))
    .join('\n');
}

function faces(family: string, subsets: string[], sheet: string): string[] {
  const css = readFileSync(join(folderOf(family), `${sheet}.css`), 'utf8');
  return [...css.matchAll(/@font-face\s*\{[^}]*\}/g)]
    .map(([face]) =>
      face.replace(/url\(\.\/files\/([^)]+\.woff2)\)[^;]*;/, `url(/fonts/${family}/$1) format('woff2');`),
    )
    .filter(
      (face) =>
        subsets.length === 0 ||
        subsets.some((subset) => face.includes(`/${family}-${subset}-${sheet.slice(0, 3)}-`)),
    );
}

/** The file of `/fonts/:family/:file`, or undefined for anything that is not one of the wanted families' woff2 files. */
export function fontFile(family: string, file: string): string | undefined {
  if (!wanted.some((font) => font.family === family) || !/^[a-z0-9-]+\.woff2$/.test(file)) return undefined;
  return join(folderOf(family), 'files', file);
}
