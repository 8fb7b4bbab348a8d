import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { render, type TelegramPart } from '../../../src/channels/telegram/outgoing.ts';
import type { Button } from '../../../src/core/words/messages.ts';
import {
  paragraph,
  plainText,
  type Block,
  type Inline,
  type RichText,
} from '../../../src/core/words/rich-text.ts';

const rendered = (text: RichText, buttons: Button[][] = []) => render({ text, buttons, language: 'en' });
const only = (text: RichText, buttons: Button[][] = []): TelegramPart => {
  const [part, ...more] = rendered(text, buttons);
  if (!part || more.length > 0) throw new Error('one part was expected');
  return part;
};
const withId = (id: string) => () => rendered(paragraph('x'), [[{ id, label: 'x' }]]);
/** Letters, digits, signs and emoji; not white space, marks and fillers that show nothing when alone. */
const visible = (of: string) =>
  of.toWellFormed().replace(/[^\p{L}\p{N}\p{P}\p{S}\p{Co}]|[\u115f\u1160\u2800\u3164\uffa0]/gu, '');
const eachMended = (children: Inline[]) =>
  children.map((child) => ({ ...child, text: child.text.toWellFormed() }));
/** Halves of a character that meet where two stretches do are not one character. */
const mended = (block: Block): Block =>
  block.kind === 'list'
    ? { ...block, items: block.items.map(eachMended) }
    : { ...block, children: eachMended(block.children) };
/** The marked stretches as a reader sees them. */
const marks = ({ text, entities }: TelegramPart) =>
  entities.map((entity) => [entity.type, text.slice(entity.offset, entity.offset + entity.length)]);

describe('marks', () => {
  test('bold, italic and links are entities over the plain text', () => {
    const part = only([
      {
        kind: 'paragraph',
        children: [
          { text: '🙏🏽 ' },
          { text: 'नमस्ते', bold: true },
          { text: ' & ' },
          { text: 'both', bold: true, italic: true },
          { text: ' ' },
          { text: 'Embassy', link: 'https://indianembassy-moscow.gov.in/' },
        ],
      },
    ]);
    expect(part.text).toBe('🙏🏽 नमस्ते & both Embassy');
    expect(marks(part)).toEqual([
      ['bold', 'नमस्ते'],
      ['bold', 'both'],
      ['italic', 'both'],
      ['text_link', 'Embassy'],
    ]);
    expect(part.entities.at(-1)).toMatchObject({ url: 'https://indianembassy-moscow.gov.in/' });
  });

  test('quotes and lists', () => {
    const part = only([
      ...paragraph('Before'),
      { kind: 'quote', children: [{ text: 'their ' }, { text: 'words', bold: true }] },
      { kind: 'list', ordered: false, items: [[{ text: 'one' }], [{ text: 'two', italic: true }]] },
      { kind: 'list', ordered: true, items: [[{ text: 'first' }], [{ text: 'second' }]] },
    ]);
    expect(part.text).toBe('Before\n\ntheir words\n\n• one\n• two\n\n1. first\n2. second');
    expect(marks(part)).toEqual([
      ['bold', 'words'],
      ['blockquote', 'their words'],
      ['italic', 'two'],
    ]);
  });

  test.each([
    '<b>x</b> <a href="https://evil.example">bank</a> &lt; &amp;',
    '*x* _x_ [x](https://evil.example) `x` ||x|| \\* > x',
    '!channel @everyone {slot} /start',
  ])('what looks like markup is text: %s', (text) => {
    expect(only(paragraph(text))).toEqual({ text, entities: [] });
  });

  test('a link that is not a web address is left to Telegram, which finds numbers by itself', () => {
    const children = [
      { text: '+91 11 2301 2113', link: 'tel:+911123012113' },
      { text: 'x', link: 'javascript:x' },
    ];
    expect(only([{ kind: 'paragraph', children }]).entities).toEqual([]);
  });
});

describe('what cannot be shown', () => {
  test('halves of characters and control characters go, line breaks and tabs stay', () => {
    expect(only(paragraph('a\uD83Db\u0000c\u0007d\r\ne\tf\u0085')).text).toBe('a\uFFFDbcd\ne\tf');
  });
  test.each([[[]], [paragraph('')], [paragraph(' \n\u200b\u0000')], [paragraph('\u3164\u2800')]])(
    'there is always something to see: %j',
    (text) => {
      expect(only(text).text).toBe('…');
    },
  );
});

