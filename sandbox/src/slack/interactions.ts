import type { Element } from './block-elements.ts';
import type { Carrier, Receipt } from './carrier.ts';
import type { Channel } from './channels.ts';
import { initialState } from './form-values.ts';
import type { FieldState, FormValues } from './form-values.ts';
import { app, team, verificationToken } from './identity.ts';
import { homeObject, viewObject } from './modals.ts';
import type { OpenModal, PublishedHome } from './modals.ts';
import type { Message } from './messages.ts';
import { usernameOf } from './people.ts';
import type { Person } from './people.ts';
import type { Workspace } from './workspace.ts';

/** What a person used: the element, its block, and what they chose in it. */
export type Use = { block_id: string; element: Element; chosen?: FieldState };

/** Tells the app what a person did; resolves with its answer, or why there is none, within three seconds. */
export type Interactions = {
  onMessage(
    person: Person,
    channel: Channel,
    message: Message,
    use: Use,
    values: FormValues,
  ): Promise<Receipt>;
  onModal(person: Person, modal: OpenModal, use: Use): Promise<Receipt>;
  onHome(person: Person, home: PublishedHome, use: Use): Promise<Receipt>;
  submitted(person: Person, modal: OpenModal): Promise<Receipt>;
  closed(person: Person, modal: OpenModal, cleared: boolean): Promise<Receipt>;
  command(
    person: Person,
    channel: Channel,
    command: string,
    text: string,
  ): Promise<Receipt & { respondTo: string }>;
};

export const openInteractions = (
  { triggers, responseUrls, messages, posting }: Workspace,
  carrier: () => Carrier,
): Interactions => {
  const send = (payload: Record<string, unknown>): Promise<Receipt> =>
    carrier().ready()
      ? carrier().carry({ type: 'interactive', payload, retry: { attempt: 0, reason: '' } })
      : Promise.resolve({ acked: false, reason: 'connection_failed' });
  const actions = ({ block_id, element, chosen }: Use) => [
    { ...actionOf(element, chosen), block_id, action_ts: messages.nextTs() },
  ];

  return {
    onMessage(person, channel, message, use, values) {
      const ephemeral = message.ephemeral_for !== undefined;
      const { ts, thread_ts } = message;
      return send({
        ...envelope('block_actions', person),
        container: {
          type: 'message',
          message_ts: ts,
          channel_id: channel.id,
          is_ephemeral: ephemeral,
          ...(thread_ts === undefined ? {} : { thread_ts }),
        },
        trigger_id: triggers.issue(person.id),
        channel: { id: channel.id, name: channel.name },
        ...(ephemeral ? {} : { message: posting.object(message) }),
        state: { values },
        response_url: responseUrls.issue('actions', {
          user: person.id,
          channel: channel.id,
          message_ts: ts,
          ...(thread_ts === undefined ? {} : { thread_ts }),
        }),
        actions: actions(use),
      });
    },
    onModal: (person, modal, use) =>
      send({
        ...envelope('block_actions', person),
        container: { type: 'view', view_id: modal.id },
        trigger_id: triggers.issue(person.id),
        view: viewObject(modal),
        actions: actions(use),
      }),
    onHome: (person, home, use) =>
      send({
        ...envelope('block_actions', person),
        container: { type: 'view', view_id: home.id },
        trigger_id: triggers.issue(person.id),
        view: homeObject(home),
        actions: actions(use),
      }),
    submitted: (person, modal) =>
      send({
        ...envelope('view_submission', person),
        trigger_id: triggers.issue(person.id),
        view: viewObject(modal),
        response_urls: [],
      }),
    closed: (person, modal, cleared) =>
      send({ ...envelope('view_closed', person), view: viewObject(modal), is_cleared: cleared }),
    async command(person, channel, command, text) {
      const respondTo = responseUrls.issue('commands', { user: person.id, channel: channel.id });
      const payload = {
        token: verificationToken,
        team_id: team.id,
        team_domain: team.domain,
        channel_id: channel.id,
        channel_name: channel.kind === 'private' ? 'privategroup' : channel.name,
        user_id: person.id,
        user_name: usernameOf(person),
        command,
        text,
        api_app_id: app.id,
        // A string, as recorded from Slack.
        is_enterprise_install: 'false',
        response_url: respondTo,
        trigger_id: triggers.issue(person.id),
      };
      const receipt: Receipt = carrier().ready()
        ? await carrier().carry({ type: 'slash_commands', payload, retry: { attempt: 0, reason: '' } })
        : { acked: false, reason: 'connection_failed' };
      return { ...receipt, respondTo };
    },
  };
};

/** A used element as `actions` has it: its own words, and what was chosen. */
const actionOf = (element: Element, chosen: FieldState | undefined): Record<string, unknown> => {
  const { type, action_id } = element;
  if (element.type === 'button') {
    const { text, value, style, url, confirm } = element;
    return {
      action_id,
      text,
      ...(value === undefined ? {} : { value }),
      ...(style === undefined ? {} : { style }),
      ...(url === undefined ? {} : { url }),
      ...(confirm === undefined ? {} : { confirm }),
      type,
    };
  }
  return {
    action_id,
    ...(chosen ?? initialState(element)),
    ...('placeholder' in element && element.placeholder ? { placeholder: element.placeholder } : {}),
    type,
  };
};

const envelope = (type: string, person: Person) => ({
  type,
  user: {
    id: person.id,
    username: usernameOf(person),
    name: usernameOf(person),
    team_id: person.team,
  },
  api_app_id: app.id,
  token: verificationToken,
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
});
