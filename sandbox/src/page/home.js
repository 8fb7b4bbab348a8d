import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { post, pressing, useView } from './api.js';
import { Blocks } from './blocks.js';
import { Icon } from './icons.js';
import { isView } from './modal.js';

/** @import { SlackHomeView } from '../views.ts' */
/** @import { BlockPlace } from './block-kit.ts' */
/** @import { Names } from './mrkdwn.js' */

/** The app's Home tab as one person sees it. @param {{ user: string, appName: string, names: Names }} props */
export function Home({ user, appName, names }) {
  const home = useView(
    `slack/home/${user}`,
    ({ target, user: whose }) => target === 'slack' && (whose === undefined || whose === user),
    /** @type {SlackHomeView | undefined} */ (undefined),
  );
  // Opening the tab is what tells the app that it may draw it.
  useEffect(() => void post(`slack/home/${user}/open`, {}), [user]);
  const view = isView(home?.view) ? home.view : undefined;
  /** @type {BlockPlace} */
  const place = {
    names,
    folds: false,
    press: pressing({ user, ...(view?.id ? { view_id: view.id } : {}) }),
  };
  return html`<div class="slack-main">
    <header class="slack-header">
      <h2>
        <span class="app-face square small" aria-hidden="true"><${Icon} name="heart" size=${14} /></span
        >${appName}
      </h2>
      <span class="home-tab" aria-current="page">Home</span>
    </header>
    <div class="slack-log home" tabindex="0">
      ${
        view
          ? html`<${Blocks} blocks=${view.blocks} place=${place} />`
          : html`<div class="slack-empty">
              <span class="locked-mark"><${Icon} name="home" size=${30} /></span>
              <h3>Nothing here yet</h3>
              <p>The app draws this page when it hears that you opened it. Is the helpline running?</p>
            </div>`
      }
    </div>
  </div>`;
}
