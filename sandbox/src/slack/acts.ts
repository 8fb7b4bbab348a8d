import { z } from 'zod';
import type { Receipt } from './carrier.ts';
import type { Channel } from './channels.ts';
import { elementsOf } from './blocks.ts';
import type { Block } from './blocks.ts';
import { BadValue, chosenState, formErrors, formValues } from './form-values.ts';
import type { FormValues } from './form-values.ts';
import { slackbot } from './identity.ts';
import type { Interactions, Use } from './interactions.ts';
import type { Message } from './messages.ts';
import { readView } from './methods-views.ts';
import type { OpenModal } from './modals.ts';
import type { Person } from './people.ts';
import { respond } from './response-urls.ts';
import { SlackError } from './slack-error.ts';
import { modalView } from './view-schema.ts';
import type { Workspace } from './workspace.ts';

/** What the person sees when the app did not answer in time, or answered nonsense. */
const noAnswer = 'We had some trouble connecting. Try again?';
const badPress = "Sorry, that didn't work. Try again?";

export type Outcome = { ok: boolean; errors?: Record<string, string>; trouble?: string };
export type Pick = { action_id: string; block_id?: string | undefined; value?: unknown };

/** What people do with buttons, forms and commands. Refusals are BadValue, in a plain sentence. */
export type Acts = {
  pressOnMessage(person: Person, channel: Channel, message: Message, pick: Pick): Promise<Outcome>;
  /** In that view, else the top modal, else the Home tab. */
  pressOnView(person: Person, view_id: string | undefined, pick: Pick): Promise<Outcome>;
  submit(person: Person, values: Record<string, unknown>): Promise<Outcome>;
  close(person: Person, all: boolean): Promise<void>;
  command(
    person: Person,
    channel: Channel,
    command: string,
    text: string,
  ): Promise<{ response?: unknown; trouble?: string }>;
};

export const openActs = (workspace: Workspace, interactions: Interactions): Acts => {
  const { modals, posting } = workspace;
  /** Slack's server does not keep what a person picked in a message; their client does, and sends it along. */
  const picked = new Map<string, FormValues>();

  const pressOnModal = async (person: Person, modal: OpenModal, pick: Pick): Promise<Outcome> => {
    const use = useOf(modal.view.blocks, pick);
    modals.note(person.id, modal.id, { values: withChoice(modal.values, use), busy: true, trouble: null });
    const current = modals.find({ view_id: modal.id })?.modal ?? modal;
    const receipt = await interactions.onModal(person, current, use);
    modals.note(person.id, modal.id, { busy: false, ...(receipt.acked ? {} : { trouble: noAnswer }) });
    return outcome(receipt);
  };

  return {
    async pressOnMessage(person, channel, message, pick) {
      const blocks = message.blocks ?? [];
      const use = useOf(blocks, pick);
      const key = `${person.id} ${channel.id} ${message.ts}`;
      const values = withChoice(formValues(blocks, picked.get(key)), use);
      picked.set(key, values);
      const receipt = await interactions.onMessage(person, channel, message, use, values);
      if (!receipt.acked)
        posting.post({
          channel,
          user: slackbot,
          text: badPress,
          ephemeral_for: person.id,
          ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
        });
      return outcome(receipt);
    },
    async pressOnView(person, view_id, pick) {
      const stack = modals.stack(person.id);
      const modal = view_id === undefined ? stack.at(-1) : stack.find(({ id }) => id === view_id);
      if (modal) return pressOnModal(person, modal, pick);
      const home = modals.home(person.id);
      if (!home || (view_id !== undefined && view_id !== home.id))
        throw new BadValue(`${person.name} has no such view open.`);
      const use = useOf(home.view.blocks, pick);
      const values = withChoice(home.values, use);
      modals.noteHome(person.id, values);
      return outcome(await interactions.onHome(person, { ...home, values }, use));
    },
    async submit(person, given) {
      const modal = modals.stack(person.id).at(-1);
      if (!modal) throw new BadValue(`${person.name} has no form open.`);
      if (modal.view.submit === undefined) throw new BadValue('This view has no submit button.');
      const values = filled(modal, given);
      const errors = formErrors(modal.view.blocks, values);
      if (Object.keys(errors).length > 0) {
        modals.note(person.id, modal.id, { values, errors });
        return { ok: false, errors };
      }
      modals.note(person.id, modal.id, { values, errors: {}, busy: true, trouble: null });
      const receipt = await interactions.submitted(person, { ...modal, values });
      const result = receipt.acked ? answered(workspace, person, modal, receipt.answer) : outcome(receipt);
      const { errors: lines = {}, trouble = null } = result;
      modals.note(person.id, modal.id, { busy: false, errors: lines, trouble });
      return result;
    },
    async close(person, all) {
      const stack = modals.stack(person.id);
      const top = stack.at(-1);
      if (!top) throw new BadValue(`${person.name} has no view open.`);
      const whole = all || top.view.clear_on_close;
      const closed = modals.close(person.id, (whole ? stack[0] : top)?.id ?? top.id);
      for (const modal of closed)
        if (modal.view.notify_on_close) await interactions.closed(person, modal, whole);
    },
    async command(person, channel, command, text) {
      const receipt = await interactions.command(person, channel, command, text);
      const failed = (error: string) => {
        const line = `${command} failed with the error "${error}"`;
        posting.post({ channel, user: slackbot, text: line, ephemeral_for: person.id });
        return { trouble: error };
      };
      if (!receipt.acked)
        return failed(receipt.reason === 'connection_failed' ? 'dispatch_failed' : 'operation_timeout');
      const { answer } = receipt;
      const response = typeof answer === 'string' ? { text: answer } : answer;
      if (typeof response !== 'object' || response === null || Object.keys(response).length === 0) return {};
      try {
        respond(workspace, { user: person.id, channel: channel.id }, response);
      } catch (error) {
        if (error instanceof SlackError) return failed('invalid_command_response');
        throw error;
      }
      return { response };
    },
  };
};

