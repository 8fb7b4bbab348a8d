import type { Element } from './block-elements.ts';
import { optionsOf } from './block-elements.ts';
import { elementsOf } from './blocks.ts';
import type { Block } from './blocks.ts';

/** One element's part of `state.values`. */
export type FieldState = Record<string, unknown> & { type: string };

/** Slack's `state.values`: block_id → action_id → state. */
export type FormValues = Record<string, Record<string, FieldState>>;

/** What a person picked cannot be: a plain sentence why. */
export class BadValue extends Error {
  override name = 'BadValue';
}

/** The state of an element, empty or with what the app set at first; undefined for buttons and menus, which have none. */
export const initialState = (element: Element): FieldState | undefined => {
  const { type } = element;
  switch (element.type) {
    case 'button':
    case 'overflow':
      return undefined;
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    default:
      return { type, value: element.initial_value || null };
  }
};

/** The state after a person chose or typed `value`: words, an option's value, or a list of them. Throws BadValue. */
export const chosenState = (element: Element, value: unknown): FieldState => {
  const { type } = element;
  switch (element.type) {
    case 'button':
      throw new BadValue('A button holds no value.');
    case 'overflow':
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: value === null ? null : option(optionsOf<AnyOption>(element), value) };
    case 'multi_static_select':
    case 'checkboxes':
      return {
        type,
        selected_options: listOf(value).map((one) => option(optionsOf<AnyOption>(element), one)),
      };
    case 'users_select':
      return { type, selected_user: wordOrNull(value) };
    case 'multi_users_select':
      return { type, selected_users: listOf(value) };
    case 'datepicker': {
      const date = wordOrNull(value);
      if (date !== null && Number.isNaN(Date.parse(`${date}T00:00:00Z`)))
        throw new BadValue(`"${date}" is not a date (YYYY-MM-DD).`);
      return { type, selected_date: date };
    }
    case 'timepicker':
      return { type, selected_time: wordOrNull(value) };
    default:
      return { type, value: wordOrNull(value) };
  }
};

/** The values of a whole form; what `before` holds for an element of the same ids and type is kept. */
export const formValues = (blocks: Block[], before: FormValues = {}): FormValues => {
  const values: FormValues = {};
  for (const block of blocks)
    for (const element of elementsOf(block)) {
      const initial = initialState(element);
      if (!initial) continue;
      const { block_id = '' } = block;
      const { action_id = '' } = element;
      const old = before[block_id]?.[action_id];
      values[block_id] = { ...values[block_id], [action_id]: old?.type === initial.type ? old : initial };
    }
  return values;
};

/** What Slack's own client refuses before the app hears of it: block_id → line under the field. */
export const formErrors = (blocks: Block[], values: FormValues): Record<string, string> => {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== 'input') continue;
    const { block_id = '', element } = block;
    const state = values[block_id]?.[element.action_id ?? ''];
    const content = Object.entries(state ?? {}).find(([key]) => key !== 'type')?.[1] ?? null;
    const empty = content === null || content === '' || (Array.isArray(content) && content.length === 0);
    if (empty && !block.optional) errors[block_id] = 'Please complete this required field.';
    if (empty || typeof content !== 'string') continue;
    const trouble = lineTrouble(element, content);
    if (trouble) errors[block_id] = trouble;
  }
  return errors;
};

const lineTrouble = (element: Element, content: string): string | undefined => {
  switch (element.type) {
    case 'plain_text_input': {
      const { min_length = 0, max_length = 3000 } = element;
      if (content.length < min_length) return `Please enter at least ${min_length} characters.`;
      if (content.length > max_length) return `Please enter no more than ${max_length} characters.`;
      return undefined;
    }
    case 'email_text_input':
      return /^\S+@\S+\.\S+$/.test(content) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(content) ? undefined : 'Please enter a valid URL.';
    case 'number_input':
      if (!/^-?\d+(\.\d+)?$/.test(content) || (!element.is_decimal_allowed && content.includes('.')))
        return 'Please enter a valid number.';
      if (element.min_value !== undefined && Number(content) < Number(element.min_value))
        return `Please enter a number of at least ${element.min_value}.`;
      if (element.max_value !== undefined && Number(content) > Number(element.max_value))
        return `Please enter a number of at most ${element.max_value}.`;
      return undefined;
    default:
      return undefined;
  }
};

type AnyOption = { value: string; text: unknown };

const option = (options: AnyOption[], value: unknown): AnyOption => {
  const wanted = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
  const found = options.find((option) => option.value === wanted);
  if (!found)
    throw new BadValue(
      `There is no option "${String(wanted)}"; there are ${options.map((one) => `"${one.value}"`).join(', ')}.`,
    );
  return found;
};

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === null ? [] : [value]);

const wordOrNull = (value: unknown): string | null => {
  if (value === null || value === '') return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new BadValue('Words are wanted here.');
};
