import { fromMarkdown } from 'mdast-util-from-markdown';
import type { PhrasingContent, RootContent } from 'mdast';
import type { Block, Inline, RichText } from './rich-text.ts';

/** Values for the `{names}` in a text. A RichText may only fill a paragraph that is nothing but its name. */
export type Slots = Record<string, string | number | RichText>;

type Marks = Omit<Inline, 'text'>;

const SLOT = /\{(\w+)\}/g;

/**
 * Reads the Markdown of answers and phrases: paragraphs, bold, italic, links, lists, quotes. Slots are filled after
 * parsing, so that a value is always literal text, whatever it holds. Throws on an unfilled slot or other Markdown.
 */
export function markdown(source: string, slots: Slots = {}): RichText {
  return fromMarkdown(source).children.flatMap((node) => blocks(node, slots));
}

function blocks(node: RootContent, slots: Slots): Block[] {
  switch (node.type) {
    case 'paragraph': {
      const only =
        node.children.length === 1 && node.children[0]?.type === 'text' ? node.children[0].value : '';
      const whole = /^\{(\w+)\}$/.exec(only)?.[1];
      const value = whole === undefined ? undefined : slots[whole];
      if (Array.isArray(value)) return value;
      return [{ kind: 'paragraph', children: inlines(node.children, slots) }];
    }
    case 'heading':
      return [{ kind: 'paragraph', children: inlines(node.children, slots, { bold: true }) }];
    case 'blockquote':
      return [
        {
          kind: 'quote',
          children: node.children.flatMap((child) =>
            child.type === 'paragraph' ? inlines(child.children, slots) : [],
          ),
        },
      ];
    case 'list':
      return [
        {
          kind: 'list',
          ordered: node.ordered ?? false,
          items: node.children.map((item) =>
            item.children.flatMap((child) =>
              child.type === 'paragraph' ? inlines(child.children, slots) : [],
            ),
          ),
        },
      ];
    default:
      throw new Error(`this Markdown is not used in messages: ${node.type}`);
  }
}

function inlines(nodes: PhrasingContent[], slots: Slots, marks: Marks = {}): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    switch (node.type) {
      case 'text':
        return [{ text: fill(node.value, slots), ...marks }];
      case 'break':
        return [{ text: '\n', ...marks }];
      case 'strong':
        return inlines(node.children, slots, { ...marks, bold: true });
      case 'emphasis':
        return inlines(node.children, slots, { ...marks, italic: true });
      case 'link':
        return inlines(node.children, slots, { ...marks, link: node.url });
      default:
        throw new Error(`this Markdown is not used in messages: ${node.type}`);
    }
  });
}

function fill(text: string, slots: Slots): string {
  return text.replace(SLOT, (_, name: string) => {
    const value = slots[name];
    if (value === undefined) throw new Error(`the text needs a value for {${name}}`);
    if (Array.isArray(value)) throw new Error(`{${name}} must stand alone in its paragraph`);
    return String(value);
  });
}
