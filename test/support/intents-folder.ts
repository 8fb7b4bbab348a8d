import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const answer = (examples: string[], body: string) =>
  `---\nstatus: draft\ntitle: Bread\nexamples:\n${examples.map((example) => `  - ${example}\n`).join('')}---\n\n${body}\n`;

const intentYaml = `title: Bread
purpose: 'Say where the bread is'
kind: advisory
priority: P4
opensCase: none
next: [human]
sources:
  - id: T1
    title: 'A baker speaks'
    publisher: 'The Baker'
    date: '2026-01-02'
asOf: 2026-11-22
reviewBy: 2026-12-22
reviewClass: K
failClosed: false
`;

const urgentWords = (word: string) =>
  ['danger-now', 'moved-to-front', 'self-harm', 'minor-or-woman', 'threat-deadline']
    .map((reason) => `  ${reason}: [${word} ${reason}]\n`)
    .join('');

/** A whole, faultless intents folder of one intent, as relative path to text. */
export const soundFolder: Readonly<Record<string, string>> = {
  '_contacts.yaml': `- id: bakery
  kind: url
  value: https://bakery.example
  label: { en: The bakery }
  scope: Bread
  expires_on: 2026-12-22
- id: baker
  kind: phone
  value: '+10000000000'
  label: { en: The baker }
  scope: Bread
`,
  '_urgent.yaml': `en:\n${urgentWords('help')}`,
  '_recheck.yaml': `en:\n  stale: We are checking this again.\n  withheld: Not shown while it is checked.\n`,
  '_phrases/en.yaml': `status: draft\nhello: Hello {name}\nbye: Goodbye\n`,
  'bread/intent.yaml': intentYaml,
  'bread/en.md': answer(
    ['where is bread', 'any bread', 'bread please', 'i want bread', 'bread shop'],
    'Bread is at {{contact:bakery}}.\nOr call {{contact:baker}}.\n\nIt is warm.',
  ),
  'bread/hi.md': answer(['रोटी कहाँ', 'रोटी है', 'रोटी दो', 'रोटी चाहिए', 'रोटी की दुकान'], 'रोटी गरम है।'),
  'bread/hi-Latn.md': answer(
    ['roti kahan', 'roti hai', 'roti do', 'roti chahiye', 'roti ki dukan'],
    'Roti garam hai.',
  ),
};

/** Writes a folder with some files changed (`undefined` takes one out); gives its path and a way to delete it. */
export function writeIntents(changes: Readonly<Record<string, string | undefined>> = {}): {
  folder: string;
  remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'intents-'));
  for (const [path, text] of Object.entries({ ...soundFolder, ...changes })) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** One sound file with a piece replaced; throws when the piece is not in it. */
export function edited(path: string, piece: string, by: string): Record<string, string> {
  const text = soundFolder[path];
  if (!text?.includes(piece)) throw new Error(`${path} does not hold ${piece}`);
  return { [path]: text.replace(piece, by) };
}
