import { assert, property, integer } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdown } from '../../../src/core/words/markdown.ts';
import { clip, paragraph, plainText } from '../../../src/core/words/rich-text.ts';
import { HOSTILE, hostileText } from '../../support/hostile-text.ts';

describe('Markdown', () => {
  it('is read into blocks and marks', () => {
    expect(
      markdown(
        '# Title\n\nA **bold** *it* [link](https://x.example)\nnext\n\n- one\n- **two**\n\n1. a\n\n> said',
      ),
    ).toEqual([
      { kind: 'paragraph', children: [{ text: 'Title', bold: true }] },
      {
        kind: 'paragraph',
        children: [
          { text: 'A ' },
          { text: 'bold', bold: true },
          { text: ' ' },
          { text: 'it', italic: true },
          { text: ' ' },
          { text: 'link', link: 'https://x.example' },
          { text: '\nnext' },
        ],
      },
      { kind: 'list', ordered: false, items: [[{ text: 'one' }], [{ text: 'two', bold: true }]] },
      { kind: 'list', ordered: true, items: [[{ text: 'a' }]] },
      { kind: 'quote', children: [{ text: 'said' }] },
    ]);
  });

  it.each(['`code`', '```\nx\n```', '<b>x</b>', '![x](y)', '---'])(
    'that messages do not use is refused: %s',
    (source) => {
      expect(() => markdown(source)).toThrow('not used in messages');
    },
  );

  it('a slot without a value is refused, by name', () => {
    expect(() => markdown('Hello {name}')).toThrow('{name}');
  });

  it('a value is literal text, whatever it holds', () => {
    assert(
      property(hostileText, (value) => {
        expect(markdown('**{name}** said {name}', { name: value })).toEqual([
          { kind: 'paragraph', children: [{ text: value, bold: true }, { text: ` said ${value}` }] },
        ]);
      }),
    );
    expect(markdown('{a}{b}', { a: '{b}', b: '$&' })).toEqual([
      { kind: 'paragraph', children: [{ text: '{b}$&' }] },
    ]);
  });

  it('blocks fill a paragraph of their own and nothing else', () => {
    expect(markdown('before\n\n{words}', { words: paragraph('**literal**') })).toEqual([
      ...paragraph('before'),
      ...paragraph('**literal**'),
    ]);
    expect(() => markdown('before {words}', { words: paragraph('x') })).toThrow('stand alone');
  });
});

describe('clipping', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['कि कि', 4, 'कि …'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 12, '👨‍👩‍👧‍👦…'],
    ['👨‍👩‍👧‍👦', 5, '…'],
    ['e\u0301e\u0301e\u0301', 4, 'e\u0301…'],
  ])('%s to %i units is %s', (text, limit, clipped) => {
    expect(clip(text, limit)).toBe(clipped);
  });

  it('is never longer than asked, never cuts a character in two, and leaves what fits', () => {
    assert(
      property(hostileText, integer({ min: 1, max: 60 }), (text, limit) => {
        const short = clip(text, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(text.length <= limit ? short === text : text.startsWith(short.slice(0, -1))).toBe(true);
        expect(short.isWellFormed() || !text.isWellFormed()).toBe(true);
      }),
    );
  });
});

it('plain text keeps every word', () => {
  for (const words of HOSTILE) expect(plainText(paragraph(words))).toBe(words);
  expect(plainText(markdown('a\n\n1. x\n2. y\n\n- z'))).toBe('a\n\n1. x\n2. y\n\n• z');
});
