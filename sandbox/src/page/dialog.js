import { html } from 'htm/preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from './icons.js';

/** @import { ComponentChildren } from 'preact' */

/**
 * A small dialog over the whole page. Escape and the veil close it.
 * @param {{ title: string, onClose: () => void, children: ComponentChildren }} props
 */
export function Dialog({ title, onClose, children }) {
  const box = useFocusTrap(onClose);
  const id = useId();
  const veil = (/** @type {MouseEvent} */ event) => {
    if (event.target === event.currentTarget) onClose();
  };
  return html`<div class="veil" onMouseDown=${veil}>
    <div class="dialog" role="dialog" aria-modal="true" aria-labelledby=${id} ref=${box} tabindex="-1">
      <header>
        <h2 id=${id}>${title}</h2>
        <button class="icon-button" aria-label="Close" onClick=${onClose}><${Icon} name="close" /></button>
      </header>
      ${children}
    </div>
  </div>`;
}

const focusable =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled])';

/**
 * Keeps the focus inside an element while it is shown, closes it on Escape, and gives the focus back afterwards.
 * @param {() => void} onClose
 */
export function useFocusTrap(onClose) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const before = document.activeElement;
    const first = element.querySelector('input:not([type=hidden]), textarea, select') ?? element;
    if (first instanceof HTMLElement) first.focus();
    const onKey = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Escape') {
        event.stopPropagation();
        close.current();
      }
      if (event.key !== 'Tab') return;
      const stops = [...element.querySelectorAll(focusable)].filter((stop) => stop instanceof HTMLElement);
      const [start, end] = [stops[0], stops.at(-1)];
      const leaving = event.shiftKey ? start : end;
      if (document.activeElement !== leaving && document.activeElement !== element) return;
      event.preventDefault();
      (event.shiftKey ? end : start)?.focus();
    };
    element.addEventListener('keydown', onKey);
    return () => {
      element.removeEventListener('keydown', onKey);
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return box;
}

/**
 * Closes a small menu on Escape or a click elsewhere.
 * @param {boolean} open
 * @param {() => void} onClose
 */
export function useMenu(open, onClose) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (!open) return undefined;
    const outside = (/** @type {Event} */ event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) onClose();
    };
    const escape = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Escape') onClose();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('keydown', escape);
    };
  }, [open]);
  return box;
}
