import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { Dialog, useMenu } from './dialog.js';
import { withEmoji } from './emoji.js';
import { Field, contentOf } from './fields.js';
import { Icon } from './icons.js';
import { Text } from './mrkdwn.js';

/** @import { Block, BlockPlace, Confirm, Element, FieldState } from './block-kit.ts' */

/**
 * An interactive element outside an input block: using it tells the app at once.
 * @param {{ block: Block, element: Element, place: BlockPlace }} props
 */
export function Control({ block, element, place }) {
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(/** @type {{ value: unknown } | undefined} */ (undefined));
  const press = async (/** @type {unknown} */ value) => {
    setBusy(true);
    await place.press(block, element, value);
    setBusy(false);
  };
  const wish = (/** @type {unknown} */ value) => {
    if (element.confirm) setAsked({ value });
    else void press(value);
  };
  const onState = (/** @type {FieldState} */ state) => {
    place.form?.set(block, element, state);
    wish(contentOf(state));
  };
  const shape = () => {
    switch (element.type) {
      case 'button':
      case 'workflow_button':
        return html`<${Button} element=${element} busy=${busy} onPress=${() => wish(element.value)} />`;
      case 'icon_button':
        return html`<button class="b-button" aria-busy=${busy} onClick=${() => wish(element.value)}>
          ${element.text?.text ?? '🗑'}
        </button>`;
      case 'overflow':
        return html`<${Overflow} element=${element} onChoose=${wish} />`;
      case 'image':
        return html`<span class="b-picture away accessory" role="img" aria-label=${element.alt_text ?? ''}
          ><${Icon} name="camera"
        /></span>`;
      default:
        return html`<${Field}
          element=${element}
          names=${place.names}
          state=${place.form?.get(block, element)}
          onState=${onState}
          label=${element.placeholder?.text ?? element.accessibility_label}
          compact
        />`;
    }
  };
  return html`<div class="b-control">
    ${shape()}
    ${
      asked &&
      element.confirm &&
      html`<${Confirmation}
        confirm=${element.confirm}
        place=${place}
        onAnswer=${(/** @type {boolean} */ yes) => {
          setAsked(undefined);
          if (yes) void press(asked.value);
        }}
      />`
    }
  </div>`;
}

/** @param {{ element: Element, busy: boolean, onPress: () => void }} props */
function Button({ element, busy, onPress }) {
  const words = withEmoji(element.text?.text ?? '');
  const look = `b-button ${element.style ?? ''}`;
  if (element.url && /^https?:/.test(element.url))
    return html`<a
      class=${look}
      href=${element.url}
      target="_blank"
      rel="noopener noreferrer"
      onClick=${onPress}
      dir="auto"
      >${words}</a
    >`;
  return html`<button
    class=${look}
    aria-busy=${busy}
    aria-label=${element.accessibility_label}
    dir="auto"
    onClick=${onPress}
  >
    ${words}
  </button>`;
}

/** @param {{ element: Element, onChoose: (value: string | undefined) => void }} props */
function Overflow({ element, onChoose }) {
  const [open, setOpen] = useState(false);
  const box = useMenu(open, () => setOpen(false));
  return html`<span class="menu-place" ref=${box}>
    <button
      class="b-button icon"
      aria-label="More actions"
      aria-expanded=${open}
      onClick=${() => setOpen(!open)}
    >
      <${Icon} name="more" size=${18} />
    </button>
    ${
      open &&
      html`<div class="menu right" role="menu">
        ${element.options?.map(
          (option) =>
            html`<button
              role="menuitem"
              onClick=${() => {
                setOpen(false);
                onChoose(option.value);
              }}
            >
              ${withEmoji(option.text.text)}
            </button>`,
        )}
      </div>`
    }
  </span>`;
}

/** @param {{ confirm: Confirm, place: BlockPlace, onAnswer: (yes: boolean) => void }} props */
function Confirmation({ confirm, place, onAnswer }) {
  return html`<${Dialog} title=${confirm.title?.text ?? 'Are you sure?'} onClose=${() => onAnswer(false)}>
    <p><${Text} text=${confirm.text} names=${place.names} /></p>
    <div class="dialog-buttons">
      <button class="b-button" onClick=${() => onAnswer(false)}>${confirm.deny?.text ?? 'Cancel'}</button>
      <button class=${`b-button ${confirm.style ?? 'primary'}`} onClick=${() => onAnswer(true)}>
        ${confirm.confirm?.text ?? 'Yes'}
      </button>
    </div>
  </${Dialog}>`;
}
