import * as fc from 'fast-check';

/** Text as people, and people who mean harm, type it. */
export const HOSTILE = [
  '<!channel>',
  '<!here|x>',
  '<@U1>',
  '<https://evil.example|click>',
  '*bold* _italic_ ~gone~ `code` ```block```',
  '&lt;!channel&gt; &amp;',
  '> quote\n- list\n# head',
  ':rotating_light:',
  'ਬੁੱਧ ਰਾਮ बुद्ध राम',
  '👨‍👩‍👧‍👦'.repeat(40),
  `e${'\u0301'.repeat(200)}`,
  '\u202Eevil\u202C\u0000\u0007',
  ' \n\t ',
  '',
  'x'.repeat(5000),
  '&'.repeat(5000),
  '<'.repeat(3000),
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(fc.constantFrom(...HOSTILE), { maxLength: 4 }).map((parts) => parts.join(' ')),
);
