import { useEffect, useReducer, useState } from 'preact/hooks';

/** @import { ChangeView } from '../views.ts' */
/** @import { BlockPlace } from './block-kit.ts' */

/** @type {Set<(change: ChangeView | 'everything') => void>} */
const watchers = new Set();
/** @type {Set<(online: boolean) => void>} */
const lineWatchers = new Set();
/** @type {Set<(text: string) => void>} */
const noticeWatchers = new Set();
let online = true;

/**
 * One call of the control API. Throws an Error with the server's own sentence.
 * @param {'GET' | 'POST' | 'DELETE'} method
 * @param {string} path below /control/
 * @param {object} [body]
 * @returns {Promise<unknown>}
 */
export async function control(method, path, body) {
  const response = await fetch(`/control/${path}`, {
    method,
    ...(body ? { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {}),
  }).catch(() => {
    throw new Error('The sandbox did not answer.');
  });
  /** @type {unknown} */
  const answer = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const why = answer && typeof answer === 'object' && 'error' in answer ? String(answer.error) : '';
  throw new Error(why || `The sandbox answered ${response.status}.`);
}

/**
 * Does something that a person asked for, and shows a notice when it fails.
 * @template T
 * @param {() => Promise<T>} action
 * @returns {Promise<T | undefined>}
 */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    notify(error instanceof Error ? error.message : 'Something went wrong.');
    return undefined;
  }
}

/**
 * Shorthand for event handlers: a POST whose failure becomes a notice.
 * @param {string} path
 * @param {object} body
 */
export const post = (path, body) => attempt(() => control('POST', path, body));

/**
 * Uses an interactive element as somebody, in a message (`channel`, `ts`) or in a view (`view_id`).
 * @param {object} where
 * @returns {BlockPlace['press']}
 */
export const pressing = (where) => async (block, element, value) => {
  await post('slack/presses', {
    ...where,
    action_id: element.action_id,
    ...(block.block_id ? { block_id: block.block_id } : {}),
    ...(value === undefined ? {} : { value }),
  });
};

/** @param {string} text */
export function notify(text) {
  for (const watcher of noticeWatchers) watcher(text);
}

/** @param {(text: string) => void} watcher */
export function onNotice(watcher) {
  noticeWatchers.add(watcher);
  return () => void noticeWatchers.delete(watcher);
}

/** Makes the views that a change concerns load again. @param {ChangeView} change */
export function announce(change) {
  for (const watcher of watchers) watcher(change);
}

/** Follows `GET /control/events` for as long as the page is open, whatever becomes of the server. */
export function followEvents() {
  const source = new EventSource('/control/events');
  source.addEventListener('open', () => {
    setOnline(true);
    for (const watcher of watchers) watcher('everything');
  });
  source.addEventListener('message', (event) => {
    const change = readChange(event.data);
    if (change) announce(change);
  });
  source.addEventListener('error', () => {
    setOnline(false);
    source.close();
    setTimeout(followEvents, 1000);
  });
}

/**
 * @param {unknown} data
 * @returns {ChangeView | undefined}
 */
function readChange(data) {
  try {
    /** @type {unknown} */
    const change = JSON.parse(String(data));
    return isChange(change) ? change : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {unknown} value
 * @returns {value is ChangeView}
 */
const isChange = (value) => typeof value === 'object' && value !== null && 'target' in value;

/** @param {boolean} value */
function setOnline(value) {
  if (online === value) return;
  online = value;
  for (const watcher of lineWatchers) watcher(value);
}

/** True while the server's events arrive. */
export function useOnline() {
  const [value, set] = useState(online);
  useEffect(() => {
    lineWatchers.add(set);
    set(online);
    return () => void lineWatchers.delete(set);
  }, []);
  return value;
}

/**
 * A view of the control API that is fetched again after every change that concerns it.
 * @template T
 * @param {string | undefined} path below /control/; undefined: nothing to fetch yet
 * @param {(change: ChangeView) => boolean} concerns
 * @param {T} start what to show until the first answer
 * @returns {T} the last good answer
 */
export function useView(path, concerns, start) {
  const [, redraw] = useReducer((/** @type {number} */ n) => n + 1, 0);
  const [box] = useState(() => ({ path, value: start, seen: '' }));
  if (box.path !== path) Object.assign(box, { path, value: start, seen: '' });

  useEffect(() => {
    if (path === undefined) return undefined;
    let gone = false;
    let busy = false;
    let again = false;
    const loadOnce = async () => {
      // A chat or a channel that nobody has used yet may not exist: that is an empty view, not an error.
      const response = await fetch(`/control/${path}`).catch(() => undefined);
      const text = response?.ok ? await response.text() : '';
      if (gone || text === '' || text === box.seen) return;
      box.seen = text;
      box.value = JSON.parse(text);
      redraw(0);
    };
    const load = async () => {
      again = true;
      if (busy) return;
      busy = true;
      do {
        again = false;
        await loadOnce();
      } while (again);
      busy = false;
    };
    /** @param {ChangeView | 'everything'} change */
    const watcher = (change) => {
      if (change === 'everything' || concerns(change)) void load();
    };
    watchers.add(watcher);
    void load();
    return () => {
      gone = true;
      watchers.delete(watcher);
    };
  }, [path]);
  return box.value;
}
