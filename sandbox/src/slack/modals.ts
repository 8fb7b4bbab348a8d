import type { EmulatorDeps } from '../emulator.ts';
import type { SlackHomeView, SlackViewsView } from '../views.ts';
import { formValues } from './form-values.ts';
import type { FormValues } from './form-values.ts';
import { app, team } from './identity.ts';
import { SlackError } from './slack-error.ts';
import { viewWithIds } from './view-schema.ts';
import type { HomeView, ModalView } from './view-schema.ts';

export type OpenModal = {
  id: string;
  view: ModalView;
  hash: string;
  root: string;
  previous: string | null;
  values: FormValues;
  errors: Record<string, string>;
  busy: boolean;
  /** Slack's line when the app did not answer. */
  trouble: string | null;
};

export type PublishedHome = { id: string; view: HomeView; hash: string; values: FormValues };

/** The modals that people have open, three deep at most, and their Home tabs. */
export type Modals = {
  stack(user: string): OpenModal[];
  /** Opens a first modal; what was open before is gone. */
  open(user: string, view: ModalView): OpenModal;
  /** Throws not_found without an open modal, push_limit_reached at the fourth. */
  push(user: string, view: ModalView): OpenModal;
  /** Keeps what was typed in fields of the same ids. Throws hash_conflict. */
  replace(user: string, id: string, view: ModalView, hash?: string): OpenModal;
  /** What the person typed, errors, the spinner. Nothing when it is closed meanwhile. */
  note(
    user: string,
    id: string,
    change: Partial<Pick<OpenModal, 'values' | 'errors' | 'busy' | 'trouble'>>,
  ): void;
  /** Closes it and what lies on it; gives what was closed, top first. */
  close(user: string, id: string): OpenModal[];
  find(wanted: {
    view_id?: string | undefined;
    external_id?: string | undefined;
  }): { user: string; modal: OpenModal } | undefined;
  home(user: string): PublishedHome | undefined;
  publish(user: string, view: HomeView, hash?: string): PublishedHome;
  noteHome(user: string, values: FormValues): void;
};

const deepest = 3;

