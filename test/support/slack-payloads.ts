import { createHmac } from 'node:crypto';

/** Somebody as a payload of Slack's names them. */
export type Sender = { user: string; team: string };

/** The form that a press is made in, or that is sent off. */
export type SentForm = { id: string; hash: string; callback: string; meta: object; values: object };

let serial = 0;
/** A number that no payload has had. */
export const fresh = (): number => (serial += 1);

/** The state of one input of ours, whose block and action are named alike. */
export const field = (name: string, state: object): object => ({ [name]: { [name]: state } });

const common = ({ user, team }: Sender, trigger: string) => ({
  user: { id: user, name: 'x', username: 'x', team_id: team },
  team: { id: team },
  trigger_id: trigger,
  api_app_id: 'A0HELPLINE',
  token: 'x',
});

const viewOf = ({ id, hash, callback, meta, values }: SentForm) => ({
  id,
  hash,
  type: 'modal',
  callback_id: callback,
  private_metadata: JSON.stringify(meta),
  state: { values },
});

const packed = (payload: object): string =>
  new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

/** A button pressed on a card, or in a form. */
export const pressBody = (
  from: Sender,
  press: { action: string; value: string; trigger: string; respondTo: string; form?: SentForm },
): string =>
  packed({
    ...common(from, press.trigger),
    type: 'block_actions',
    actions: [
      {
        type: 'button',
        action_id: press.action,
        block_id: 'b',
        value: press.value,
        action_ts: `${fresh()}.2`,
      },
    ],
    channel: { id: 'C0TRIAGE', name: 'triage' },
    message: { ts: '1.1' },
    ...(press.form ? { view: viewOf(press.form) } : { response_url: press.respondTo }),
  });

export const submitBody = (from: Sender, form: SentForm): string =>
  packed({ ...common(from, `${fresh()}.1`), type: 'view_submission', view: viewOf(form) });

export const commandBody = ({ user, team }: Sender, command: string, text: string): string =>
  new URLSearchParams({
    command,
    text,
    user_id: user,
    team_id: team,
    channel_id: 'C0TRIAGE',
    trigger_id: `${fresh()}.1`,
    response_url: 'http://127.0.0.1:9/',
  }).toString();

/** An event, as JSON. `shared`: it happened where people of another organisation read along. */
export const eventBody = ({ team }: Sender, event: object, shared = false): string =>
  JSON.stringify({
    type: 'event_callback',
    event_id: `Ev${fresh()}`,
    team_id: team,
    ...(shared && { is_ext_shared_channel: true }),
    event,
  });

/** A request as Slack sends it; `null` as the secret: one that Slack has not signed. */
export function signed(body: string, secret: string | null, at: number): Request {
  const stamp = String(Math.floor(at / 1000));
  const signature = createHmac('sha256', secret ?? 'guessed')
    .update(`v0:${stamp}:${body}`)
    .digest('hex');
  return new Request('http://helpline.invalid/slack/events', {
    method: 'POST',
    body,
    headers: {
      'content-type': body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': stamp,
      'x-slack-signature': `v0=${signature}`,
    },
  });
}
