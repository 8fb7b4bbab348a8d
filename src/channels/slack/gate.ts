import { createHmac } from 'node:crypto';
import type { App, BlockAction, RespondFn, SlashCommand, types, webApi } from '@slack/bolt';
import type { Log } from '../../core/log.ts';
import { toSafeError } from '../../core/log.ts';
import type { Staff } from '../../core/desk/staff.ts';
import type { Access, Actor } from './access.ts';
import { denialText } from './access.ts';
import type { DeskHandler } from './desk/desk-handler.ts';
import { escapeMrkdwn } from './blocks/mrkdwn.ts';
import { noticeView } from './desk/notice-view.ts';

/** What failed may have been the answer to something that is written already, so nothing is said of what was changed. */
const FAILED = 'This did not work. Please look at the case, and try again in a moment.';

type Deps = { app: App; access: Access; client: webApi.WebClient; log: Log };

/**
 * Joins the handlers to Bolt: the only place where that is done. The gate is built in, so that no handler runs for
 * anybody who is not of the desk at this moment, and none can be added without it.
 */
export function registerHandlers(handlers: readonly DeskHandler[], deps: Deps): void {
  for (const handler of handlers) {
    if (handler.kind === 'press') registerPress(handler, deps);
    else if (handler.kind === 'form') registerForm(handler, deps);
    else registerCommand(handler, deps);
  }
}

/** Runs `work` for an officer, and `refuse` for everybody else. What fails is logged and stays unacknowledged. */
async function guarded(
  { access, log }: Deps,
  id: string,
  actor: Actor,
  refuse: (text: string) => Promise<void>,
  work: (staff: Staff) => Promise<void>,
): Promise<void> {
  const verdict = await access.check(actor);
  if (!verdict.allowed) return refuse(denialText(verdict.why));
  try {
    await work(verdict.staff);
  } catch (error) {
    log('desk-failed', { kind: id, error: toSafeError(error) });
    throw error;
  }
}

/** A button's own value, or that of what was chosen. */
const valueOf = (action: object): string => {
  if ('value' in action && typeof action.value === 'string') return action.value;
  const option = 'selected_option' in action ? action.selected_option : null;
  const value = typeof option === 'object' && option !== null && 'value' in option ? option.value : null;
  return typeof value === 'string' ? value : '';
};

const teamOf = (body: { user: { team_id?: string }; team?: { id: string } | null }): string | undefined =>
  body.user.team_id ?? body.team?.id;

/** Tells the presser alone: under the message if there is one, else in a small window. Best effort. */
async function tellPresser(
  { client, log }: Deps,
  body: BlockAction,
  respond: RespondFn | undefined,
  text: string,
): Promise<void> {
  try {
    if (body.response_url !== undefined && body.response_url !== '' && respond)
      await respond({ response_type: 'ephemeral', replace_original: false, text: escapeMrkdwn(text) });
    else
      // Over an open form, so that what was typed there stays.
      await client.views[body.view?.type === 'modal' ? 'push' : 'open']({
        trigger_id: body.trigger_id,
        view: noticeView(text),
      });
  } catch (error) {
    log('desk-failed', { kind: 'tell', error: toSafeError(error) });
  }
}

function registerPress(handler: Extract<DeskHandler, { kind: 'press' }>, deps: Deps): void {
  deps.app.action(
    { action_id: handler.id, type: 'block_actions' },
    async ({ body, action, ack, respond }) => {
      const tell = (text: string): Promise<void> => tellPresser(deps, body, respond, text);
      const refuse = async (text: string): Promise<void> => {
        await ack();
        await tell(text);
      };
      const actor = { user: body.user.id, team: teamOf(body) };
      try {
        await guarded(deps, handler.id, actor, refuse, (staff) =>
          handler.handle({
            staff,
            value: valueOf(action),
            key: body.trigger_id || `${action.action_ts}:${body.user.id}:${action.action_id}`,
            triggerId: body.trigger_id,
            view: body.view
              ? {
                  id: body.view.id,
                  hash: body.view.hash,
                  meta: body.view.private_metadata,
                  values: body.view.state.values,
                }
              : null,
            ack: () => ack(),
            tell,
          }),
        );
      } catch (error) {
        await tell(FAILED);
        throw error;
      }
    },
  );
}

/**
 * With other words in it, the same form is another press: what it says must not pass for done. Keyed with what the register
 * does not hold, since presses are kept there in the open and what was typed is not to be guessed by them.
 */
const digestOf = (values: object, secret = ''): string =>
  createHmac('sha256', secret).update(JSON.stringify(values)).digest('base64url').slice(0, 16);

function registerForm(handler: Extract<DeskHandler, { kind: 'form' }>, deps: Deps): void {
  deps.app.view({ callback_id: handler.id, type: 'view_submission' }, async ({ body, view, ack }) => {
    if (body.type !== 'view_submission') return;
    const respond = ack;
    await guarded(
      deps,
      handler.id,
      { user: body.user.id, team: teamOf(body) },
      (text) => respond({ response_action: 'update', view: noticeView(text) }),
      (staff) =>
        handler.handle({
          staff,
          values: view.state.values,
          meta: view.private_metadata,
          key: `${view.id}:${view.hash}:${digestOf(view.state.values, deps.client.token)}`,
          ack: (answer) => (answer === undefined ? respond() : respond(answer)),
        }),
    );
  });
}

function registerCommand(handler: Extract<DeskHandler, { kind: 'command' }>, deps: Deps): void {
  deps.app.command(
    handler.id,
    async ({ command, ack }: { command: SlashCommand; ack: (answer: Ephemeral) => Promise<void> }) => {
      await guarded(
        deps,
        handler.id,
        { user: command.user_id, team: command.team_id },
        (text) => ack({ response_type: 'ephemeral', text }),
        (staff) =>
          handler.handle({
            staff,
            text: command.text.trim(),
            ack: (answer) => ack({ response_type: 'ephemeral', ...answer }),
          }),
      );
    },
  );
}

type Ephemeral = { response_type: 'ephemeral'; text: string; blocks?: types.KnownBlock[] };
