import { html } from 'htm/preact';
import { Icon } from './icons.js';
import { colourOf, initials } from './people.js';

/** Slack's square picture of a person or of the app. @param {{ id: string, name: string, app?: boolean }} props */
export function SquareFace({ id, name, app = false }) {
  return html`<span class=${app ? 'square app-face' : `square tint${colourOf(id)}`} aria-hidden="true">
    ${app ? html`<${Icon} name="heart" size=${20} />` : initials(name)}
  </span>`;
}
