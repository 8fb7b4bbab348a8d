import type { types } from '@slack/bolt';
import { clip } from '../../../core/words/rich-text.ts';
import { LIMITS } from './limits.ts';

/** Plain text of Block Kit; an empty one would be refused. */
export const plain = (text: string, limit: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: clip(text, limit) || '…',
  emoji: true,
});

/** Small grey words of ours; nobody else's text belongs here. */
export const small = (words: string): types.ContextBlock => ({
  type: 'context',
  elements: [{ type: 'plain_text', text: clip(words, LIMITS.plainText) || '…', emoji: true }],
});

type Option = { value: string; label: string; hint?: string };

const option = ({ value, label, hint }: Option): types.PlainTextOption => ({
  text: plain(label, LIMITS.option),
  value,
  ...(hint !== undefined && { description: plain(hint, LIMITS.option) }),
});

const input = (
  id: string,
  label: string,
  element: types.InputBlock['element'],
  more: { hint?: string; optional?: boolean; dispatch?: boolean } = {},
): types.InputBlock => ({
  type: 'input',
  block_id: id,
  label: plain(label, LIMITS.label),
  element,
  ...(more.hint !== undefined && { hint: plain(more.hint, LIMITS.label) }),
  ...(more.optional && { optional: true }),
  ...(more.dispatch && { dispatch_action: true }),
});

export const textInput = (
  id: string,
  label: string,
  more: { hint?: string; multiline?: boolean; max?: number; optional?: boolean } = {},
): types.InputBlock =>
  input(
    id,
    label,
    {
      type: 'plain_text_input',
      action_id: id,
      multiline: more.multiline ?? false,
      max_length: more.max ?? LIMITS.input,
    },
    more,
  );

export const selectInput = (
  id: string,
  label: string,
  options: Option[],
  selected: string,
): types.InputBlock => {
  const initial = options.find(({ value }) => value === selected);
  return input(id, label, {
    type: 'static_select',
    action_id: id,
    options: options.map(option),
    ...(initial && { initial_option: option(initial) }),
  });
};

/** At most ten options, as Slack allows. `dispatch` tells us of each choice at once. */
export const radioInput = (
  id: string,
  label: string,
  options: Option[],
  more: { selected?: string; dispatch?: boolean } = {},
): types.InputBlock => {
  const initial = options.find(({ value }) => value === more.selected);
  return input(
    id,
    label,
    {
      type: 'radio_buttons',
      action_id: id,
      options: options.slice(0, 10).map(option),
      ...(initial && { initial_option: option(initial) }),
    },
    more,
  );
};

export const tickInput = (id: string, label: string, words: string, hint: string): types.InputBlock =>
  input(
    id,
    label,
    { type: 'checkboxes', action_id: id, options: [option({ value: 'yes', label: words })] },
    { hint, optional: true },
  );

export const dateInput = (id: string, label: string, today: string): types.InputBlock =>
  input(id, label, { type: 'datepicker', action_id: id, initial_date: today });

/** A form. `meta` comes back with what is sent off: ids only. */
export const form = (
  id: string,
  words: { title: string; submit?: string; close?: string },
  meta: object,
  blocks: types.KnownBlock[],
): types.ModalView => ({
  type: 'modal',
  callback_id: id,
  title: plain(words.title, LIMITS.title),
  ...(words.submit !== undefined && { submit: plain(words.submit, LIMITS.title) }),
  close: plain(words.close ?? 'Cancel', LIMITS.title),
  private_metadata: JSON.stringify(meta),
  blocks: blocks.slice(0, LIMITS.viewBlocks),
});
