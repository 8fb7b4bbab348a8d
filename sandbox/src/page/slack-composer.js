import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { scriptClass } from './entities.js';
import { Icon } from './icons.js';

/**
 * Slack's message field. What could not be sent stays in it.
 * @param {{ placeholder: string, onSend: (text: string) => Promise<unknown> }} props
 */
export function SlackComposer({ placeholder, onSend }) {
  const [text, setText] = useState('');
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 160)}px`;
  }, [text]);
  const send = async () => {
    const words = text.trim();
    if (!words) return;
    setText('');
    if (!(await onSend(words))) setText(words);
  };
  return html`<form
    class="slack-composer"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      void send();
    }}
  >
    <textarea
      ref=${field}
      rows="1"
      dir="auto"
      class=${scriptClass(text)}
      aria-label=${placeholder}
      placeholder=${placeholder}
      value=${text}
      onInput=${(/** @type {{ currentTarget: HTMLTextAreaElement }} */ event) => setText(event.currentTarget.value)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        void send();
      }}
    ></textarea>
    <button type="submit" aria-label="Send" disabled=${!text.trim()}>
      <${Icon} name="send" size=${18} />
    </button>
  </form>`;
}
