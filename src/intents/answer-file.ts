import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Nodes } from 'mdast';
import { z } from 'zod';
import type { IntentText } from './intent-pack.ts';
import type { Faults } from '../yaml/faults.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { countCharacters, statusShape, textShape } from './shapes.ts';
import { findUnsafe } from './unsafe-text.ts';

const frontMatterShape = z.strictObject({
  status: statusShape,
  title: textShape.refine((title) => countCharacters(title) <= 24, {
    error: 'a button label holds at most 24 characters: shorten it',
  }),
  examples: z
    .array(textShape.max(600, 'shorten the example to 600 characters'))
    .min(5, 'give at least five examples'),
});

const allowed = new Set(['root', 'paragraph', 'text', 'strong', 'list', 'listItem', 'link', 'break']);
const longestAnswer = 3000;

/** Faults of the Markdown itself: anything but paragraphs, bold, lists and https links. */
function checkMarkdown(markdown: string, report: (line: number, message: string) => void): void {
  const visit = (node: Nodes): void => {
    const line = node.position?.start.line ?? 1;
    if (!allowed.has(node.type))
      report(line, `a ${node.type} is not shown everywhere: use only paragraphs, **bold**, lists and links`);
    else if (node.type === 'link' && !node.url.startsWith('https://'))
      report(line, 'a link must begin with https://');
    if ('children' in node) node.children.forEach(visit);
  };
  visit(fromMarkdown(markdown));
}

/**
 * Reads `---` front matter (status, title, examples) and the Markdown answer under it.
 * @param contactIds what `{{contact:id}}` may name
 */
export function readAnswerFile(
  text: string,
  file: string,
  contactIds: ReadonlySet<string>,
  faults: Faults,
): IntentText | undefined {
  const parts = /^---\r?\n([\s\S]*?\n)---\r?\n([\s\S]*)$/.exec(text);
  if (!parts) {
    faults.add(file, 1, 'begin with front matter between two lines of ---: status, title, examples');
    return undefined;
  }
  const [, head = '', body = ''] = parts;
  const front = readYaml(frontMatterShape, head, file, faults, 1);
  const bodyStart = head.split('\n').length + 1;
  const report = (line: number, message: string) => faults.add(file, bodyStart + line, message);

  if (body.trim() === '') report(1, 'the answer is empty: write it under the front matter');
  if (body.length > longestAnswer)
    report(1, `the answer is longer than ${longestAnswer} characters: shorten it`);
  checkMarkdown(body, report);
  for (const [index, line] of body.split('\n').entries()) {
    for (const placeholder of line.matchAll(/\{\{(.*?)\}\}/g)) {
      const id = /^contact:([a-z0-9-]+)$/.exec(placeholder[1] ?? '')?.[1];
      if (!id || !contactIds.has(id))
        report(
          index + 1,
          `${placeholder[0]} names no contact of _contacts.yaml: correct it or add the contact`,
        );
    }
    if (/[{}]/.test(line.replaceAll(/\{\{.*?\}\}/g, '')))
      report(index + 1, 'a single { or } is a slot of the bot: write other brackets');
    for (const why of findUnsafe(line)) report(index + 1, why);
  }

  if (!front) return undefined;
  const { examples } = front.value;
  const exampleLines = examples.map((_, index) => front.lineOf(['examples', index]));
  const seen = new Set<string>();
  for (const [index, example] of examples.entries()) {
    const key = sameWords(example);
    if (seen.has(key))
      faults.add(file, exampleLines[index] ?? 1, 'this example stands in the file already: take one out');
    seen.add(key);
  }
  const blank = body.length - body.trimStart().length;
  const answer = bodyStart + body.slice(0, blank).split('\n').length;
  return { ...front.value, markdown: body.trim(), lines: { examples: exampleLines, answer } };
}

/** Two examples with the same key teach the router the same thing. */
export function sameWords(example: string): string {
  return example
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}]+/gu, ' ')
    .trim();
}
