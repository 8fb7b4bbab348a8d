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
];

/** Twemoji is a COLRv0 font, which every browser draws; Noto's colour emoji stay blank in some headless ones. */
const emoji = {
  folder: 'twemoji',
  file: 'twemoji.woff2',
  range:
    'U+203C, U+2049, U+20E3, U+2139, U+2194-21AA, U+231A-23FA, U+24C2, U+25AA-25FE, U+2600-27BF, U+2934-2935, ' +
    'U+2B05-2B55, U+3030, U+303D, U+3297, U+3299, U+200D, U+FE0F, U+1F000-1FAFF, U+E0020-E007F',
};

const folderOf = (family: string) => dirname(require.resolve(`@fontsource/${family}/package.json`));

/** One style sheet of the wanted faces, each with its unicode-range so that a browser fetches only what a text needs. */
export function fontSheet(): string {
  const { folder, file, range } = emoji;
  return [
    ...wanted.flatMap(({ family, subsets, sheets }) =>
      sheets.flatMap((sheet) => faces(family, subsets, sheet)),
    ),
    `@font-face {
  font-family: 'Twemoji';
  font-display: swap;
  src: url(/fonts/${folder}/${file}) format('woff2');
  unicode-range: ${range};
}`,
  ].join('\n');
}

function faces(family: string, subsets: string[], sheet: string): string[] {
  const css = readFileSync(join(folderOf(family), `${sheet}.css`), 'utf8');
  const weight = sheet.slice(0, 3);
  return [...css.matchAll(/@font-face\s*\{[^}]*\}/g)]
    .map(([face]) =>
      face.replace(/url\(\.\/files\/([^)]+\.woff2)\)[^;]*;/, `url(/fonts/${family}/$1) format('woff2');`),
    )
    .filter((face) => subsets.some((subset) => face.includes(`/${family}-${subset}-${weight}-`)));
}

/** The file of `/fonts/:family/:file`, or undefined for anything that the style sheet cannot name. */
export function fontFile(family: string, file: string): string | undefined {
  if (family === emoji.folder && file === emoji.file)
    return require.resolve('twemoji-colr-font/twemoji.woff2');
  if (!wanted.some((font) => font.family === family) || !/^[a-z0-9-]+\.woff2$/.test(file)) return undefined;
  return join(folderOf(family), 'files', file);
}
