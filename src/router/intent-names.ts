/** From this many examples on, an intent's name says nothing more. */
const ENOUGH_EXAMPLES = 40;

/**
 * The names of the intents that have few examples, each as one more example: whoever named them knew what they are about.
 * `intents` has one entry for each example.
 */
export function nameRows(intents: string[]): { text: string; intent: string }[] {
  const examples = Map.groupBy(intents, (intent) => intent);
  return [...examples]
    .filter(([, { length }]) => length < ENOUGH_EXAMPLES)
    .map(([intent]) => ({
      text: intent.replaceAll(/[^\p{L}\p{M}]+|(?<=\p{Ll})(?=\p{Lu})/gu, ' ').trim(),
      intent,
    }))
    .filter(({ text }) => text !== '');
}
