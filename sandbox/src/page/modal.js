import { html } from 'htm/preact';
import { useReducer, useState } from 'preact/hooks';
import { attempt, control, pressing, useView } from './api.js';
import { Blocks } from './blocks.js';
import { useFocusTrap } from './dialog.js';
import { contentOf, initialState, isFilled } from './fields.js';
import { Icon } from './icons.js';
import { withEmoji } from './emoji.js';

/** @import { SlackViewsView } from '../views.ts' */
/** @import { Block, BlockPlace, Element, FieldState, View } from './block-kit.ts' */
/** @import { Names } from './mrkdwn.js' */

/**
 * What a person has filled in, by view and field. It lives outside the components, so that nothing that redraws them loses it.
 * @type {Map<string, Map<string, FieldState>>}
 */
const filled = new Map();

const keyOf = (/** @type {Block} */ block, /** @type {Element} */ element) =>
  `${block.block_id} ${element.action_id}`;

/** The modal that is open for a person, if any. @param {{ user: string, names: Names }} props */
export function Modals({ user, names }) {
  const views = useView(
    `slack/views/${user}`,
    ({ target, user: whose }) => target === 'slack' && (whose === undefined || whose === user),
    /** @type {SlackViewsView | undefined} */ (undefined),
  );
  const top = views?.stack.at(-1);
  if (!top || !isView(top.view)) return null;
  return html`<${Modal}
    key=${top.id}
    user=${user}
    names=${names}
    open=${top}
    view=${top.view}
    depth=${views?.stack.length ?? 1}
  />`;
}

/** @param {{ user: string, names: Names, open: SlackViewsView['stack'][number], view: View, depth: number }} props */
function Modal({ user, names, open, view, depth }) {
  const [, redraw] = useReducer((/** @type {number} */ n) => n + 1, 0);
  const [missing, setMissing] = useState(/** @type {Record<string, string>} */ ({}));
  const [answered, setAnswered] = useState(/** @type {Record<string, string>} */ ({}));
  const [mended, setMended] = useState(/** @type {string[]} */ ([]));
  const [sending, setSending] = useState(false);
  const close = () => void attempt(() => control('POST', `slack/views/${user}/close`, {}));
  const box = useFocusTrap(close);
  const inputs = view.blocks.filter((block) => block.type === 'input' && block.element);
  const typed = formOf(open);

  const submit = async () => {
    const errors = unfilled(inputs, typed);
    setMissing(errors);
    setAnswered({});
    setMended([]);
    if (Object.keys(errors).length > 0) return;
    setSending(true);
    const answer = await attempt(() =>
      control('POST', `slack/views/${user}/submit`, { values: valuesOf(view, typed) }),
    );
    setSending(false);
    setAnswered(errorsIn(answer));
  };
  const errors = { ...open.errors, ...answered, ...missing };
  for (const block of mended) delete errors[block];

  /** @type {BlockPlace} */
  const place = {
    names,
    folds: false,
    press: pressing({ user, view_id: open.id }),
    form: {
      errors,
      get: (block, element) => typed.get(keyOf(block, element)) ?? initialState(element),
      set: (block, element, state) => {
        typed.set(keyOf(block, element), state);
        if (block.block_id) setMended((already) => [...already, block.block_id ?? '']);
        redraw(0);
        if (block.dispatch_action && !element.type.endsWith('_input'))
          void place.press(block, element, contentOf(state));
      },
    },
  };
  const busy = sending || open.busy;
  return html`<div class="modal-veil">
    <div
      class="modal"
      role="dialog"
      aria-modal="true"
      aria-labelledby="modal-title"
      aria-busy=${busy}
      tabindex="-1"
      ref=${box}
    >
      <header>
        ${
          depth > 1
            ? html`<button class="icon-button" aria-label="Back" onClick=${close}>
                <${Icon} name="back" />
              </button>`
            : html`<span class="app-face" aria-hidden="true"><${Icon} name="heart" size=${18} /></span>`
        }
        <h2 id="modal-title" dir="auto">${withEmoji(view.title?.text ?? '')}</h2>
        <button class="icon-button" aria-label="Close" onClick=${close}><${Icon} name="close" /></button>
      </header>
      <form
        class="modal-body"
        id="modal-form"
        novalidate
        onSubmit=${(/** @type {Event} */ event) => {
          event.preventDefault();
          if (view.submit) void submit();
        }}
      >
        <${Blocks} blocks=${view.blocks} place=${place} />
        <button type="submit" hidden></button>
      </form>
      ${open.trouble && html`<p class="modal-trouble" role="alert"><${Icon} name="warning" size=${18} />${open.trouble}</p>`}
      <footer>
        ${busy && html`<span class="spinner" role="status" aria-label="Working"></span>`}
        <button class="b-button" onClick=${close}>
          ${view.close?.text ?? (view.submit ? 'Cancel' : 'Close')}
        </button>
        ${
          view.submit &&
          html`<button class="b-button primary" disabled=${busy} onClick=${submit}>
            ${withEmoji(view.submit.text)}
          </button>`
        }
      </footer>
    </div>
  </div>`;
}