export const openModals = ({ state, now, random, changes }: EmulatorDeps, newId: () => string): Modals => {
  const stacks = state.kind<OpenModal[]>('slack.modals');
  const homes = state.kind<PublishedHome>('slack.home');
  const newViewId = () => `V0${state.next('slack.view').toString(36).toUpperCase().padStart(9, '0')}`;
  const newHash = () => `${Math.floor(now() / 1000)}.${random().toString(36).slice(2, 10).padEnd(8, '0')}`;

  const stack = (user: string) => stacks.get(user) ?? [];
  const put = (user: string, modals: OpenModal[]) => {
    stacks.put(user, modals);
    changes.changed({ target: 'slack', user });
  };
  const refuseTaken = (external_id: string, but?: string) => {
    const found = external_id === '' ? undefined : find({ external_id });
    if (found && found.modal.id !== but) throw new SlackError('duplicate_external_id');
  };
  const made = (asked: ModalView, below: OpenModal | undefined): OpenModal => {
    const view = viewWithIds(asked, newId);
    const id = newViewId();
    return {
      id,
      view,
      hash: newHash(),
      root: below?.root ?? id,
      previous: below?.id ?? null,
      values: formValues(view.blocks),
      errors: {},
      busy: false,
      trouble: null,
    };
  };
  const find: Modals['find'] = ({ view_id, external_id }) => {
    for (const { id: user, value } of stacks.list())
      for (const modal of value)
        if (view_id === undefined ? modal.view.external_id === external_id : modal.id === view_id)
          return { user, modal };
    return undefined;
  };
  // A spinner does not outlive the server that it waited for.
  for (const { id, value } of stacks.list())
    if (value.some((modal) => modal.busy))
      stacks.put(
        id,
        value.map((modal) => ({ ...modal, busy: false })),
      );

  return {
    stack,
    find,
    open(user, view) {
      refuseTaken(view.external_id);
      const modal = made(view, undefined);
      put(user, [modal]);
      return modal;
    },
    push(user, view) {
      const below = stack(user);
      if (below.length === 0) throw new SlackError('not_found');
      if (below.length >= deepest) throw new SlackError('push_limit_reached');
      refuseTaken(view.external_id);
      const modal = made(view, below.at(-1));
      put(user, [...below, modal]);
      return modal;
    },
    replace(user, id, asked, hash) {
      const modals = stack(user);
      const old = modals.find((modal) => modal.id === id);
      if (!old) throw new SlackError('not_found');
      if (hash !== undefined && hash !== old.hash) throw new SlackError('hash_conflict');
      refuseTaken(asked.external_id, id);
      const view = viewWithIds(asked, newId);
      const modal: OpenModal = {
        ...old,
        view,
        hash: newHash(),
        values: formValues(view.blocks, old.values),
        errors: {},
        busy: false,
        trouble: null,
      };
      put(
        user,
        modals.map((one) => (one.id === id ? modal : one)),
      );
      return modal;
    },
    note(user, id, change) {
      const modals = stack(user);
      if (!modals.some((modal) => modal.id === id)) return;
      put(
        user,
        modals.map((modal) => (modal.id === id ? { ...modal, ...change } : modal)),
      );
    },
    close(user, id) {
      const modals = stack(user);
      const at = modals.findIndex((modal) => modal.id === id);
      if (at < 0) return [];
      put(user, modals.slice(0, at));
      return modals.slice(at).toReversed();
    },
    home: (user) => homes.get(user),
    publish(user, asked, hash) {
      const old = homes.get(user);
      if (hash !== undefined && old && hash !== old.hash) throw new SlackError('hash_conflict');
      const view = viewWithIds(asked, newId);
      const home = {
        id: old?.id ?? newViewId(),
        view,
        hash: newHash(),
        values: formValues(view.blocks, old?.values),
      };
      homes.put(user, home);
      changes.changed({ target: 'slack', user });
      return home;
    },
    noteHome(user, values) {
      const home = homes.get(user);
      if (home) homes.put(user, { ...home, values });
    },
  };
};

const common = {
  team_id: team.id,
  app_id: app.id,
  app_installed_team_id: team.id,
  bot_id: app.bot,
};

/** The view object of payloads and of views.* answers. */
export const viewObject = ({
  id,
  view,
  hash,
  root,
  previous,
  values,
}: OpenModal): Record<string, unknown> => ({
  id,
  ...common,
  type: 'modal',
  blocks: view.blocks,
  private_metadata: view.private_metadata,
  callback_id: view.callback_id,
  state: { values },
  hash,
  title: view.title,
  clear_on_close: view.clear_on_close,
  notify_on_close: view.notify_on_close,
  close: view.close ?? null,
  submit: view.submit ?? null,
  previous_view_id: previous,
  root_view_id: root,
  external_id: view.external_id,
});

export const homeObject = ({ id, view, hash, values }: PublishedHome): Record<string, unknown> => ({
  id,
  ...common,
  type: 'home',
  blocks: view.blocks,
  private_metadata: view.private_metadata,
  callback_id: view.callback_id,
  state: { values },
  hash,
  title: { type: 'plain_text', text: 'View Title', emoji: true },
  clear_on_close: false,
  notify_on_close: false,
  close: null,
  submit: null,
  previous_view_id: null,
  root_view_id: id,
  external_id: view.external_id,
});

/** What the control API shows of them. */
export const modalsView = (user: string, stack: OpenModal[]): SlackViewsView => ({
  user,
  stack: stack.map(({ id, view, values, errors, busy, trouble }) => ({
    id,
    callback_id: view.callback_id,
    view,
    errors,
    state: values,
    busy,
    ...(trouble === null ? {} : { trouble }),
  })),
});

export const homeView = (user: string, home: PublishedHome | undefined): SlackHomeView => ({
  user,
  view: home?.view ?? null,
});
