import type { App, BlockAction, ViewOutput } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { slackSandbox, soon } from '../../../test/support/slack-sandbox.ts';
import type { SlackSandbox } from '../../../test/support/slack-sandbox.ts';
import { checkSlackPayload } from '../../../test/support/slack-spec.ts';

// The clock stands still but for what a test adds, however busy the machine is.
const start = Date.now();
let skew = 0;
let slack: SlackSandbox;
let app: App;
/** What our table of Slack has against the payloads that came, and what came: a kind, or an event's type and subtype. */
let complaints: string[] = [];
let came: string[] = [];

const words = (text: string) => ({ type: 'plain_text' as const, text });
const button = (action_id: string, value: string) =>
  ({ type: 'button', action_id, value, text: words('Reply') }) as const;
const card = [
  { type: 'section' as const, text: { type: 'mrkdwn' as const, text: '*Case*' } },
  { type: 'actions' as const, elements: [button('reply', 'case-1'), button('note', 'case-1')] },
];
const form = (title = 'Reply', more: object = {}) => ({
  type: 'modal' as const,
  callback_id: 'reply-form',
  private_metadata: 'case-1',
  title: words(title),
  submit: words('Send'),
  ...more,
  blocks: [
    {
      type: 'input' as const,
      block_id: 'words',
      label: words('Words'),
      element: { type: 'plain_text_input' as const, action_id: 'text', multiline: true, max_length: 20 },
    },
    {
      type: 'input' as const,
      block_id: 'status',
      optional: true,
      label: words('Status'),
      element: {
        type: 'static_select' as const,
        action_id: 'status',
        options: [
          { text: words('Open'), value: 'open' },
          { text: words('Closed'), value: 'closed' },
        ],
      },
    },
  ],
});

const kindOf = z.union([
  z
    .looseObject({ type: z.enum(['block_actions', 'view_submission', 'view_closed']) })
    .transform(({ type }) => type),
  z.looseObject({ type: z.literal('event_callback') }).transform(() => 'event' as const),
  z.looseObject({ command: z.string() }).transform(() => 'slash_command' as const),
]);

const eventName = z
  .object({ event: z.looseObject({ type: z.string(), subtype: z.string().optional() }) })
  .transform(({ event }) => [event.type, event.subtype ?? []].flat().join('/'));

const viewsOf = async (user = 'UMEERA') =>
  (
    await slack.look(
      `slack/views/${user}`,
      z.object({
        stack: z.array(
          z.looseObject({
            view: z.looseObject({ title: z.object({ text: z.string() }) }),
            errors: z.record(z.string(), z.string()),
            trouble: z.string().optional(),
          }),
        ),
      }),
    )
  ).stack;
const titles = async () => (await viewsOf()).map(({ view }) => view.title.text);
const messages = async () =>
  (
    await slack.look(
      'slack/channels/triage',
      z.object({
        messages: z.array(
          z.looseObject({ ts: z.string(), text: z.string(), ephemeral_for: z.string().optional() }),
        ),
      }),
    )
  ).messages;

const postCard = async () =>
  z
    .string()
    .parse((await app.client.chat.postMessage({ channel: 'C0TRIAGE', text: 'Case', blocks: card })).ts);
const press = async (action_id = 'reply', ts?: string) =>
  (await slack.act('presses', { user: 'UMEERA', channel: 'triage', ts: ts ?? (await postCard()), action_id }))
    .body;
const submit = async (values: object) => (await slack.act('views/UMEERA/submit', { values })).body;

/** Opens the form when "Reply" is pressed. */
const opensForm = (more: object = {}) =>
  app.action('reply', async ({ ack, body, client }) => {
    await ack();
    const { trigger_id } = z.looseObject({ trigger_id: z.string() }).parse(body);
    await client.views.open({ trigger_id, view: form('Reply', more) });
  });

const pressAndOpen = async () => {
  await press();
  await soon(async () => ((await titles()).length > 0 ? true : undefined));
};