/**
 * @param {unknown} view
 * @returns {view is View}
 */
export const isView = (view) => typeof view === 'object' && view !== null && 'blocks' in view;

/**
 * @param {unknown} state
 * @returns {state is FieldState}
 */
const isFieldState = (state) => typeof state === 'object' && state !== null && 'type' in state;

/**
 * What was typed into a view so far; at first, what the server remembers.
 * @param {SlackViewsView['stack'][number]} open
 */
function formOf(open) {
  const known = filled.get(open.id);
  if (known) return known;
  /** @type {Map<string, FieldState>} */
  const form = new Map();
  for (const [block, fields] of Object.entries(open.state))
    for (const [action, state] of Object.entries(fields))
      if (isFieldState(state)) form.set(`${block} ${action}`, state);
  filled.set(open.id, form);
  return form;
}

/**
 * Slack itself refuses to send a form whose required fields are empty.
 * @param {Block[]} inputs
 * @param {Map<string, FieldState>} typed
 */
function unfilled(inputs, typed) {
  /** @type {Record<string, string>} */
  const errors = {};
  for (const block of inputs) {
    if (!block.element || !block.block_id) continue;
    const state = typed.get(keyOf(block, block.element)) ?? initialState(block.element);
    const least = block.element.min_length ?? 0;
    const length = state.value?.length ?? 0;
    if (!isFilled(state)) {
      if (!block.optional) errors[block.block_id] = 'Please complete this required field.';
    } else if ('value' in state && length < least)
      errors[block.block_id] = `Please enter at least ${least} characters.`;
  }
  return errors;
}

/**
 * Slack's `state.values`: every field that the view has, filled or not.
 * @param {View} view
 * @param {Map<string, FieldState>} typed
 */
function valuesOf(view, typed) {
  /** @type {Record<string, Record<string, FieldState>>} */
  const values = {};
  for (const block of view.blocks) {
    const elements =
      block.type === 'input'
        ? [block.element]
        : [block.accessory, ...(block.type === 'actions' ? (block.elements ?? []) : [])];
    for (const element of elements) {
      if (!element?.action_id || !block.block_id) continue;
      if (['button', 'overflow', 'image'].includes(element.type)) continue;
      values[block.block_id] = {
        ...values[block.block_id],
        [element.action_id]: typed.get(keyOf(block, element)) ?? initialState(element),
      };
    }
  }
  return values;
}

/**
 * @param {unknown} answer
 * @returns {Record<string, string>}
 */
function errorsIn(answer) {
  if (!answer || typeof answer !== 'object' || !('errors' in answer)) return {};
  return answer.errors && typeof answer.errors === 'object' ? { ...answer.errors } : {};
}
