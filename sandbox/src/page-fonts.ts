import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** A package (by its package.json), the subsets of it that the page needs, and its weights. */
type Font = { family: string; home: string; subsets: string[]; sheets: string[] };

/** Latin comes from one family only. */
const wanted: Font[] = [
  {
    family: 'noto-sans',
    home: require.resolve('@fontsource/noto-sans/package.json'),
    subsets: ['latin', 'latin-ext', 'cyrillic'],
    sheets: ['400', '400-italic', '500', '700'],
  },
  {
    family: 'noto-sans-devanagari',
    home: require.resolve('@fontsource/noto-sans-devanagari/package.json'),
    subsets: ['devanagari'],
    sheets: ['400', '700'],
  },
  {
    family: 'noto-sans-gurmukhi',
    home: require.resolve('@fontsource/noto-sans-gurmukhi/package.json'),
    subsets: ['gurmukhi'],
    sheets: ['400', '700'],
  },
  {
    family: 'noto-sans-gujarati',
    home: require.resolve('@fontsource/noto-sans-gujarati/package.json'),
    subsets: ['gujarati'],
    sheets: ['400', '700'],
  },
  {
    family: 'noto-sans-telugu',
    home: require.resolve('@fontsource/noto-sans-telugu/package.json'),
    subsets: ['telugu'],
    sheets: ['400', '700'],
  },
  {
    family: 'noto-sans-malayalam',
    home: require.resolve('@fontsource/noto-sans-malayalam/package.json'),
    subsets: ['malayalam'],
    sheets: ['400', '700'],
  },
  {
    family: 'noto-sans-tamil',
    home: require.resolve('@fontsource/noto-sans-tamil/package.json'),
    subsets: ['tamil'],
    sheets: ['400', '700'],
  },
  {
    family: 'noto-sans-bengali',
    home: require.resolve('@fontsource/noto-sans-bengali/package.json'),
    subsets: ['bengali'],
    sheets: ['400', '700'],
  },
  {
    family: 'noto-sans-kannada',
    home: require.resolve('@fontsource/noto-sans-kannada/package.json'),
    subsets: ['kannada'],
    sheets: ['400', '700'],
  },
  {
    family: 'noto-nastaliq-urdu',
    home: require.resolve('@fontsource/noto-nastaliq-urdu/package.json'),
    subsets: ['arabic'],
    sheets: ['400', '700'],
  },
];

/** Twemoji is a COLRv0 font, which every browser draws; Noto's colour emoji stay blank in some headless ones. */
const emoji = {
  folder: 'twemoji',
  file: 'twemoji.woff2',
  range:
    'U+203C, U+2049, U+20E3, U+2139, U+2194-21AA, U+231A-23FA, U+24C2, U+25AA-25FE, U+2600-27BF, U+2934-2935, ' +
    'U+2B05-2B55, U+3030, U+303D, U+3297, U+3299, U+200D, U+FE0F, U+1F000-1FAFF, U+E0020-E007F',
};

/** One style sheet of the wanted faces, each with its unicode-range so that a browser fetches only what a text needs. */
export function fontSheet(): string {
  const { folder, file, range } = emoji;
  return [
    ...wanted.flatMap((font) => font.sheets.flatMap((sheet) => faces(font, sheet))),
    `@font-face {
  font-family: 'Twemoji';
  font-display: swap;
  src: url(/fonts/${folder}/${file}) format('woff2');
  unicode-range: ${range};
}`,
  ].join('\n');
}

function faces({ family, home, subsets }: Font, sheet: string): string[] {
  const css = readFileSync(join(dirname(home), `${sheet}.css`), 'utf8');
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
  const font = wanted.find((font) => font.family === family);
  return font && /^[a-z0-9-]+\.woff2$/.test(file) ? join(dirname(font.home), 'files', file) : undefined;
}
