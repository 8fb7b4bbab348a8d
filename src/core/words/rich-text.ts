/** A stretch of text with its marks. `text` is literal: nothing in it is ever read as markup. */
export type Inline = { text: string; bold?: true; italic?: true; link?: string };

/** One block of a message. */
export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'quote'; children: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] };

/** What a message says, without any platform's markup: each channel renders it for the place it is shown in. */
export type RichText = Block[];

/** One paragraph of literal text. */
export const paragraph = (text: string): RichText => [{ kind: 'paragraph', children: [{ text }] }];

const inlineText = (children: Inline[]): string => children.map((child) => child.text).join('');

/** The same words without marks, blocks parted by an empty line, list items by a line with a bullet. */
export function plainText(rich: RichText): string {
  return rich
    .map((block) =>
      block.kind === 'list'
        ? block.items.map((item, i) => `${block.ordered ? `${i + 1}.` : '•'} ${inlineText(item)}`).join('\n')
        : inlineText(block.children),
    )
    .join('\n\n');
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * At most `limit` UTF-16 units of `text`, cut between graphemes, with an ellipsis when something was cut.
 * A vowel sign is never parted from its letter, an emoji family never split.
 */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > limit - 1) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end)}…`;
}
