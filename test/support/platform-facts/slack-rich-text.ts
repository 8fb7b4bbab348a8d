import type { types } from '@slack/bolt';
import type { FactsOf } from './fact.ts';
import { always, may, must } from './fact.ts';

const INLINE = '(RichText / RichLink / RichDate / RichUser / RichBroadcast)';

const style = may('RichStyle');
/** What formatted text is made of. */
export const RICH_TEXT = {
  RichStyle: {
    bold: may('Boolean'),
    italic: may('Boolean'),
    strike: may('Boolean'),
    code: may('Boolean'),
    underline: may('Boolean'),
  },
  RichText: { type: always('text'), text: must('String'), style } satisfies FactsOf<types.RichTextText>,
  RichLink: {
    type: always('link'),
    url: must('String'),
    text: may('String'),
    style,
  } satisfies FactsOf<types.RichTextLink>,
  RichDate: {
    type: always('date'),
    timestamp: must('Integer'),
    format: must('String'),
    fallback: may('String'),
    style,
  } satisfies FactsOf<types.RichTextDate>,
  RichUser: {
    type: always('user'),
    user_id: must('String'),
    style,
  } satisfies FactsOf<types.RichTextUserMention>,
  RichBroadcast: {
    type: always('broadcast'),
    range: must('String', { oneOf: ['here', 'channel', 'everyone'] }),
    style,
  } satisfies FactsOf<types.RichTextBroadcastMention>,
  RichSection: {
    type: always('rich_text_section'),
    elements: must(`Array of ${INLINE}`),
  } satisfies FactsOf<types.RichTextSection>,
  RichQuote: {
    type: always('rich_text_quote'),
    elements: must(`Array of ${INLINE}`),
  } satisfies FactsOf<types.RichTextQuote>,
  RichList: {
    type: always('rich_text_list'),
    style: must('String', { oneOf: ['bullet', 'ordered'] }),
    elements: must('Array of RichSection'),
    indent: may('Integer'),
  } satisfies FactsOf<types.RichTextList>,
};
