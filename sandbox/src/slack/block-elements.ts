import { z } from 'zod';
import {
  actionId,
  colour,
  confirmDialog,
  optionGroup,
  plainOption,
  plainText,
  richOption,
  webAddress,
} from './block-texts.ts';

/** The interactive elements of Block Kit that the sandbox knows; any other type is refused. */

const common = { action_id: actionId };
const focus = { focus_on_load: z.boolean().optional() };
const confirm = { confirm: confirmDialog.optional() };
const placeholder = { placeholder: plainText(150).optional() };

const button = z.strictObject({
  type: z.literal('button'),
  ...common,
  ...confirm,
  text: plainText(75),
  url: webAddress.optional(),
  value: z.string().max(2000).optional(),
  style: colour.optional(),
  accessibility_label: z.string().max(75).optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...common,
  ...confirm,
  options: z
    .array(plainOption.extend({ url: webAddress.optional() }))
    .min(1)
    .max(5),
});

const choices = {
  options: z.array(plainOption).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};
const several = { max_selected_items: z.number().int().min(1).optional() };

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...common,
    ...confirm,
    ...focus,
    ...placeholder,
    ...choices,
    initial_option: plainOption.optional(),
  })
  .superRefine((select, context) =>
    checkChoices(select, select.initial_option && [select.initial_option], context),
  );

const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...common,
    ...confirm,
    ...focus,
    ...placeholder,
    ...choices,
    ...several,
    initial_options: z.array(plainOption).min(1).optional(),
  })
  .superRefine((select, context) => checkChoices(select, select.initial_options, context));

const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...common,
  ...confirm,
  ...focus,
  ...placeholder,
  initial_user: z.string().optional(),
});

const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  ...common,
  ...confirm,
  ...focus,
  ...placeholder,
  ...several,
  initial_users: z.array(z.string()).optional(),
});

const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...common,
    ...confirm,
    ...focus,
    options: z.array(richOption).min(1).max(10),
    initial_option: richOption.optional(),
  })
  .superRefine((radio, context) =>
    checkChoices(radio, radio.initial_option && [radio.initial_option], context),
  );

const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...common,
    ...confirm,
    ...focus,
    options: z.array(richOption).min(1).max(10),
    initial_options: z.array(richOption).min(1).optional(),
  })
  .superRefine((boxes, context) => checkChoices(boxes, boxes.initial_options, context));

const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...common,
  ...confirm,
  ...focus,
  ...placeholder,
  initial_date: z.iso.date().optional(),
});

const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...common,
  ...confirm,
  ...focus,
  ...placeholder,
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  timezone: z.string().optional(),
});

const dispatch = {
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1),
    })
    .optional(),
};

const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...common,
  ...focus,
  ...placeholder,
  ...dispatch,
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().default(false),
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
});

const lineInput = { ...common, ...focus, ...placeholder, ...dispatch, initial_value: z.string().optional() };
const emailInput = z.strictObject({ type: z.literal('email_text_input'), ...lineInput });
const urlInput = z.strictObject({ type: z.literal('url_text_input'), ...lineInput });
const numberInput = z.strictObject({
  type: z.literal('number_input'),
  ...lineInput,
  is_decimal_allowed: z.boolean(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
});

export const imageElement = z.strictObject({
  type: z.literal('image'),
  image_url: webAddress,
  alt_text: z.string().min(1).max(2000),
});

const selects = [staticSelect, multiStaticSelect, usersSelect, multiUsersSelect] as const;
const pickers = [radioButtons, checkboxes, datepicker, timepicker] as const;

export const actionElement = z.discriminatedUnion('type', [button, overflow, ...selects, ...pickers]);
export const accessoryElement = z.discriminatedUnion('type', [
  button,
  overflow,
  ...selects,
  ...pickers,
  imageElement,
]);
export const inputElement = z.discriminatedUnion('type', [
  ...selects,
  ...pickers,
  plainTextInput,
  emailInput,
  urlInput,
  numberInput,
]);

/** An element that a person can use. */
export type Element = z.infer<typeof actionElement> | z.infer<typeof inputElement>;

type Choices = {
  options?: { value: string }[] | undefined;
  option_groups?: { options: { value: string }[] }[] | undefined;
};

/** Everything that can be chosen in an element. */
export const optionsOf = <O extends { value: string }>(choices: {
  options?: O[] | undefined;
  option_groups?: { options: O[] }[] | undefined;
}): O[] => [...(choices.options ?? []), ...(choices.option_groups ?? []).flatMap((group) => group.options)];

const checkChoices = (
  choices: Choices,
  initial: { value: string }[] | undefined,
  context: z.RefinementCtx,
) => {
  if ((choices.options === undefined) === (choices.option_groups === undefined))
    context.addIssue({ code: 'custom', message: 'exactly one of options and option_groups is needed' });
  const values = new Set(optionsOf(choices).map((option) => option.value));
  if (initial?.some((option) => !values.has(option.value)))
    context.addIssue({ code: 'custom', message: 'the initial option is not one of the options' });
};
