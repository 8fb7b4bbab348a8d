import type { Intent, IntentPack, Language } from './intent-pack.ts';
import { stumbles } from './readability.ts';
import { languages } from './shapes.ts';

/** An example of the pack, by where it belongs. */
type Example = { intent: string; language: Language; text: string };

/** What the router finds in the examples; null when it wasn't asked. */
export type Doubts = {
  twins: readonly { first: Example; second: Example }[];
  guessed: readonly (Example & { taken: string; p: number })[];
} | null;

/** A heading and what stands under it. */
type Section = { title: string; lines: readonly string[] };

/** Wrong examples that are shown unless all are asked for: the surest mistakes teach most. */
const SHOWN = 40;

/** What an author should look at, in sections; every line names its file. `about`: one intent only. */
export function report(
  pack: IntentPack,
  doubts: Doubts,
  { all = false, about }: { all?: boolean; about?: string } = {},
): Section[] {
  const wanted = (intent: string): boolean => about === undefined || intent === about;
  const intents = [...pack.intents.values()].filter(({ id }) => wanted(id));
  const place = placeIn(pack.intents);
  const twins = (doubts?.twins ?? []).filter(
    ({ first, second }) => wanted(first.intent) || wanted(second.intent),
  );
  const guessed = (doubts?.guessed ?? []).filter(({ intent }) => wanted(intent));
  const astray = guessed.filter(({ intent, taken }) => intent !== taken).toSorted((a, b) => b.p - a.p);
  const shown = all ? astray : astray.slice(0, SHOWN);
  return [
    { title: 'Due for review, or not shown', lines: about === undefined ? pack.notices : [] },
    { title: 'Languages without an answer', lines: missing(intents) },
    { title: 'Hard to read', lines: intents.flatMap(hardToRead) },
    {
      title: 'Examples that sound the same in two intents: keep each in one of them',
      lines: twins.map(({ first, second }) => `${place(second)} and ${place(first)}: "${second.text}"`),
    },
    {
      title: `Examples that the router, not having seen them, takes for another intent (${shown.length} of ${astray.length}${all ? '' : '; --all shows all'})`,
      lines: shown.map((one) => `${place(one)}: "${one.text}" -> ${one.taken} ${one.p.toFixed(2)}`),
    },
    { title: 'Examples that the router, not having seen them, takes rightly', lines: rightly(guessed) },
  ].filter(({ lines }) => lines.length > 0);
}

function placeIn(intents: ReadonlyMap<string, Intent>): (example: Example) => string {
  return ({ intent, language, text }) => {
    const file = intents.get(intent)?.texts.get(language);
    const line = file?.lines.examples[file.examples.indexOf(text)] ?? 1;
    return `intents/${intent}/${language}.md:${line}`;
  };
}

/** A language of which nothing is there yet is one line, not forty. */
function missing(intents: readonly Intent[]): string[] {
  return [...languages].flatMap((language) => {
    // Urdu in Latin letters is answered as Hindi in Latin letters.
    if (language === 'ur-Latn') return [];
    const without = intents.filter(({ texts }) => !texts.has(language)).map(({ id }) => id);
    if (without.length === 0) return [];
    return without.length === intents.length
      ? [`${language}: none is written`]
      : [`${language}: ${without.join(', ')}`];
  });
}

const hardToRead = ({ id, texts }: Intent): string[] =>
  [...texts].flatMap(([language, { markdown, lines }]) =>
    stumbles(markdown).map(
      ({ line, message }) => `intents/${id}/${language}.md:${lines.answer + line - 1}: ${message}`,
    ),
  );

function rightly(guessed: readonly { language: Language; intent: string; taken: string }[]): string[] {
  const byLanguage = new Map<Language, { all: number; right: number }>();
  for (const { language, intent, taken } of guessed)
    for (const key of [language, 'all']) {
      const count = byLanguage.get(key) ?? { all: 0, right: 0 };
      byLanguage.set(key, { all: count.all + 1, right: count.right + Number(intent === taken) });
    }
  return [...byLanguage]
    .toSorted(byName)
    .map(([language, { all, right }]) => `${language}: ${((100 * right) / all).toFixed(1)} % of ${all}`);
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number =>
  Number(a === 'all') - Number(b === 'all') || a.localeCompare(b);