beforeEach(async () => {
  skew = 0;
  // Held here, so that what an earlier test's app still hears is not counted as this one's.
  const [seen, wrong]: [string[], string[]] = [[], []];
  [came, complaints] = [seen, wrong];
  slack = await slackSandbox({ now: () => start + skew });
  app = slack.socketApp();
  const process = app.processEvent.bind(app);
  // Not a middleware: Bolt would hide the app's own messages from it.
  app.processEvent = async (event) => {
    const kind = kindOf.parse(event.body);
    seen.push(kind === 'event' ? eventName.parse(event.body) : kind);
    wrong.push(...checkSlackPayload(kind, event.body));
    await process(event);
  };
  await app.start();
});
afterEach(async () => {
  await app.stop();
  await slack.close();
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
});

test('a pressed button says who, where, on which message and what', async () => {
  const seen: BlockAction[] = [];
  app.action<BlockAction>('reply', async ({ ack, body }) => {
    await ack();
    seen.push(body);
  });
  const ts = await postCard();
  expect(await press('reply', ts)).toEqual({ ok: true });
  expect(seen).toMatchObject([
    {
      user: { id: 'UMEERA', team_id: 'T0SANDBOX' },
      container: { type: 'message', message_ts: ts, channel_id: 'C0TRIAGE', is_ephemeral: false },
      message: { ts, text: 'Case', bot_id: 'B0HELPLINE' },
      actions: [{ action_id: 'reply', value: 'case-1', type: 'button' }],
    },
  ]);
});

test('only a member presses in a private channel', async () => {
  const ts = await postCard();
  const pressed = await slack.act('presses', { user: 'UGUEST', channel: 'triage', ts, action_id: 'reply' });
  expect(pressed.status).toBe(403);
});

test('a form: Slack asks for required words itself, then the app gets the values and it closes', async () => {
  opensForm();
  const seen: ViewOutput[] = [];
  app.view('reply-form', async ({ ack, view }) => {
    await ack();
    seen.push(view);
  });
  await pressAndOpen();
  expect(await submit({})).toEqual({ ok: false, errors: { words: 'Please complete this required field.' } });
  expect(await submit({ text: 'x'.repeat(21) })).toMatchObject({ ok: false });
  expect(seen).toEqual([]);
  expect(
    await submit({ words: { text: { type: 'plain_text_input', value: 'namaste' } }, status: 'closed' }),
  ).toEqual({
    ok: true,
  });
  expect(seen).toMatchObject([
    {
      private_metadata: 'case-1',
      state: {
        values: {
          words: { text: { type: 'plain_text_input', value: 'namaste' } },
          status: { status: { selected_option: { value: 'closed' } } },
        },
      },
    },
  ]);
  expect(await titles()).toEqual([]);
});

test("the app's errors are put on the fields; on a field that is not there they are trouble", async () => {
  opensForm();
  const answers = [{ words: 'Too short.' }, { nowhere: 'x' }];
  app.view('reply-form', async ({ ack }) =>
    ack({ response_action: 'errors', errors: answers.shift() ?? {} }),
  );
  await pressAndOpen();
  expect(await submit({ text: 'hi' })).toEqual({ ok: false, errors: { words: 'Too short.' } });
  expect(await viewsOf()).toMatchObject([{ errors: { words: 'Too short.' } }]);
  expect(await submit({ text: 'hi' })).toMatchObject({
    ok: false,
    trouble: expect.stringContaining('trouble'),
  });
});

