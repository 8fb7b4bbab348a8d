import { createHmac } from 'node:crypto';
import type { EmulatorDeps } from '../emulator.ts';
import { slackSigningSecret } from '../seed.ts';
import type { Alarms } from './alarms.ts';
import { ackMs } from './carrier.ts';
import type { Carrier, Parcel, Receipt } from './carrier.ts';
import { verificationToken } from './identity.ts';

/** Signed requests to the app's own address. */
export type HttpCarrier = Carrier & {
  url(): string | null;
  /** Asks a new address to prove itself with url_verification, as Slack does; false leaves the old one. */
  use(url: string | null): Promise<boolean>;
};

export const openHttpCarrier = (
  { state, faults, now, random }: EmulatorDeps,
  alarms: Alarms,
): HttpCarrier => {
  const settings = state.kind<string>('slack.request_url');
  const current = () => settings.get('url') ?? null;

  const post = async (url: string, body: string, type: string, retry?: Parcel['retry']): Promise<Receipt> => {
    const stamp = String(Math.floor(now() / 1000));
    const signature = createHmac('sha256', slackSigningSecret).update(`v0:${stamp}:${body}`).digest('hex');
    const patience = new AbortController();
    const cancel = alarms.at(now() + ackMs, () => patience.abort());
    try {
      const response = await fetch(url, {
        method: 'POST',
        body,
        redirect: 'manual',
        signal: patience.signal,
        headers: {
          'content-type': type,
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
          'x-slack-request-timestamp': stamp,
          'x-slack-signature': `v0=${signature}`,
          ...(retry && retry.attempt > 0
            ? { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason }
            : {}),
        },
      });
      const text = await response.text();
      if (!response.ok)
        return {
          acked: false,
          reason: 'http_error',
          noRetry: response.headers.get('x-slack-no-retry') === '1',
        };
      return { acked: true, answer: read(text) };
    } catch {
      return { acked: false, reason: patience.signal.aborted ? 'http_timeout' : 'connection_failed' };
    } finally {
      cancel();
    }
  };

  return {
    url: current,
    ready: () => current() !== null && !isDown(faults.inForce('slack')),
    carry({ type, payload, retry }) {
      const url = current();
      if (url === null) return Promise.resolve({ acked: false, reason: 'connection_failed' });
      if (type === 'events_api') return post(url, JSON.stringify(payload), 'application/json', retry);
      const fields =
        type === 'interactive'
          ? new URLSearchParams({ payload: JSON.stringify(payload) })
          : new URLSearchParams(Object.entries(payload).map(([key, value]) => [key, String(value)]));
      return post(url, fields.toString(), 'application/x-www-form-urlencoded');
    },
    async use(url) {
      if (url === null) {
        settings.delete('url');
        return true;
      }
      const challenge = random().toString(36).slice(2);
      const body = { token: verificationToken, challenge, type: 'url_verification' };
      const receipt = await post(url, JSON.stringify(body), 'application/json');
      if (!receipt.acked) return false;
      const echoed = receipt.answer;
      const proven =
        echoed === challenge ||
        (typeof echoed === 'object' &&
          echoed !== null &&
          'challenge' in echoed &&
          echoed.challenge === challenge);
      if (proven) settings.put('url', url);
      return proven;
    },
  };
};

/** An answer may be JSON, plain words, or nothing. */
const read = (text: string): unknown => {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const isDown = (fault: { mode: string; rate: number } | undefined) =>
  fault?.mode === 'down' && fault.rate >= 1;
