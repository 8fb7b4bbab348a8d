import { describe, expect, test } from 'vitest';
import { messageBlocks } from '../../src/slack/blocks.ts';
import { homeView, modalView } from '../../src/slack/view-schema.ts';
import { checkBlocks, checkView } from '../../../test/support/slack-spec.ts';

const words = (text: string) => ({ type: 'plain_text', text });
const long = (length: number) => 'x'.repeat(length);
const button = { type: 'button', action_id: 'go', text: words('Go') };
const option = (value: string) => ({ text: words(`Option ${value}`), value });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const actions = (...elements: unknown[]) => [{ type: 'actions', elements }];
const select = { type: 'static_select', action_id: 's', options: [option('a'), option('b')] };
const input = {
  type: 'input',
  block_id: 'b',
  label: words('Words'),
  element: { type: 'plain_text_input', action_id: 'a' },
};
const numbered = (count: number) => Array.from({ length: count }, (_, at) => option(String(at)));

const sound: [string, unknown[]][] = [
  [
    'every common block',
    [
      { type: 'header', text: words('Case') },
      section('*bold*'),
      { type: 'section', fields: [words('a'), { type: 'mrkdwn', text: 'b' }], accessory: button },
      { type: 'context', elements: [{ type: 'mrkdwn', text: 'c' }] },
      { type: 'divider' },
      ...actions(button, select, { type: 'overflow', action_id: 'more', options: [option('x')] }),
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_section', elements: [{ type: 'text', text: 'r', style: { bold: true } }] },
        ],
      },
      input,
    ],
  ],
  [
    'pickers',
    actions(
      { type: 'datepicker', action_id: 'd', initial_date: '2026-11-22' },
      { type: 'users_select', action_id: 'u', placeholder: words('Who') },
      { type: 'checkboxes', action_id: 'c', options: [option('a')], initial_options: [option('a')] },
      { type: 'radio_buttons', action_id: 'r', options: [option('a'), option('b')] },
    ),
  ],
  [
    'a button that asks first',
    actions({
      ...button,
      style: 'danger',
      value: long(2000),
      confirm: { title: words('Sure?'), text: words('Really'), confirm: words('Yes'), deny: words('No') },
    }),
  ],
];

/** `specToo`: our table of Slack's types and lengths holds the rule as well. */
const unsound: [string, unknown[], { specToo: boolean }][] = [
  ['an unknown block', [{ type: 'headline', text: words('x') }], { specToo: true }],
  ['an unknown key', [{ type: 'divider', colour: 'red' }], { specToo: true }],
  [
    'formatted words in a header',
    [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
    { specToo: true },
  ],
  ['a header over 150', [{ type: 'header', text: words(long(151)) }], { specToo: true }],
  ['a section over 3000', [section(long(3001))], { specToo: true }],
  ['a field over 2000', [{ type: 'section', fields: [words(long(2001))] }], { specToo: true }],
  [
    'eleven fields',
    [{ type: 'section', fields: Array.from({ length: 11 }, () => words('x')) }],
    { specToo: true },
  ],
  ['a section without words', [{ type: 'section' }], { specToo: false }],
  ['empty words', [section('')], { specToo: false }],
  ['a button label over 75', actions({ ...button, text: words(long(76)) }), { specToo: true }],
  ['a button value over 2000', actions({ ...button, value: long(2001) }), { specToo: true }],
  ['an action_id over 255', actions({ ...button, action_id: long(256) }), { specToo: true }],
  ['a block_id over 255', [{ type: 'divider', block_id: long(256) }], { specToo: true }],
  [
    '26 elements',
    actions(...Array.from({ length: 26 }, (_, at) => ({ ...button, action_id: `go${at}` }))),
    { specToo: true },
  ],
  [
    'an option label over 75',
    actions({ ...select, options: [{ text: words(long(76)), value: 'x' }] }),
    { specToo: true },
  ],
  ['an option value over 150', actions({ ...select, options: [option(long(151))] }), { specToo: true }],
  ['101 options', actions({ ...select, options: numbered(101) }), { specToo: true }],
  [
    'six overflow options',
    actions({ type: 'overflow', action_id: 'o', options: numbered(6) }),
    { specToo: true },
  ],
  ['no options', actions({ type: 'static_select', action_id: 's' }), { specToo: false }],
  [
    'a first choice that is not there',
    actions({ ...select, initial_option: option('z') }),
    { specToo: false },
  ],
  ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), { specToo: true }],
  [
    'the same block_id twice',
    [
      { type: 'divider', block_id: 'b' },
      { type: 'divider', block_id: 'b' },
    ],
    { specToo: false },
  ],
  ['the same action_id twice in a block', actions(button, button), { specToo: false }],
  [
    'a confirm title over 100',
    actions({
      ...button,
      confirm: { title: words(long(101)), text: words('x'), confirm: words('y'), deny: words('n') },
    }),
    { specToo: true },
  ],
];

describe('blocks', () => {
  test.each(sound)('%s is taken, as our table does', (_, blocks) => {
    expect(messageBlocks.safeParse(blocks).error?.issues ?? []).toEqual([]);
    expect(checkBlocks(blocks)).toEqual([]);
  });
  test.each(unsound)('%s is refused', (_, blocks, { specToo }) => {
    expect(messageBlocks.safeParse(blocks).success).toBe(false);
    expect(checkBlocks(blocks).length > 0).toBe(specToo);
  });
});

const modal = { type: 'modal', title: words('Reply'), submit: words('Send'), blocks: [input] };

describe('views', () => {
  test('a sound modal and a sound Home are taken', () => {
    const home = { type: 'home', blocks: [section('Cases')] };
    expect(modalView.safeParse(modal).success).toBe(true);
    expect(homeView.safeParse(home).success).toBe(true);
    expect([...checkView(modal), ...checkView(home)]).toEqual([]);
  });
  test.each([
    ['a title over 24', { ...modal, title: words(long(25)) }],
    ['a submit over 24', { ...modal, submit: words(long(25)) }],
    ['a close over 24', { ...modal, close: words(long(25)) }],
    ['private_metadata over 3000', { ...modal, private_metadata: long(3001) }],
    ['a callback_id over 255', { ...modal, callback_id: long(256) }],
    ['101 blocks', { ...modal, blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }],
    ['an unknown key', { ...modal, colour: 'red' }],
  ])('%s is refused, by our table too', (_, view) => {
    expect(modalView.safeParse(view).success).toBe(false);
    expect(checkView(view)).not.toEqual([]);
  });
  test('inputs without a submit button are refused', () => {
    const { submit: _, ...without } = modal;
    expect(modalView.safeParse(without).success).toBe(false);
  });
});
