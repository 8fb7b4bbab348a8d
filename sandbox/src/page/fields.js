import { html } from 'htm/preact';
import { useId } from 'preact/hooks';
import { scriptClass } from './entities.js';
import { Text } from './mrkdwn.js';

/** @import { Element, FieldState, Option } from './block-kit.ts' */
/** @import { Names } from './mrkdwn.js' */

/**
 * @typedef {{
 *   element: Element, names: Names, state: FieldState | undefined, onState: (state: FieldState) => void,
 *   id?: string, label?: string | undefined, describedBy?: string | undefined, wrong?: boolean, compact?: boolean
 * }} FieldProps
 * @typedef {{ currentTarget: HTMLInputElement }} InputEventLike
 */

/** Something to fill in or choose from, in Slack's shapes. @param {FieldProps} props */
export function Field(props) {
  const { element } = props;
  switch (element.type) {
    case 'static_select':
    case 'external_select':
      return html`<${Select} ...${props} options=${element.options ?? []} />`;
    case 'multi_static_select':
    case 'checkboxes':
    case 'radio_buttons':
      return html`<${Choices} ...${props} />`;
    case 'users_select':
    case 'conversations_select':
      return html`<${People} ...${props} />`;
    case 'datepicker':
      return html`<${Typed} ...${props} kind="date" read="selected_date" />`;
    case 'timepicker':
      return html`<${Typed} ...${props} kind="time" read="selected_time" />`;
    case 'number_input':
      return html`<${Typed} ...${props} kind="number" read="value" />`;
    case 'email_text_input':
      return html`<${Typed} ...${props} kind="email" read="value" />`;
    case 'url_text_input':
      return html`<${Typed} ...${props} kind="url" read="value" />`;
    case 'plain_text_input':
      return element.multiline
        ? html`<${Long} ...${props} />`
        : html`<${Typed} ...${props} kind="text" read="value" />`;
    default:
      return html`<p class="b-unknown">A “${element.type}” element, which this page does not draw</p>`;
  }
}

/** What a field holds before anybody touched it. @param {Element} element @returns {FieldState} */
export function initialState(element) {
  switch (element.type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type: element.type, selected_option: element.initial_option ?? null };
    case 'checkboxes':
    case 'multi_static_select':
      return { type: element.type, selected_options: element.initial_options ?? [] };
    case 'datepicker':
      return { type: element.type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type: element.type, selected_time: element.initial_time ?? null };
    case 'users_select':
      return { type: element.type, selected_user: element.initial_user ?? null };
    default:
      return { type: element.type, value: element.initial_value ?? null };
  }
}

/** What a field holds, without its type: words, an option, several, or null. @param {FieldState} state */
export const contentOf = ({ type: _type, ...content }) => Object.values(content)[0] ?? null;

/** Is there anything in it? @param {FieldState} state */
export function isFilled(state) {
  const content = contentOf(state);
  if (typeof content === 'string') return content.trim() !== '';
  return Array.isArray(content) ? content.length > 0 : content !== null;
}

/** @param {FieldProps} props */
const common = ({ id, label, describedBy, wrong }) => ({
  id,
  'aria-label': label,
  'aria-describedby': describedBy,
  'aria-invalid': wrong ? 'true' : undefined,
});

/** @param {FieldProps & { kind: string, read: 'value' | 'selected_date' | 'selected_time' }} props */
function Typed(props) {
  const { element, state, onState, kind, read } = props;
  const value = state?.[read] ?? '';
  return html`<div class="b-counted">
    <input
      ...${common(props)}
      class=${scriptClass(value)}
      type=${kind}
      dir="auto"
      autocomplete="off"
      placeholder=${element.placeholder?.text}
      maxlength=${element.max_length}
      value=${value}
      onInput=${(/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) => onState({ type: element.type, [read]: currentTarget.value || null })}
    />
    <${Counter} length=${value.length} most=${element.max_length} />
  </div>`;
}

/** @param {FieldProps} props */
function Long(props) {
  const { element, state, onState } = props;
  const value = state?.value ?? '';
  return html`<div class="b-counted">
    <textarea
      ...${common(props)}
      class=${scriptClass(value)}
      rows="4"
      dir="auto"
      placeholder=${element.placeholder?.text}
      maxlength=${element.max_length}
      value=${value}
      onInput=${(/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) => onState({ type: element.type, value: currentTarget.value || null })}
    ></textarea>
    <${Counter} length=${value.length} most=${element.max_length} />
  </div>`;
}

/** Appears when the end comes near, as in Slack. @param {{ length: number, most: number | undefined }} props */
function Counter({ length, most }) {
  if (!most || most - length > Math.max(20, most / 5)) return null;
  return html`<span class="b-counter" aria-live="polite">${most - length}</span>`;
}

const one = (/** @type {Option} */ option) =>
  html`<option value=${option.value}>${option.text.text}</option>`;

/** @param {FieldProps & { options: Option[] }} props */
function Select(props) {
  const { element, state, onState, compact, options } = props;
  const groups = element.option_groups;
  const all = [...options, ...(groups?.flatMap((group) => group.options) ?? [])];
  const chosen = state?.selected_option?.value ?? '';
  return html`<select
    ...${common(props)}
    class=${compact ? 'compact' : ''}
    value=${chosen}
    onChange=${(/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) =>
      onState({
        type: element.type,
        selected_option: all.find(({ value }) => value === currentTarget.value) ?? null,
      })}
  >
    <option value="">${element.placeholder?.text ?? 'Select an option'}</option>
    ${options.map(one)}
    ${groups?.map((group) => html`<optgroup label=${group.label.text}>${group.options.map(one)}</optgroup>`)}
  </select>`;
}

/** @param {FieldProps} props */
function People(props) {
  const { element, names, state, onState, compact } = props;
  const people = [...names].filter(([id]) => /^[UW]/.test(id));
  return html`<select
    ...${common(props)}
    class=${compact ? 'compact' : ''}
    value=${state?.selected_user ?? ''}
    onChange=${(/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) => onState({ type: element.type, selected_user: currentTarget.value || null })}
  >
    <option value="">${element.placeholder?.text ?? 'Select a person'}</option>
    ${people.map(([id, name]) => html`<option value=${id}>${name}</option>`)}
  </select>`;
}

/** @param {FieldProps} props */
function Choices({ element, names, state, onState, describedBy }) {
  const group = useId();
  const many = element.type !== 'radio_buttons';
  const options = element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];
  const isChosen = (/** @type {Option} */ option) =>
    many
      ? (state?.selected_options ?? []).some(({ value }) => value === option.value)
      : state?.selected_option?.value === option.value;
  const choose = (/** @type {Option} */ option) => {
    if (!many) return onState({ type: element.type, selected_option: option });
    const chosen = options.filter((each) => (each.value === option.value) !== isChosen(each));
    return onState({ type: element.type, selected_options: chosen });
  };
  return html`<div class="b-choices" aria-describedby=${describedBy}>
    ${options.map(
      (option) =>
        html`<label>
          <input
            type=${many ? 'checkbox' : 'radio'}
            name=${group}
            checked=${isChosen(option)}
            onChange=${() => choose(option)}
          />
          <span>
            <${Text} text=${option.text} names=${names} />
            ${option.description && html`<small><${Text} text=${option.description} names=${names} /></small>`}
          </span>
        </label>`,
    )}
  </div>`;
}