test('the answer to a form may change it, put another on it, or clear all', async () => {
  opensForm();
  const answers = [
    { response_action: 'update' as const, view: form('Saving') },
    { response_action: 'push' as const, view: form('Second') },
    { response_action: 'push' as const, view: form('Third') },
    { response_action: 'push' as const, view: form('Fourth') },
    { response_action: 'clear' as const },
  ];
  app.view('reply-form', async ({ ack }) => {
    const answer = answers.shift();
    await (answer ? ack(answer) : ack());
  });
  await pressAndOpen();
  await submit({ text: 'hi' });
  expect(await titles()).toEqual(['Saving']);
  await submit({ text: 'hi' });
  await submit({ text: 'hi' });
  expect(await titles()).toEqual(['Saving', 'Second', 'Third']);
  expect(await submit({ text: 'hi' })).toMatchObject({ ok: false, trouble: expect.any(String) });
  expect(await submit({ text: 'hi' })).toEqual({ ok: true });
  expect(await titles()).toEqual([]);
});

test('views.update keeps what was typed, and refuses an old hash', async () => {
  opensForm();
  app.view('reply-form', async ({ ack, view, client }) => {
    await ack({ response_action: 'errors', errors: { words: 'Wait.' } });
    await client.views.update({ view_id: view.id, hash: view.hash, view: form('Again') });
    const late = client.views.update({ view_id: view.id, hash: view.hash, view: form('Late') });
    await late.catch(({ data }) => app.client.chat.postMessage({ channel: 'C0TRIAGE', text: data.error }));
  });
  await pressAndOpen();
  await submit({ text: 'kept' });
  await soon(async () => (await messages()).find(({ text }) => text === 'hash_conflict'));
  expect(await viewsOf()).toMatchObject([
    { view: { title: { text: 'Again' } }, state: { words: { text: { value: 'kept' } } } },
  ]);
});

test('a trigger is good once, and for three seconds', async () => {
  const errors: string[] = [];
  app.action('reply', async ({ ack, body, client }) => {
    await ack();
    const { trigger_id } = z.looseObject({ trigger_id: z.string() }).parse(body);
    const open = () =>
      client.views.open({ trigger_id, view: form() }).catch(({ data }) => void errors.push(data.error));
    skew += errors.length === 0 ? 0 : 3001;
    await open();
    await open();
  });
  await press();
  await soon(() => (errors.length === 1 ? true : undefined));
  await press();
  await soon(() => (errors.length === 3 ? true : undefined));
  expect(errors).toEqual(['exchanged_trigger_id', 'expired_trigger_id', 'expired_trigger_id']);
});

test('without an answer in three seconds the person is told of trouble, and may try again', async () => {
  opensForm();
  let deaf = true;
  app.view('reply-form', async ({ ack }) => (deaf ? undefined : ack()));
  await pressAndOpen();
  const late = submit({ text: 'hi' });
  await soon(async () => ((await viewsOf())[0]?.['busy'] === true ? true : undefined));
  skew += 3000;
  expect(await late).toMatchObject({ ok: false, trouble: 'We had some trouble connecting. Try again?' });
  expect(await viewsOf()).toMatchObject([
    { trouble: 'We had some trouble connecting. Try again?', busy: false },
  ]);
  deaf = false;
  expect(await submit({ text: 'hi' })).toEqual({ ok: true });
});

test('an unanswered press leaves a note that only its person sees', async () => {
  const late = press('note');
  await soon(() => (came.includes('block_actions') ? true : undefined));
  skew += 3000;
  expect(await late).toMatchObject({ ok: false });
  expect((await messages()).at(-1)).toMatchObject({ ephemeral_for: 'UMEERA', user: { id: 'USLACKBOT' } });
});

test('closing a form is told when the app asked for it', async () => {
  opensForm({ notify_on_close: true });
  const closed: boolean[] = [];
  app.view({ callback_id: 'reply-form', type: 'view_closed' }, async ({ ack, body }) => {
    await ack();
    closed.push(z.looseObject({ is_cleared: z.boolean() }).parse(body).is_cleared);
  });
  await pressAndOpen();
  await slack.act('views/UMEERA/close');
  expect(closed).toEqual([false]);
  expect(await titles()).toEqual([]);
});

