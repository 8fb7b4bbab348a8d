import { describe, expect, test } from 'vitest';
import { foundEntities } from '../../src/telegram/found-entities.ts';
import { formatText } from '../../src/telegram/message-text.ts';
import { parseHtml } from '../../src/telegram/html-entities.ts';

describe('parse_mode HTML', () => {
  test('becomes text and entities, counted in UTF-16 units', () => {
    expect(parseHtml('😀 <b>नमस्ते <i>जी</i></b> &lt;x&gt; &amp; &quot;')).toEqual({
      text: '😀 नमस्ते जी <x> & "',
      entities: [
        { type: 'bold', offset: 3, length: 9 },
        { type: 'italic', offset: 10, length: 2 },
      ],
    });
  });

  test('knows links, quotes, code with a language and spoilers', () => {
    const html =
      '<a href="https://mea.gov.in/?a=1&amp;b=2">site</a> <blockquote expandable>q</blockquote> <pre><code class="language-ts">x</code></pre> <span class="tg-spoiler">s</span> <code>c</code>';
    expect(parseHtml(html).entities).toEqual([
      { type: 'text_link', offset: 0, length: 4, url: 'https://mea.gov.in/?a=1&b=2' },
      { type: 'expandable_blockquote', offset: 5, length: 1 },
      { type: 'pre', offset: 7, length: 1, language: 'ts' },
      { type: 'spoiler', offset: 9, length: 1 },
      { type: 'code', offset: 11, length: 1 },
    ]);
  });

  test.each([
    ['<p>x</p>', 'Unsupported start tag "p" at byte offset 0'],
    ['क<b>x', `Can't find end tag corresponding to start tag "b"`],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['a < b', 'Unsupported start tag "" at byte offset 2'],
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ])('refuses %s', (html, problem) => {
    expect(() => parseHtml(html)).toThrow(`Bad Request: can't parse entities: ${problem}`);
  });
});

test('text is trimmed, and its entities with it', () => {
  expect(formatText({ text: '  <b> hello </b> ', parse_mode: 'HTML' }, 10, 'too long')).toEqual({
    text: 'hello',
    entities: [{ type: 'bold', offset: 0, length: 5 }],
  });
});

const given = (offset: number, length: number) => () =>
  formatText({ text: 'a😀', entities: [{ type: 'bold', offset, length }] }, 10, 'too long');

test('entities may not split a letter or end beyond the text', () => {
  expect(given(1, 1)).toThrow('surrogate pair');
  expect(given(2, 5)).toThrow('beyond the text');
  expect(given(1, 2)()).toMatchObject({ entities: [{ offset: 1, length: 2 }] });
});

test('links, commands, mentions, tags and numbers are found in any text', () => {
  const text = 'लिखें /help या @desk, https://mea.gov.in/a?b=1. #मदद +91 11 2301 2113 a@b.in';
  expect(
    foundEntities(text).map(({ type, offset, length }) => [type, text.slice(offset, offset + length)]),
  ).toEqual([
    ['bot_command', '/help'],
    ['mention', '@desk'],
    ['url', 'https://mea.gov.in/a?b=1'],
    ['hashtag', '#मदद'],
    ['phone_number', '+91 11 2301 2113'],
    ['email', 'a@b.in'],
  ]);
});
