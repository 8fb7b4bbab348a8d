/**
 * As much of Block Kit as the page draws. Everything is optional but the type: blocks come from an app, and the emulator,
 * not the page, is the one that refuses wrong ones.
 */

export type TextObject = { type: 'plain_text' | 'mrkdwn'; text: string; emoji?: boolean };

export type Option = { text: TextObject; value?: string; description?: TextObject; url?: string };

export type Confirm = {
  title?: TextObject;
  text?: TextObject;
  confirm?: TextObject;
  deny?: TextObject;
  style?: string;
};

export type Element = {
  type: string;
  action_id?: string;
  text?: TextObject;
  value?: string;
  url?: string;
  style?: string;
  accessibility_label?: string;
  confirm?: Confirm;
  placeholder?: TextObject;
  options?: Option[];
  option_groups?: { label: TextObject; options: Option[] }[];
  initial_option?: Option;
  initial_options?: Option[];
  initial_value?: string;
  initial_date?: string;
  initial_time?: string;
  initial_user?: string;
  multiline?: boolean;
  min_length?: number;
  max_length?: number;
  image_url?: string;
  alt_text?: string;
  slack_file?: { url?: string; id?: string };
};

export type RichStyle = { bold?: boolean; italic?: boolean; strike?: boolean; code?: boolean };

/** Rich text nests one shape inside another; a leaf has text, a branch has elements. */
export type RichPart = {
  type: string;
  elements?: RichPart[];
  style?: RichStyle | string;
  text?: string;
  url?: string;
  user_id?: string;
  channel_id?: string;
  usergroup_id?: string;
  name?: string;
  unicode?: string;
  range?: string;
  timestamp?: number;
  format?: string;
  fallback?: string;
  indent?: number;
  offset?: number;
};

export type Block = {
  type: string;
  block_id?: string;
  text?: TextObject | string;
  fields?: TextObject[];
  accessory?: Element;
  elements?: (Element & RichPart)[];
  element?: Element;
  label?: TextObject;
  hint?: TextObject;
  title?: TextObject;
  optional?: boolean;
  dispatch_action?: boolean;
  expand?: boolean;
  image_url?: string;
  alt_text?: string;
  slack_file?: { url?: string; id?: string };
  rows?: RichPart[][];
};

/** `view` of a modal or a home tab. */
export type View = {
  type: string;
  id?: string;
  title?: TextObject;
  submit?: TextObject;
  close?: TextObject;
  blocks: Block[];
};

/** One field's entry in Slack's `state.values`. */
export type FieldState = {
  type: string;
  value?: string | null;
  selected_option?: Option | null;
  selected_options?: Option[];
  selected_date?: string | null;
  selected_time?: string | null;
  selected_user?: string | null;
};

/** What the blocks of one message or view need from where they stand. */
export type BlockPlace = {
  /** Names of people and channels by id. */
  names: ReadonlyMap<string, string>;
  /** Somebody used an element; `value` is what the button carries or what was chosen, null for nothing chosen. */
  press: (block: Block, element: Element, value?: unknown) => Promise<void>;
  /** Present in modals and home tabs, where inputs are. */
  form?: {
    get: (block: Block, element: Element) => FieldState | undefined;
    set: (block: Block, element: Element, state: FieldState) => void;
    errors: Readonly<Record<string, string>>;
  };
  /** Long texts fold in messages, not in modals. */
  folds: boolean;
};
