import { z } from 'zod';

/** A stand-in for a helpline that only does what a test tells it: one card in #triage, one form behind its button. */
export type ScriptedHelpline = {
  nextUpdate(): Promise<z.infer<typeof update>>;
  send(chat: number, html: string, buttons?: string[][]): Promise<void>;
  answer(query: string, text: string): Promise<void>;
  /** `under`: words of a message whose thread this is said in, shown in the channel too. */
  post(text: string, under?: string): Promise<void>;
  /** `state.values` of each submitted form. */
  submitted: unknown[];
  close(): void;
};

const update = z.object({
  update_id: z.number(),
  message: z.object({ text: z.string().optional() }).optional(),
  callback_query: z.object({ id: z.string(), data: z.string() }).optional(),
});
const envelope = z.object({
  envelope_id: z.string(),
  payload: z.object({
    type: z.string(),
    trigger_id: z.string().optional(),
    view: z.object({ state: z.object({ values: z.unknown() }) }).optional(),
  }),
});

const plain = (text: string) => ({ type: 'plain_text', text });
const card = [
  { type: 'header', text: plain('Case') },
  { type: 'section', text: { type: 'mrkdwn', text: '*Status* Pending &amp; waiting, <@UMEERA>' } },
  { type: 'actions', elements: [{ type: 'button', action_id: 'reply', text: plain('Reply to family') }] },
];
const option = (value: string, text: string) => ({ value, text: plain(text) });
const form = {
  type: 'modal',
  title: plain('Reply'),
  submit: plain('Send'),
  blocks: [
    {
      type: 'input',
      block_id: 'words',
      label: plain('Your message'),
      element: { type: 'plain_text_input', action_id: 'words', multiline: true },
    },
    {
      type: 'input',
      block_id: 'kind',
      optional: true,
      label: plain('Kind'),
      element: {
        type: 'radio_buttons',
        action_id: 'kind',
        options: [option('question', 'Question'), option('news', 'News')],
      },
    },
  ],
};

const call = async (url: string, body: object, token?: string): Promise<Record<string, unknown>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  const answer = z.looseObject({ ok: z.boolean() }).parse(await response.json());
  if (!answer.ok) throw new Error(`${url} answered ${JSON.stringify(answer)}`);
  return answer;
};

/** Connects it to a sandbox by the environment that the sandbox gives. */
export const scriptedHelpline = async (env: Record<string, string>): Promise<ScriptedHelpline> => {
  const telegram = (method: string, body: object) =>
    call(`${env['TELEGRAM_API_ROOT']}/bot${env['TELEGRAM_BOT_TOKEN']}/${method}`, body);
  const slack = (method: string, body: object, token = env['SLACK_BOT_TOKEN']) =>
    call(`${env['SLACK_API_URL']}${method}`, body, token);

  const submitted: unknown[] = [];
  const { url } = await slack('apps.connections.open', {}, env['SLACK_APP_TOKEN']);
  const socket = new WebSocket(String(url));
  const hello = new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }));
  socket.addEventListener('message', (event) => {
    const read = envelope.safeParse(JSON.parse(String(event.data)));
    if (!read.success) return;
    const { envelope_id, payload } = read.data;
    if (payload.type === 'view_submission') submitted.push(payload.view?.state.values);
    socket.send(JSON.stringify({ envelope_id, payload: {} }));
    if (payload.type === 'block_actions')
      void slack('views.open', { trigger_id: payload.trigger_id, view: form });
  });
  await hello;
  await slack('chat.postMessage', { channel: env['SLACK_TRIAGE_CHANNEL'], text: 'Case', blocks: card });

  let offset = 0;
  const posted = new Map<string, string>();
  return {
    submitted,
    async nextUpdate() {
      const { result } = await telegram('getUpdates', { offset, limit: 1, timeout: 5 });
      const [first] = z.array(update).parse(result);
      if (!first) throw new Error('No update came.');
      offset = first.update_id + 1;
      return first;
    },
    async send(chat_id, text, buttons) {
      const inline_keyboard = buttons?.map((row) =>
        row.map((label) => ({ text: label, callback_data: label })),
      );
      await telegram('sendMessage', {
        chat_id,
        text,
        parse_mode: 'HTML',
        ...(inline_keyboard ? { reply_markup: { inline_keyboard } } : {}),
      });
    },
    answer: async (callback_query_id, text) =>
      void (await telegram('answerCallbackQuery', { callback_query_id, text })),
    async post(text, under) {
      const thread_ts = posted.get(under ?? '');
      const { ts } = await slack('chat.postMessage', {
        channel: env['SLACK_TRIAGE_CHANNEL'],
        text,
        ...(thread_ts ? { thread_ts, reply_broadcast: true } : {}),
      });
      posted.set(text, String(ts));
    },
    close: () => socket.close(),
  };
};
