import type { types } from '@slack/bolt';
import type { FactsOf, Shapes } from './fact.ts';
import { always, may, must } from './fact.ts';
import { RICH_TEXT } from './slack-rich-text.ts';

/** Block Kit as far as the desk and its tests use it, with Slack's own lengths (docs.slack.dev, Block Kit reference). */

const id = { most: 255 };
const TEXTS = 'PlainText | Mrkdwn';
const colours = { oneOf: ['primary', 'danger'] };

const texts = {
  PlainText: {
    type: always('plain_text'),
    text: must('String'),
    emoji: may('Boolean'),
  } satisfies FactsOf<types.PlainTextElement>,
  Mrkdwn: {
    type: always('mrkdwn'),
    text: must('String'),
    verbatim: may('Boolean'),
  } satisfies FactsOf<types.MrkdwnElement>,
  Option: {
    text: must(TEXTS, { most: 75 }),
    value: may('String', { most: 150 }),
    description: may(TEXTS, { most: 75 }),
  } satisfies FactsOf<types.PlainTextOption | types.MrkdwnOption>,
  Confirm: {
    title: may('PlainText', { most: 100 }),
    text: must(TEXTS, { most: 300 }),
    confirm: may('PlainText', { most: 30 }),
    deny: may('PlainText', { most: 30 }),
    style: may('String', colours),
  } satisfies FactsOf<types.ConfirmationDialog>,
};

const elements = {
  Button: {
    type: always('button'),
    action_id: may('String', id),
    text: must('PlainText', { most: 75 }),
    value: may('String', { most: 2000 }),
    url: may('String', { most: 3000 }),
    style: may('String', colours),
    confirm: may('Confirm'),
  } satisfies FactsOf<types.Button>,
  Overflow: {
    type: always('overflow'),
    action_id: may('String', id),
    options: must('Array of Option', { least: 1, most: 5 }),
    confirm: may('Confirm'),
  } satisfies FactsOf<types.Overflow>,
  StaticSelect: {
    type: always('static_select'),
    action_id: may('String', id),
    placeholder: may('PlainText', { most: 150 }),
    options: may('Array of Option', { most: 100 }),
    initial_option: may('Option'),
    confirm: may('Confirm'),
  } satisfies FactsOf<types.StaticSelect>,
  UsersSelect: {
    type: always('users_select'),
    action_id: may('String', id),
    placeholder: may('PlainText', { most: 150 }),
  } satisfies FactsOf<types.UsersSelect>,
  RadioButtons: {
    type: always('radio_buttons'),
    action_id: may('String', id),
    options: must('Array of Option'),
    initial_option: may('Option'),
    confirm: may('Confirm'),
  } satisfies FactsOf<types.RadioButtons>,
  Checkboxes: {
    type: always('checkboxes'),
    action_id: may('String', id),
    options: must('Array of Option'),
    initial_options: may('Array of Option'),
    confirm: may('Confirm'),
  } satisfies FactsOf<types.Checkboxes>,
  Datepicker: {
    type: always('datepicker'),
    action_id: may('String', id),
    initial_date: may('String'),
    placeholder: may('PlainText', { most: 150 }),
    confirm: may('Confirm'),
  } satisfies FactsOf<types.Datepicker>,
  PlainTextInput: {
    type: always('plain_text_input'),
    action_id: may('String', id),
    placeholder: may('PlainText', { most: 150 }),
    initial_value: may('String'),
    multiline: may('Boolean'),
    min_length: may('Integer'),
    max_length: may('Integer'),
    focus_on_load: may('Boolean'),
  } satisfies FactsOf<types.PlainTextInput>,
};

const block_id = may('String', id);
const blocks = {
  Section: {
    type: always('section'),
    block_id,
    text: may(TEXTS, { most: 3000 }),
    fields: may('Array of Field', { most: 10 }),
    accessory: may('Button | Overflow | StaticSelect | UsersSelect | RadioButtons | Checkboxes | Datepicker'),
  } satisfies FactsOf<types.SectionBlock>,
  Header: {
    type: always('header'),
    block_id,
    text: must('PlainText', { most: 150 }),
  } satisfies FactsOf<types.HeaderBlock>,
  Divider: { type: always('divider'), block_id } satisfies FactsOf<types.DividerBlock>,
  Context: {
    type: always('context'),
    block_id,
    elements: must('Array of (PlainText / Mrkdwn)', { most: 10 }),
  } satisfies FactsOf<types.ContextBlock>,
  Actions: {
    type: always('actions'),
    block_id,
    elements: must(
      'Array of (Button / Overflow / StaticSelect / UsersSelect / RadioButtons / Checkboxes / Datepicker)',
      { most: 25 },
    ),
  } satisfies FactsOf<types.ActionsBlock>,
  Input: {
    type: always('input'),
    block_id,
    label: must('PlainText', { most: 2000 }),
    element: must('PlainTextInput | StaticSelect | UsersSelect | RadioButtons | Checkboxes | Datepicker'),
    hint: may('PlainText', { most: 2000 }),
    optional: may('Boolean'),
    dispatch_action: may('Boolean'),
  } satisfies FactsOf<types.InputBlock>,
  RichTextBlock: {
    type: always('rich_text'),
    block_id,
    elements: must('Array of (RichSection / RichQuote / RichList)'),
  } satisfies FactsOf<types.RichTextBlock>,
};

const BLOCKS = `Array of (${Object.keys(blocks).join(' / ')})`;
const view = {
  blocks: must(BLOCKS, { most: 100 }),
  callback_id: may('String', id),
  private_metadata: may('String', { most: 3000 }),
  external_id: may('String', id),
};

/** Every block, element, text and view that the desk may send. */
export const BLOCK_KIT: Shapes = {
  ...texts,
  Field: {
    ...texts.PlainText,
    type: must('String', { oneOf: ['plain_text', 'mrkdwn'] }),
    text: must('String', { most: 2000 }),
    verbatim: may('Boolean'),
  },
  ...elements,
  ...RICH_TEXT,
  ...blocks,
  MessageBlocks: { blocks: must(BLOCKS, { most: 50 }) },
  Modal: {
    ...view,
    type: always('modal'),
    title: must('PlainText', { most: 24 }),
    submit: may('PlainText', { most: 24 }),
    close: may('PlainText', { most: 24 }),
    clear_on_close: may('Boolean'),
    notify_on_close: may('Boolean'),
  } satisfies FactsOf<types.ModalView>,
  Home: { ...view, type: always('home') } satisfies FactsOf<types.HomeView>,
};

/** The name of each shape in Slack's own saved limits, where it has some. */
export const NAMED_BY_SLACK: Readonly<Record<string, string>> = {
  Option: 'Option',
  Confirm: 'ConfirmObject',
  Button: 'ButtonElement',
  Overflow: 'OverflowMenuElement',
  StaticSelect: 'StaticSelectElement',
  UsersSelect: 'UserSelectElement',
  RadioButtons: 'RadioButtonsElement',
  Checkboxes: 'CheckboxesElement',
  Datepicker: 'DatePickerElement',
  PlainTextInput: 'PlainTextInputElement',
  Section: 'SectionBlock',
  Header: 'HeaderBlock',
  Divider: 'DividerBlock',
  Context: 'ContextBlock',
  Actions: 'ActionsBlock',
  Input: 'InputBlock',
  RichTextBlock: 'RichTextBlock',
  Modal: 'View',
  Home: 'View',
};
