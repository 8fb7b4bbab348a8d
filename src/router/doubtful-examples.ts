import type { RouterPack } from './router-pack.ts';
import { trainClassifier } from './classifier.ts';
import { soundTokens } from './sound-phrases.ts';

/** An example of the pack. */
export type Example = { intent: string; language: string; text: string };

/** Two examples of different intents that sound the same, in whatever script. */
export type Twins = { first: Example; second: Example };

/** Examples that sound like one of another intent: whoever reads them can't tell the intents apart either. */
export function soundTwins(pack: RouterPack): Twins[] {
  const owners = new Map<string, Example>();
  return examplesOf(pack).flatMap((example) => {
    const sound = soundTokens(example.text)
      .map((token) => token.sound)
      .join(' ');
    const first = owners.get(sound);
    if (!first) owners.set(sound, example);
    return first && first.intent !== example.intent ? [{ first, second: example }] : [];
  });
}

/** What a model that hadn't seen an example took it for, and how surely (0..1). */
export type HeldOutExample = Example & { taken: string; p: number };

/** Every example as a model guesses it that was trained on the others (cross-validation): takes as long as some trainings. */
export function guessedUnseen(pack: RouterPack, seed = 1): HeldOutExample[] {
  const examples = examplesOf(pack);
  const { heldOut } = trainClassifier(examples, { seed, heldOutAtLeast: examples.length });
  const languages = new Map(examples.map(({ intent, text, language }) => [`${intent} ${text}`, language]));
  return heldOut().map(({ row: { text, intent }, candidates: [top] }) => ({
    text,
    intent,
    language: languages.get(`${intent} ${text}`) ?? '',
    taken: top?.intent ?? '',
    p: top?.p ?? 0,
  }));
}

const examplesOf = (pack: RouterPack): Example[] =>
  pack.intents.flatMap(({ id, examples }) => examples.map((example) => ({ intent: id, ...example })));