describe('buttons', () => {
  test('stand in rows under the last part only', () => {
    const buttons = [
      [{ id: 'a', label: 'One' }],
      [],
      [
        { id: 'b', label: 'Two' },
        { id: 'c', label: '' },
      ],
    ];
    const parts = rendered(paragraph('word '.repeat(1_500)), buttons);
    expect(parts).toHaveLength(2);
    expect(parts[0]?.reply_markup).toBeUndefined();
    expect(parts[1]?.reply_markup).toEqual({
      inline_keyboard: [
        [{ text: 'One', callback_data: 'a' }],
        [
          { text: 'Two', callback_data: 'b' },
          { text: '…', callback_data: 'c' },
        ],
      ],
    });
  });
  test('a long label is cut between graphemes', () => {
    const [row] =
      only(paragraph('x'), [[{ id: 'a', label: 'कि'.repeat(40) }]]).reply_markup?.inline_keyboard ?? [];
    expect(row?.[0]?.text).toBe(`${'कि'.repeat(31)}…`);
  });
  test('the id is counted in bytes, and a wrong one is our own mistake', () => {
    expect(withId('अ'.repeat(21))).not.toThrow();
    expect(withId('अ'.repeat(22))).toThrow('66 bytes');
    expect(withId('')).toThrow('0 bytes');
  });
});

describe('long texts', () => {
  test('are cut between blocks', () => {
    const parts = rendered([...paragraph('a'.repeat(3_000)), ...paragraph('b'.repeat(3_000))]);
    expect(parts.map(({ text }) => [text[0], text.length])).toEqual([
      ['a', 3_000],
      ['b', 3_000],
    ]);
  });
  test('are cut between sentences, the danda too', () => {
    const sentence = 'मेरा भाई रूस में है। ';
    for (const { text } of rendered(paragraph(sentence.repeat(400)))) expect(text).toMatch(/^मेरा .*है।$/s);
  });
  test('are cut between words where there is no sentence', () => {
    for (const { text } of rendered(paragraph('शब्द '.repeat(2_000)))) expect(text).toMatch(/^शब्द .*शब्द$/s);
  });
  test('are cut between graphemes where there is no word', () => {
    const family = '👨‍👩‍👧‍👦';
    for (const { text } of rendered(paragraph(family.repeat(1_000))))
      expect(text.replaceAll(family, '')).toBe('');
  });
  test('a mark that runs over the cut goes on after it', () => {
    const parts = rendered([{ kind: 'quote', children: [{ text: 'word '.repeat(1_500), bold: true }] }]);
    expect(parts).toHaveLength(2);
    for (const part of parts)
      expect(marks(part)).toEqual([
        ['bold', part.text],
        ['blockquote', part.text],
      ]);
  });
});

describe('any text', () => {
  const bits = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 50 }),
    fc.constantFrom(
      '👨‍👩‍👧‍👦',
      'क्षि',
      'नमस्ते ',
      '\uD800',
      '\uDC00',
      '\u200d',
      '\u0301',
      '\n\n',
      ' ',
      '।',
      '. ',
      '\u202e',
    ),
    fc.constantFrom('<b>', '</a>', '&amp;', '*', '_', '[x](y)', '`', '||', '/start ', '@all', '&lt;'),
    fc
      .tuple(fc.constantFrom('x', 'कि', '🏳️‍🌈', '\u0301', 'word ', '\n'), fc.nat(3_000))
      .map(([s, n]) => s.repeat(n)),
  );
  const text = fc.array(bits, { maxLength: 30 }).map((all) => all.join('').slice(0, 10_000));
  const inline = fc.record(
    {
      text,
      bold: fc.constant(true as const),
      italic: fc.constant(true as const),
      link: fc.constantFrom('https://mea.gov.in/', 'tel:1'),
    },
    { requiredKeys: ['text'] },
  );
  const children = fc.array(inline, { maxLength: 3 });
  const rich = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('paragraph' as const), children }),
      fc.record({ kind: fc.constant('quote' as const), children }),
      fc.record({
        kind: fc.constant('list' as const),
        ordered: fc.boolean(),
        items: fc.array(children, { maxLength: 3 }),
      }),
    ),
    { maxLength: 4 },
  );
  test('arrives whole, in parts that Telegram takes, with marks on what they stood on', () => {
    fc.assert(
      fc.property(rich, (blocks) => {
        const parts = rendered(blocks);
        const whole = visible(plainText(blocks.map(mended)));
        const arrived = visible(parts.map((part) => part.text).join(''));
        // Not the texts themselves: a difference would be pages long.
        expect(arrived === (whole || '…')).toBe(true);
        for (const part of parts) {
          expect(part.text.length).toBeGreaterThan(0);
          expect(part.text.length).toBeLessThanOrEqual(4096);
          expect(part.text.isWellFormed()).toBe(true);
          expect(part.text).toBe(part.text.trim());
          for (const { offset, length } of part.entities) {
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(length).toBeGreaterThan(0);
            expect(offset + length).toBeLessThanOrEqual(part.text.length);
            // No mark may begin or end inside a character.
            expect(part.text.slice(offset, offset + length).isWellFormed()).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
