import type { EmulatorDeps } from '../emulator.ts';
import type { Alarms } from './alarms.ts';
import type { Carrier, Receipt } from './carrier.ts';
import { app, team, verificationToken } from './identity.ts';

/** An event that the app has not acknowledged yet. */
type Pending = { payload: Record<string, unknown>; attempt: number; reason: string };

export type Events = {
  /** Tells the app, now and again until it acknowledges. Call it inside the unit of work that made the event. */
  emit(event: Record<string, unknown> & { type: string; event_ts: string }): void;
  /** Sends what waited for the app to come back. */
  resume(): void;
  /** Forgets an event after Slack's three retries, even while nobody was connected. Off: it waits for the app. */
  setStrict(strict: boolean): void;
  counts(): { pending: number; lost: number };
  close(): void;
};

/** After the first try: at once, after a minute, after five (Slack's Events API). */
const retryAfterMs = [0, 60_000, 300_000];
const knockMs = 1000;

/** Events wait on disk until they are acknowledged. Delivery starts after the current call is through. */
export const openEvents = ({ state, now }: EmulatorDeps, alarms: Alarms, carrier: () => Carrier): Events => {
  const pending = state.kind<Pending>('slack.event');
  const settings = state.kind<boolean>('slack.delivery');
  const underWay = new Set<string>();
  const held = new Set<string>();
  let lost = 0;
  let closed = false;

  const strict = () => settings.get('strict') ?? false;

  const deliver = async (id: string) => {
    const event = pending.get(id);
    if (!event || underWay.has(id) || closed) return;
    if (!carrier().ready()) return notDelivered(id, event, { acked: false, reason: 'connection_failed' });
    underWay.add(id);
    const receipt = await carrier().carry({
      type: 'events_api',
      payload: event.payload,
      retry: { attempt: event.attempt, reason: event.reason },
    });
    underWay.delete(id);
    if (closed) return;
    if (receipt.acked) return pending.delete(id);
    notDelivered(id, event, receipt);
  };

  const notDelivered = (id: string, event: Pending, receipt: Extract<Receipt, { acked: false }>) => {
    const offline = receipt.reason === 'connection_failed';
    const attempt = offline && !strict() ? Math.max(event.attempt, 1) : event.attempt + 1;
    if (receipt.noRetry || attempt > retryAfterMs.length) {
      lost += 1;
      return pending.delete(id);
    }
    pending.put(id, { ...event, attempt, reason: receipt.reason });
    if (offline && !strict()) {
      held.add(id);
      return knock();
    }
    alarms.at(now() + (retryAfterMs[attempt - 1] ?? 0), () => void deliver(id));
  };

  let knocking = false;
  /** An address over HTTP does not say when it is back: try now and then. */
  const knock = () => {
    if (knocking) return;
    knocking = true;
    alarms.at(now() + knockMs, () => {
      knocking = false;
      if (carrier().ready()) resume();
      else if (held.size > 0) knock();
    });
  };

  const resume = () => {
    const ids = [...held];
    held.clear();
    for (const id of ids) void deliver(id);
  };

  // What was under way when the sandbox stopped may or may not have arrived.
  for (const { id, value } of pending.list()) {
    pending.put(id, { ...value, attempt: Math.max(value.attempt, 1), reason: value.reason || 'timeout' });
    held.add(id);
  }
  if (held.size > 0) knock();

  return {
    emit(event) {
      const id = `Ev0${state.next('slack.event').toString(36).toUpperCase().padStart(8, '0')}`;
      pending.put(id, { payload: envelope(id, event, now()), attempt: 0, reason: '' });
      setImmediate(() => void deliver(id));
    },
    resume,
    setStrict: (on) => settings.put('strict', on),
    counts: () => ({ pending: pending.list().length, lost }),
    close: () => void (closed = true),
  };
};

const envelope = (event_id: string, event: Record<string, unknown>, now: number) => ({
  token: verificationToken,
  team_id: team.id,
  context_team_id: team.id,
  context_enterprise_id: null,
  api_app_id: app.id,
  event,
  type: 'event_callback',
  event_id,
  event_time: Math.floor(now / 1000),
  authorizations: [
    { enterprise_id: null, team_id: team.id, user_id: app.user, is_bot: true, is_enterprise_install: false },
  ],
  is_ext_shared_channel: false,
});
