import type { types } from '@slack/bolt';
import type { Inline, RichText } from '../../../core/words/rich-text.ts';
import { pieces, LIMITS } from './limits.ts';
import { escapeMrkdwn } from './mrkdwn.ts';

type Section = types.RichTextSection;
type Element = types.RichTextElement;

const WEB = /^https?:\/\//;

/** One stretch as Slack's own literal element: nothing in its text is ever read as markup. */
const element = ({ text, bold, italic, link }: Inline): Element[] => {
  if (text === '') return [];
  const style = { ...(bold && { bold }), ...(italic && { italic }) };
  const styled = bold || italic ? { style } : {};
  if (link !== undefined && WEB.test(link)) return [{ type: 'link', url: link, text, ...styled }];
  return pieces(text, LIMITS.richText).map((piece) => ({ type: 'text', text: piece, ...styled }));
};

const section = (children: Inline[]): Section => ({
  type: 'rich_text_section',
  elements: children.flatMap(element),
});

/** A block with literal text; one that is empty is left out, as Slack refuses it. */
const block = (elements: types.RichTextBlock['elements']): types.RichTextBlock => ({
  type: 'rich_text',
  elements,
});

/** A message as Slack's rich text: one block for each of ours, so that none grows without bound. */
export const richTextBlocks = (rich: RichText): types.RichTextBlock[] =>
  rich.flatMap((part) => {
    switch (part.kind) {
      case 'paragraph':
        return split(part.children).map((children) => block([section(children)]));
      case 'quote':
        return split(part.children).map((children) =>
          block([{ type: 'rich_text_quote', elements: section(children).elements }]),
        );
      case 'list':
        return part.items.some((item) => item.some(({ text }) => text !== ''))
          ? [
              block([
                {
                  type: 'rich_text_list',
                  style: part.ordered ? 'ordered' : 'bullet',
                  elements: part.items.map(section).filter(({ elements }) => elements.length > 0),
                },
              ]),
            ]
          : [];
    }
  });

/** Parts a long run of stretches so that each part fits a block. Empty ones fall away. */
function split(children: Inline[]): Inline[][] {
  const parts: Inline[][] = [];
  let part: Inline[] = [];
  let size = 0;
  const stretches = children.flatMap((child) =>
    pieces(child.text, LIMITS.richText).map((text) => ({ ...child, text })),
  );
  for (const stretch of stretches) {
    if (stretch.text === '') continue;
    if (size + stretch.text.length > LIMITS.richText) {
      parts.push(part);
      part = [];
      size = 0;
    }
    part.push(stretch);
    size += stretch.text.length;
  }
  return part.length > 0 ? [...parts, part] : parts;
}

/** Literal text of any length, as blocks. */
export const literal = (text: string): types.RichTextBlock[] =>
  richTextBlocks([{ kind: 'paragraph', children: [{ text }] }]);

const inlineMrkdwn = ({ text, bold, italic, link }: Inline): string => {
  const words = escapeMrkdwn(text, LIMITS.fallbackText);
  if (link !== undefined && WEB.test(link) && !/[<>|]/.test(link))
    return `${words} (${link.replaceAll('&', '&amp;')})`;
  if (words.trim() === '' || /[*_\n]/.test(words)) return words;
  return bold ? `*${words}*` : italic ? `_${words}_` : words;
};

/** The same for where only mrkdwn is shown: notifications and old clients. */
export const mrkdwn = (rich: RichText): string =>
  rich
    .map((part) =>
      part.kind === 'list'
        ? part.items
            .map((item, i) => `${part.ordered ? `${i + 1}.` : '•'} ${item.map(inlineMrkdwn).join('')}`)
            .join('\n')
        : part.children.map(inlineMrkdwn).join(''),
    )
    .join('\n\n');