const outcome = (receipt: Receipt): Outcome =>
  receipt.acked ? { ok: true } : { ok: false, trouble: noAnswer };

const useOf = (blocks: Block[], { action_id, block_id, value }: Pick): Use => {
  const found = blocks
    .filter((block) => block_id === undefined || block.block_id === block_id)
    .flatMap((block) => elementsOf(block).map((element) => ({ block_id: block.block_id ?? '', element })))
    .filter(({ element }) => element.action_id === action_id);
  const fitting = found.filter(
    ({ element }) => element.type !== 'button' || value === undefined || element.value === value,
  );
  const [one, another] = fitting;
  if (!one)
    throw new BadValue(`There is nothing to press here with action_id "${action_id}" and that value.`);
  if (another) throw new BadValue(`"${action_id}" is there more than once: give its value or block_id too.`);
  if (one.element.type === 'button') return one;
  if (value === undefined) throw new BadValue(`"${action_id}" needs a value.`);
  return { ...one, chosen: chosenState(one.element, value) };
};

const withChoice = (values: FormValues, { block_id, element, chosen }: Use): FormValues =>
  chosen && element.type !== 'overflow'
    ? { ...values, [block_id]: { ...values[block_id], [element.action_id ?? '']: chosen } }
    : values;

/** `values` in Slack's own form, or short: action_id → words, option value, or a list of them. */
const filled = ({ view, values }: OpenModal, given: Record<string, unknown>): FormValues => {
  let result = values;
  const used = new Set<string>();
  for (const block of view.blocks)
    for (const element of elementsOf(block)) {
      const { block_id = '' } = block;
      const { action_id = '' } = element;
      const inBlock = given[block_id];
      const long =
        typeof inBlock === 'object' && inBlock !== null && !Array.isArray(inBlock)
          ? Object.entries(inBlock).find(([key]) => key === action_id)?.[1]
          : undefined;
      const short = given[action_id];
      if (long !== undefined) used.add(block_id);
      else if (short !== undefined) used.add(action_id);
      else continue;
      const chosen = chosenState(element, long === undefined ? short : contentOf(long));
      result = withChoice(result, { block_id, element, chosen });
    }
  const unknown = Object.keys(given).filter((key) => !used.has(key));
  if (unknown.length > 0) throw new BadValue(`The form has no field ${unknown.join(', ')}.`);
  return result;
};

/** What lies in one field's long-form state. */
const contentOf = (state: unknown): unknown => {
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return state;
  return Object.entries(state).find(([key]) => key !== 'type')?.[1] ?? null;
};

const submitAnswer = z.union([
  z.strictObject({}),
  z.strictObject({ response_action: z.literal('clear') }),
  z.strictObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ response_action: z.enum(['update', 'push']), view: z.unknown() }),
]);

const answered = ({ modals }: Workspace, person: Person, modal: OpenModal, answer: unknown): Outcome => {
  const read = submitAnswer.safeParse(answer);
  if (!read.success) return { ok: false, trouble: noAnswer };
  if (!('response_action' in read.data)) {
    modals.close(person.id, modal.id);
    return { ok: true };
  }
  const { data } = read;
  if (data.response_action === 'clear') {
    modals.close(person.id, modal.root);
    return { ok: true };
  }
  if (data.response_action === 'errors') {
    const inputs = new Set(
      modal.view.blocks.filter(({ type }) => type === 'input').map((one) => one.block_id),
    );
    const sound =
      Object.keys(data.errors).length > 0 && Object.keys(data.errors).every((id) => inputs.has(id));
    return sound ? { ok: false, errors: data.errors } : { ok: false, trouble: noAnswer };
  }
  try {
    const view = readView(modalView, data.view);
    if (data.response_action === 'push') modals.push(person.id, view);
    else modals.replace(person.id, modal.id, view);
    return { ok: true };
  } catch (error) {
    if (error instanceof SlackError) return { ok: false, trouble: noAnswer };
    throw error;
  }
};
