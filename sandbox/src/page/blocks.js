import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { Control } from './elements.js';
import { Field } from './fields.js';
import { Icon } from './icons.js';
import { Markdown } from './markdown.js';
import { Text } from './mrkdwn.js';
import { RichText } from './rich-text.js';

/** @import { Block, BlockPlace, Element } from './block-kit.ts' */

/**
 * Block Kit as Slack draws it.
 * @param {{ blocks: readonly unknown[], place: BlockPlace }} props
 */
export function Blocks({ blocks, place }) {
  return html`<div class="blocks">
    ${blocks.filter(isBlock).map((block, i) => html`<${One} key=${block.block_id ?? `${block.type}${i}`} block=${block} place=${place} />`)}
  </div>`;
}

/**
 * @param {unknown} block
 * @returns {block is Block}
 */
const isBlock = (block) => typeof block === 'object' && block !== null && 'type' in block;

/** @param {{ block: Block, place: BlockPlace }} props */
function One({ block, place }) {
  const { names } = place;
  switch (block.type) {
    case 'header':
      return html`<h3 class="b-header"><${Text} text=${block.text} names=${names} /></h3>`;
    case 'section':
      return html`<div class="b-section">
        <div class="b-section-text">
          ${block.text && html`<${Folding} text=${block.text} place=${place} open=${block.expand === true} />`}
          ${
            block.fields &&
            html`<div class="b-fields">
              ${block.fields.map((field) => html`<div><${Text} text=${field} names=${names} /></div>`)}
            </div>`
          }
        </div>
        ${block.accessory && html`<${Control} block=${block} element=${block.accessory} place=${place} />`}
      </div>`;
    case 'context':
      return html`<div class="b-context">
        ${block.elements?.map((element) =>
          element.type === 'image'
            ? html`<${Picture} source=${element} small />`
            : html`<${Text}
                text=${{ type: element.type === 'plain_text' ? 'plain_text' : 'mrkdwn', text: String(element.text ?? '') }}
                names=${names}
              />`,
        )}
      </div>`;
    case 'divider':
      return html`<hr class="b-divider" />`;
    case 'actions':
    case 'context_actions':
      return html`<div class="b-actions">
        ${block.elements?.map(
          (element) =>
            html`<${Control} key=${element.action_id} block=${block} element=${element} place=${place} />`,
        )}
      </div>`;
    case 'rich_text':
      return html`<${RichText} parts=${block.elements ?? []} names=${names} />`;
    case 'markdown':
      return html`<${Markdown} text=${typeof block.text === 'string' ? block.text : ''} />`;
    case 'image':
      return html`<figure class="b-image">
        ${block.title && html`<figcaption><${Text} text=${block.title} names=${names} /></figcaption>`}
        <${Picture} source=${block} />
      </figure>`;
    case 'input':
      return block.element ? html`<${Input} block=${block} element=${block.element} place=${place} />` : null;
    case 'table':
      return html`<div class="b-table">
        <table>
          ${block.rows?.map(
            (row) =>
              html`<tr>
                ${row.map(
                  (cell) =>
                    html`<td dir="auto">
                      ${cell.elements ? html`<${RichText} parts=${cell.elements} names=${names} />` : cell.text}
                    </td>`,
                )}
              </tr>`,
          )}
        </table>
      </div>`;
    default:
      return html`<p class="b-unknown">A “${block.type}” block, which this page does not draw</p>`;
  }
}

/** @param {{ text: NonNullable<Block['text']>, place: BlockPlace, open: boolean }} props */
function Folding({ text, place, open }) {
  const [shown, setShown] = useState(open);
  const words = typeof text === 'string' ? text : text.text;
  const long = place.folds && (words.length > 700 || words.split('\n').length > 9);
  return html`<div class=${long && !shown ? 'folded' : ''}><${Text} text=${text} names=${place.names} /></div>
    ${
      long &&
      html`<button class="as-link fold-button" onClick=${() => setShown(!shown)}>
        ${shown ? 'See less' : 'See more'}
      </button>`
    }`;
}

/**
 * Pictures of this sandbox are shown; one from elsewhere is only named, since the page asks nobody else for anything.
 * @param {{ source: Pick<Block, 'image_url' | 'alt_text' | 'slack_file'>, small?: boolean }} props
 */
function Picture({ source, small = false }) {
  const url = source.image_url ?? source.slack_file?.url ?? '';
  const alt = source.alt_text ?? '';
  const here = url.startsWith('data:image/') || url.startsWith(`${location.origin}/`);
  if (here) return html`<img class=${small ? 'b-small-picture' : 'b-picture'} src=${url} alt=${alt} />`;
  return html`<span class=${small ? 'b-small-picture away' : 'b-picture away'} role="img" aria-label=${alt}>
    ${small ? null : html`<${Icon} name="camera" />${alt}`}
  </span>`;
}

/** @param {{ block: Block, element: Element, place: BlockPlace }} props */
function Input({ block, element, place }) {
  const { form, names } = place;
  const id = `${block.block_id}-${element.action_id}`;
  const error = form?.errors[block.block_id ?? ''];
  const group = element.type === 'radio_buttons' || element.type === 'checkboxes';
  const label = html`<${Text}
      text=${block.label}
      names=${names}
    />${block.optional && html`<span class="optional"> (optional)</span>`}`;
  return html`<div
    class=${`b-input ${error ? 'wrong' : ''}`}
    role=${group ? 'group' : undefined}
    aria-labelledby=${group ? `${id}-label` : undefined}
  >
    ${group ? html`<div class="b-label" id=${`${id}-label`}>${label}</div>` : html`<label class="b-label" for=${id}>${label}</label>`}
    <${Field}
      id=${id}
      element=${element}
      names=${names}
      state=${form?.get(block, element)}
      describedBy=${error ? `${id}-error` : block.hint ? `${id}-hint` : undefined}
      wrong=${Boolean(error)}
      onState=${(/** @type {import('./block-kit.ts').FieldState} */ state) => form?.set(block, element, state)}
    />
    ${error && html`<p class="b-error" id=${`${id}-error`} role="alert"><${Icon} name="warning" size=${16} />${error}</p>`}
    ${block.hint && html`<p class="b-hint" id=${`${id}-hint`}><${Text} text=${block.hint} names=${names} /></p>`}
  </div>`;
}
