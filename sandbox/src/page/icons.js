import { html } from 'htm/preact';

/** Drawn for this page on a 24-unit grid; stroke icons unless named otherwise. */
const strokes = {
  away: 'M8 16L16.500 7.500M9.500 7h7.500v7.500',
  attach:
    'M19 11.500l-7.400 7.400a4.600 4.600 0 0 1-6.500-6.500l8-8a3.100 3.100 0 0 1 4.400 4.400l-7.900 7.900a1.500 1.500 0 0 1-2.200-2.200l7-7',
  back: 'M15 5l-7 7 7 7',
  block: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17M6 6l12 12',
  camera: 'M4 8.500h3.200L9 6h6l1.800 2.500H20v10H4zM12 10.200a3 3 0 1 0 0 6 3 3 0 0 0 0-6',
  check: 'M5 12.500l4.500 4.500L19 7',
  chevron: 'M6 9l6 6 6-6',
  close: 'M6 6l12 12M18 6L6 18',
  contact:
    'M12 4.500a3.700 3.700 0 1 0 0 7.400 3.700 3.700 0 0 0 0-7.400M4.800 20c.7-3.600 3.600-5.600 7.200-5.600s6.500 2 7.200 5.600',
  desk: 'M4 5h16v11H4zM9 20h6M12 16v4',
  edit: 'M4.500 19.500l.9-3.800L16 5.100l2.900 2.900L8.300 18.600z',
  eye: 'M2.500 12S6 5.800 12 5.800 21.500 12 21.500 12 18 18.200 12 18.200 2.500 12 2.500 12zM12 9.300a2.700 2.700 0 1 0 0 5.400 2.700 2.700 0 0 0 0-5.400',
  fault: 'M13 3L5 13.500h6L10.500 21 19 10h-6.300z',
  file: 'M7 3.500h7l4.500 4.500v12.500H7zM14 3.500V8h4.500',
  hash: 'M9.500 4L7.500 20M16.500 4l-2 16M4.500 9h15.500M4 15h15.500',
  heart: 'M4 12h4l2-5 3.500 10 2-5H20',
  home: 'M4 11l8-6.500 8 6.500v8.500h-5.500V14h-5v5.500H4z',
  keyboard: 'M3.500 7h17v10.500h-17zM7 10.500h.01M10.500 10.500h.01M14 10.500h.01M17.500 10.500h.01M8 14h8',
  list: 'M8.500 6.500H20M8.500 12H20M8.500 17.500H20M4.500 6.500h.01M4.500 12h.01M4.500 17.500h.01',
  lock: 'M6.500 11h11v8.500h-11zM8.800 11V8.200a3.200 3.200 0 0 1 6.400 0V11',
  mic: 'M12 3.500a2.700 2.700 0 0 0-2.700 2.700v5a2.700 2.700 0 0 0 5.400 0v-5A2.700 2.700 0 0 0 12 3.500M6 11a6 6 0 0 0 12 0M12 17v3.500',
  moon: 'M19.500 14.200A8 8 0 0 1 9.800 4.500a8 8 0 1 0 9.700 9.700z',
  more: 'M12 5.500v.01M12 12v.01M12 18.500v.01',
  phone: 'M8 3.500h8a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1zM11 17.500h2',
  pin: 'M12 21s6.500-6 6.500-11A6.500 6.500 0 0 0 5.500 10c0 5 6.500 11 6.500 11zM12 7.700a2.300 2.300 0 1 0 0 4.600 2.300 2.300 0 0 0 0-4.600',
  plus: 'M12 5v14M5 12h14',
  spark:
    'M12 3.500l1.900 5.600 5.600 1.900-5.600 1.900L12 18.500l-1.900-5.600L4.500 11l5.600-1.900zM18.500 16.500v4M16.500 18.500h4',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400',
  thread: 'M4 5h16v11h-9l-4 3.500V16H4z',
  warning: 'M12 4l9 16H3zM12 10v4.500M12 17.300v.01',
};

const fills = {
  play: 'M8 5.500v13l11-6.500z',
  send: 'M3.500 4.300l17.800 7.700-17.800 7.700 2.200-6.400 8.300-1.300-8.300-1.300z',
};

/**
 * @typedef {keyof typeof strokes | keyof typeof fills} IconName
 * @param {{ name: IconName, size?: number }} props
 */
export function Icon({ name, size = 20 }) {
  const filled = name === 'play' || name === 'send';
  return html`<svg
    class="icon"
    viewBox="0 0 24 24"
    width=${size}
    height=${size}
    aria-hidden="true"
    focusable="false"
  >
    ${
      filled
        ? html`<path d=${fills[name]} fill="currentColor" />`
        : html`<path
            d=${strokes[name]}
            fill="none"
            stroke="currentColor"
            stroke-width="1.8"
            stroke-linecap="round"
            stroke-linejoin="round"
          />`
    }
  </svg>`;
}

/** One tick: sent. Two ticks: the bot has it. */
export function Ticks({ two = true }) {
  return html`<svg
    class="ticks"
    viewBox="0 0 18 11"
    width="16"
    height="10"
    role="img"
    aria-label=${two ? 'Read' : 'Sent'}
  >
    <path
      d=${two ? 'M1 5.800l3.500 3.700L11.500 1M7.600 9.100l.4.400L15.500 1' : 'M1 5.800l3.500 3.700L11.500 1'}
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>`;
}