test('a slash command is answered; too late, and Slackbot says operation_timeout', async () => {
  app.command('/case', async ({ command, ack }) => ack(`You asked for ${command.text}`));
  app.command('/slow', async () => {});
  const asked = { user: 'UMEERA', text: 'MCSQ9TP6' };
  expect((await slack.act('commands', { ...asked, command: '/case' })).body).toEqual({
    response: { text: 'You asked for MCSQ9TP6' },
  });
  expect((await messages()).at(-1)).toMatchObject({
    text: 'You asked for MCSQ9TP6',
    ephemeral_for: 'UMEERA',
  });
  const late = slack.act('commands', { ...asked, command: '/slow' });
  await soon(() => (came.filter((one) => one === 'slash_command').length === 2 ? true : undefined));
  skew += 3000;
  expect((await late).body).toEqual({ trouble: 'operation_timeout' });
  expect((await messages()).at(-1)?.text).toBe('/slow failed with the error "operation_timeout"');
});

test('response_url answers five times in half an hour', async () => {
  const outcomes: (number | string)[] = [];
  app.action('reply', async ({ ack, respond }) => {
    await ack();
    await respond({ replace_original: true, text: 'taken' });
    for (let at = 0; at < 5; at += 1)
      await respond(`line ${at}`).then(
        () => outcomes.push('ok'),
        (error) => outcomes.push(error.statusCode),
      );
  });
  const ts = await postCard();
  await press('reply', ts);
  await soon(() => (outcomes.length === 5 ? true : undefined));
  expect(outcomes).toEqual(['ok', 'ok', 'ok', 'ok', 404]);
  const all = await messages();
  expect(all.find((message) => message.ts === ts)).toMatchObject({ text: 'taken' });
  expect(all.filter(({ ephemeral_for }) => ephemeral_for === 'UMEERA')).toHaveLength(4);
});

test('the Home tab: published when opened, its buttons work', async () => {
  const view = {
    type: 'home' as const,
    blocks: [{ type: 'actions' as const, elements: [button('reply', 'case-2')] }],
  };
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({ user_id: event.user, view });
  });
  opensForm();
  await slack.act('home/UMEERA/open');
  await soon(async () =>
    (await slack.look('slack/home/UMEERA', z.object({ view: z.unknown() }))).view ? true : undefined,
  );
  await slack.act('home/UMEERA/open');
  expect((await slack.act('presses', { user: 'UMEERA', action_id: 'reply' })).body).toEqual({ ok: true });
  await soon(async () => ((await titles()).length > 0 ? true : undefined));
});

test('every kind of event has only keys that Slack was seen to send', async () => {
  app.action('reply', async ({ ack, respond }) => {
    await ack();
    await respond({ delete_original: true });
  });
  const { ts = '' } = await app.client.chat.postMessage({ channel: 'C0TRIAGE', text: 'Case', blocks: card });
  await slack.act('messages', { user: 'UMEERA', channel: 'triage', text: '@helpline', thread_ts: ts });
  await slack.act('messages', { user: 'UMEERA', channel: 'dm', text: 'hello' });
  await app.client.chat.update({ channel: 'C0TRIAGE', ts, text: 'Case, changed' });
  await press('reply', await postCard());
  await slack.act('members', { channel: 'triage', user: 'UGUEST', member: true });
  await slack.act('members', { channel: 'triage', user: 'UGUEST', member: false });
  await slack.act('users', { id: 'UNEW', name: 'New One' });
  await slack.act('users', { id: 'UNEW', name: 'New One', deleted: true });
  const expected = [
    'app_mention',
    'block_actions',
    'member_joined_channel',
    'member_left_channel',
    'message',
    'message/message_changed',
    'message/message_deleted',
    'team_join',
    'user_change',
  ];
  await soon(() => {
    // What a busy machine's broken socket lost, Slack delivers again by its clock.
    skew += 1000;
    return expected.every((one) => came.includes(one)) ? true : undefined;
  });
  expect(complaints).toEqual([]);
});
